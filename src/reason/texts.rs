//! Texts that tell apart all that patterns on one key tell apart.

use std::collections::HashSet;

use super::dimension::TestOf;
use crate::compile::OperandView;
use crate::names::{FoundText, Letter, LetterSet, TextSet, find_text, has_wildcard};
use crate::policy::OperatorFamily;
use crate::world::{NamedDocument, Prepared};

/// How many beginnings of a text are looked at, at most.
const STEPS: usize = 20_000;

/// How many parts the texts of a key are divided into, at most.
const PARTS: usize = 512;

/// A part of all texts: those inside of some patterns and outside of the others.
struct PartOfTexts {
    inside: Vec<usize>,
    outside: Vec<usize>,
    example: String,
}

/// An example of every part into which the tests of a key divide all texts, and whether these are all parts.
pub(super) fn told_apart(tests: &[TestOf<'_>], request: &Prepared<'_>) -> (Vec<String>, bool) {
    let mut named = NamedTexts::of(tests, request);
    let (parts, is_complete) = named.parts();
    let examples = parts.into_iter().map(|part| part.example);
    named.texts.extend(examples);
    (named.texts, is_complete)
}

/// An example of every part into which patterns divide some texts, and whether these are all parts.
pub(super) fn divided(all: TextSet, patterns: Vec<TextSet>) -> (Vec<String>, bool) {
    let (parts, is_complete) = NamedTexts { all, texts: Vec::new(), patterns }.parts();
    (parts.into_iter().map(|part| part.example).collect(), is_complete)
}

/// The values of tests on a key.
pub(super) fn values_of(key: &str, policies: &[NamedDocument]) -> Vec<String> {
    let compiled = policies.iter().filter_map(|policy| policy.document.compiled());
    let tests = compiled.flat_map(|policy| {
        let policy = policy.policy();
        let tests = policy.statements().iter().flat_map(|statement| &statement.condition);
        tests.map(move |test| (policy, test))
    });
    tests
        .filter(|(policy, test)| policy.text(&test.key).eq_ignore_ascii_case(key))
        .flat_map(|(policy, test)| {
            policy.texts(test.values).iter().map(|text| policy.text(text).into_owned())
        })
        .collect()
}

/// What tests name among some texts: texts exactly, and patterns.
struct NamedTexts {
    all: TextSet,
    texts: Vec<String>,
    patterns: Vec<TextSet>,
}

impl NamedTexts {
    fn of(tests: &[TestOf<'_>], request: &Prepared<'_>) -> Self {
        let all = TextSet::of(vec![Letter::one(LetterSet::ANY), Letter::run(LetterSet::ANY)]);
        let mut named = Self { all, texts: Vec::new(), patterns: Vec::new() };
        let mut seen = HashSet::new();
        for of in tests.iter().filter(|of| is_of_text(of)) {
            for operand in of.policy.operands(of.test) {
                let words = of.policy.operand_words(of.test, operand, request);
                if let Some(words) = words.filter(|words| seen.insert(words.clone())) {
                    named.add(words, operand.view(of.policy));
                }
            }
        }
        named
    }

    fn add(&mut self, words: TextSet, written: OperandView<'_>) {
        if let Some(only) = words.only() {
            self.texts.push(only);
            return;
        }
        // An exact text in another letter case is a value of its own.
        if let OperandView::Text(text) = written
            && !has_wildcard(text)
        {
            self.texts.push(text.to_owned());
        }
        self.patterns.push(words);
    }

    /// The parts into which the patterns divide all texts, and whether these are all.
    fn parts(&self) -> (Vec<PartOfTexts>, bool) {
        let mut is_complete = true;
        let mut parts: Vec<PartOfTexts> =
            self.part(Vec::new(), Vec::new()).ok().flatten().into_iter().collect();
        for number in 0..self.patterns.len() {
            let mut divided = Vec::new();
            for part in parts {
                let with = [&part.inside[..], &[number]].concat();
                let without = [&part.outside[..], &[number]].concat();
                for (inside, outside) in [(with, part.outside.clone()), (part.inside.clone(), without)] {
                    match self.part(inside, outside) {
                        Ok(part) => divided.extend(part),
                        Err(GaveUp) => is_complete = false,
                    }
                }
            }
            is_complete &= divided.len() <= PARTS;
            divided.truncate(PARTS);
            parts = divided;
        }
        (parts, is_complete)
    }

    /// The part inside of some patterns and outside of others; none where there is no such text.
    fn part(&self, inside: Vec<usize>, outside: Vec<usize>) -> Result<Option<PartOfTexts>, GaveUp> {
        let inner: Vec<&TextSet> =
            std::iter::once(&self.all).chain(inside.iter().map(|at| &self.patterns[*at])).collect();
        let outer: Vec<&TextSet> = outside.iter().map(|at| &self.patterns[*at]).collect();
        let taken: HashSet<&str> = self.texts.iter().map(String::as_str).collect();
        match untaken(&inner, &outer, &taken) {
            FoundText::Word(example) => Ok(Some(PartOfTexts { inside, outside, example })),
            FoundText::None => Ok(None),
            FoundText::GaveUp => Err(GaveUp),
        }
    }
}

/// It would have taken more steps than it may.
struct GaveUp;

fn is_of_text(of: &TestOf<'_>) -> bool {
    matches!(of.test.operator.operator.family(), OperatorFamily::String | OperatorFamily::Arn)
}

/// A text of a part that no test names exactly, where there is one.
fn untaken(inside: &[&TextSet], outside: &[&TextSet], taken: &HashSet<&str>) -> FoundText {
    let mut exact: Vec<TextSet> = Vec::new();
    loop {
        let all: Vec<&TextSet> = outside.iter().copied().chain(&exact).collect();
        match find_text(inside, &all, STEPS) {
            FoundText::Word(word) if taken.contains(&*word) => exact.push(TextSet::text(&word)),
            found => return found,
        }
    }
}
