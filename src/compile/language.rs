//! What patterns cover, as sets of texts: for whoever reasons about all requests at once.

use super::arn_fields::Field;
use super::pieces::{Matching, Pieces, Variables};
use super::resource_pattern::ResourceKind;
use super::test::{Typed, matching};
use super::{CompiledPolicy, Operand, ResourcePattern, Slice, Test};
use crate::names::{Letter, LetterSet, TextSet, fold_hash, letters_exactly, letters_of};
use crate::policy::{OF_API, Operator, TextPart};

const COLON: Letter = Letter::one(LetterSet::one(':'));

/// What a wildcard in one of the first five fields of an ARN stands for (A43).
const OF_FIELD: LetterSet = LetterSet::ANY.but(':');

impl ResourcePattern {
    /// The ARNs that the pattern covers, with the variables as they are (A41–A47, A49b).
    pub fn words(&self, policy: &CompiledPolicy, variables: &impl Variables) -> TextSet {
        let whole = || TextSet::glob(policy.slice(self.text), LetterSet::ANY);
        match self.kind {
            ResourceKind::Any => TextSet::any(),
            ResourceKind::Never => TextSet::none(),
            ResourceKind::Literal => TextSet::text(policy.slice(self.text)),
            ResourceKind::Prefix | ResourceKind::Whole => whole(),
            ResourceKind::OfApi => of_api(&policy.slice(self.text)[OF_API.len()..]),
            ResourceKind::Wildcards { front, spills } => {
                let (front, resource) = self.text.split_at(front);
                let front = letters_of(policy.slice(front), OF_FIELD);
                let by_field = front.chain(letters_of(policy.slice(resource), LetterSet::ANY)).collect();
                TextSet::of(by_field).or(if spills { whole() } else { TextSet::none() })
            }
            ResourceKind::Fields(number) => {
                let pattern = &policy.fields[number as usize];
                let by_field = policy.fields_words(&pattern.fields, variables);
                let spilled =
                    pattern.whole.and_then(|field| policy.field_letters(&field, LetterSet::ANY, variables));
                by_field.or(spilled.map_or_else(TextSet::none, TextSet::of))
            }
        }
    }
}

/// I3: stage, verb and path of any API.
fn of_api(method: &str) -> TextSet {
    let front = letters_of("arn:*:execute-api:*:*:", OF_FIELD);
    let api = [Letter::run(LetterSet::ANY.but('/')), Letter::one(LetterSet::one('/'))];
    TextSet::of(front.chain(api).chain(letters_of(method, LetterSet::ANY)).collect())
}

impl CompiledPolicy {
    /// The texts that a value of a test matches, under the positive twin of the operator; `None` where values are not
    /// compared as texts, or where a variable has no value.
    pub fn operand_words(
        &self,
        test: &Test,
        operand: &Operand,
        variables: &impl Variables,
    ) -> Option<TextSet> {
        let operator = test.operator.operator;
        match &operand.0 {
            Typed::Text(slice) => Some(self.text_words(operator, *slice)),
            Typed::Pieces(pieces) => {
                let how = matching(operator);
                let of = how.wildcards.then_some(LetterSet::ANY);
                let letters = self.letters_of_pieces(*pieces, of, variables)?;
                Some(TextSet::of(if how.ignore_case { folded(letters) } else { letters }))
            }
            Typed::Arn(pattern) => Some(pattern.words(self, variables)),
            _ => None,
        }
    }

    fn text_words(&self, operator: Operator, slice: Slice) -> TextSet {
        let text = self.slice(slice);
        match matching(operator) {
            Matching { wildcards: true, .. } => TextSet::glob(text, LetterSet::ANY),
            Matching { ignore_case: true, .. } => TextSet::of(folded(letters_exactly(text).collect())),
            Matching { .. } => TextSet::text(text),
        }
    }

    fn fields_words(&self, fields: &[Field; 6], variables: &impl Variables) -> TextSet {
        let mut all = Vec::new();
        for (number, field) in fields.iter().enumerate() {
            let is_last = number == 5;
            let of = if is_last { LetterSet::ANY } else { OF_FIELD };
            let Some(letters) = self.field_letters(field, of, variables) else { return TextSet::none() };
            if !is_last && letters.contains(&COLON) {
                return TextSet::none(); // no such field holds a colon
            }
            all.extend(letters);
            all.extend((!is_last).then_some(COLON));
        }
        TextSet::of(all)
    }

    fn field_letters(&self, field: &Field, of: LetterSet, variables: &impl Variables) -> Option<Vec<Letter>> {
        match *field {
            Field::Any => Some(vec![Letter::run(of)]),
            Field::Plain(slice) => Some(letters_of(self.slice(slice), of).collect()),
            Field::Pieces(pieces) => self.letters_of_pieces(pieces, Some(of), variables),
        }
    }

    /// `of` says what wildcards stand for, where they are any.
    fn letters_of_pieces(
        &self,
        pieces: Pieces,
        of: Option<LetterSet>,
        variables: &impl Variables,
    ) -> Option<Vec<Letter>> {
        let mut letters = Vec::new();
        for part in self.pieces_parts(pieces) {
            match (part, of) {
                (TextPart::Plain(text) | TextPart::Malformed(text), Some(of)) => {
                    letters.extend(letters_of(text, of))
                }
                (TextPart::Plain(text) | TextPart::Malformed(text) | TextPart::Literal(text), _) => {
                    letters.extend(letters_exactly(text));
                }
                (TextPart::Variable { key, default }, _) => {
                    let value = variables.variable(fold_hash(key.as_bytes()), key);
                    letters.extend(letters_exactly(value.or(default)?));
                }
            }
        }
        Some(letters)
    }
}

/// A text in any letter case.
fn folded(letters: Vec<Letter>) -> Vec<Letter> {
    letters.into_iter().map(Letter::in_any_case).collect()
}
