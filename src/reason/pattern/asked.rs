//! What is asked: a question whose action or resource is a pattern.

use super::answer::PatternAnswer;
use super::survey::Survey;
use crate::facts::held_by;
use crate::names::{Arn, Letter, LetterSet, TextSet, has_wildcard, letters_exactly, letters_of};
use crate::policy::{TextPart, parts};
use crate::question::Question;
use crate::reason::kept::KeptParts;
use crate::world::{Thing, World, WorldError};

/// A question about every action that a pattern names, on every resource that another does.
#[derive(Clone, Debug)]
pub struct AskedPattern {
    pub(super) question: Question,
    /// The resources that are named.
    pub(super) resources: TextSet,
    /// Whether a request may have what the question does not say of its context, rather than lack it.
    pub(super) is_open: bool,
}

impl AskedPattern {
    /// Reads the action and the resource of a question as patterns. A wildcard in one of the first five fields of an ARN
    /// stays in that field; `${*}` is the character itself.
    ///
    /// # Errors
    /// If the resource is neither `*` nor an ARN, or the question leaves something out.
    pub fn new(question: &Question) -> Result<Self, WorldError> {
        if let Some(out) = question.assumptions.without.first() {
            let why = "a question about a pattern is asked of all policies that there are";
            return Err(WorldError::new("pattern-without", out.to_string(), why)
                .help("leave `without` away, or ask about one request"));
        }
        let resources = match question.resource.as_deref() {
            None | Some("*") => TextSet::any(),
            Some(text) => TextSet::of(letters(text).ok_or_else(|| no_arn(text))?),
        };
        Ok(Self { question: question.clone(), resources, is_open: false })
    }

    /// Every action on a resource and on what lies in it, with whatever context.
    pub(in super::super) fn of_all(question: Question, resource: &Arn<'_>) -> Self {
        let resources = TextSet::text(resource.text()).or(held_by(resource));
        let question = Question { action: "*".into(), ..question }.on(resource.text());
        Self { question, resources, is_open: true }
    }

    /// With whatever context a request may have, where the question does not say.
    #[must_use]
    pub fn with_any_context(self) -> Self {
        Self { is_open: true, ..self }
    }

    /// Asks in a world.
    ///
    /// # Errors
    /// If there is no such action, none is asked for such a resource, or a policy that is given cannot be read.
    pub fn ask(&self, world: &World) -> Result<PatternAnswer, WorldError> {
        self.ask_keeping(&KeptParts::default(), world)
    }

    /// The same, with what became known of other questions in the same world.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn ask_keeping(&self, kept: &KeptParts, world: &World) -> Result<PatternAnswer, WorldError> {
        Survey::new(self, world, kept).run()
    }

    /// Whether the action is a pattern, so that it names those alone that are asked for the resource.
    pub(super) fn names_actions(&self) -> bool {
        has_wildcard(&self.question.action)
    }

    /// The resource, where one is named.
    pub(super) fn resource(&self) -> Option<&str> {
        self.question.resource.as_deref().filter(|text| *text != "*")
    }
}

fn no_arn(text: &str) -> WorldError {
    let what = format!("`{text}` is neither `*` nor an ARN, with wildcards or without");
    WorldError::new("bad-arn", Thing::Resource.called(text), what)
        .help("an ARN has six fields: `arn:aws:s3:::reports/*`, `arn:aws:sqs:*:111122223333:jobs-*`")
}

/// `None` if it is no ARN, or holds a variable of policies, which has no value here.
fn letters(pattern: &str) -> Option<Vec<Letter>> {
    Arn::parse(pattern)?;
    let mut letters: Vec<Letter> = Vec::new();
    let mut colons = 0;
    for part in parts(pattern) {
        let plain = match part {
            TextPart::Plain(text) | TextPart::Malformed(text) => text,
            TextPart::Literal(character) => {
                letters.extend(letters_exactly(character));
                continue;
            }
            TextPart::Variable { .. } => return None,
        };
        for (number, field) in plain.splitn(6 - colons, ':').enumerate() {
            if number > 0 {
                colons += 1;
                letters.push(Letter::one(LetterSet::one(':')));
            }
            let of = if colons < 5 { LetterSet::ANY.but(':') } else { LetterSet::ANY };
            letters.extend(letters_of(field, of));
        }
    }
    Some(letters)
}
