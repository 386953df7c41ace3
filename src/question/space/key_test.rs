//! The tests that policies make of context keys, and their texts as templates.

use std::borrow::Cow;

use crate::names::DistinctNames;
use crate::policy::{
    ConditionTest, LanguageVersion, Operator, OperatorFamily, Policy, Statement, TextPart, parts,
};

/// What a key is known to have.
pub type Known<'k> = &'k dyn Fn(&str) -> Option<String>;

/// A test with the policy in which it stands.
#[derive(Clone, Copy, Debug)]
pub struct KeyTest<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// The test.
    pub test: &'p ConditionTest,
}

impl<'p> KeyTest<'p> {
    /// The tests of a statement, as they are written.
    pub fn of(policy: &'p Policy, statement: &'p Statement) -> impl Iterator<Item = Self> {
        statement.condition.iter().map(move |test| Self { policy, test })
    }

    /// The key.
    pub fn key(&self) -> Cow<'p, str> {
        self.policy.text(&self.test.key)
    }

    /// The operator.
    pub fn operator(&self) -> Operator {
        self.test.operator.operator
    }

    /// What the operator compares.
    pub fn family(&self) -> OperatorFamily {
        self.operator().family()
    }

    /// The values as templates; where the operator knows no wildcards, theirs are plain characters.
    pub(super) fn templates(&self, known: Known<'_>) -> Vec<String> {
        let likes = [Operator::StringLike, Operator::StringNotLike];
        let wild = likes.contains(&self.operator()) || self.family() == OperatorFamily::Arn;
        let texts = self.policy.texts(self.test.values).iter().map(|text| self.policy.text(text));
        let made = texts.map(|text| template(self.policy, &text, known));
        made.map(|text| if wild { text } else { plain(&text) }).collect()
    }
}

/// Tests by their keys, in the order in which these come first.
pub fn by_key<'p>(tests: impl Iterator<Item = KeyTest<'p>>) -> Vec<(Cow<'p, str>, Vec<KeyTest<'p>>)> {
    let mut keys: DistinctNames<Cow<'p, str>> = DistinctNames::new();
    let mut groups: Vec<Vec<KeyTest<'p>>> = Vec::new();
    for test in tests {
        match keys.insert(test.key()) {
            (_, true) => groups.push(vec![test]),
            (known, false) => groups[known].push(test),
        }
    }
    keys.into_vec().into_iter().zip(groups).collect()
}

/// A text of a policy in the language of today, with the variables that have a value resolved.
pub fn template(policy: &Policy, text: &str, known: Known<'_>) -> String {
    if !text.contains("${") {
        return text.to_owned();
    }
    if policy.language() != LanguageVersion::V2012 {
        return dollars_escaped(text); // A11
    }
    let resolved = parts(text).map(|part| match part {
        TextPart::Variable { key, .. } => known(key).map_or_else(|| written(part), |value| literal(&value)),
        part => written(part),
    });
    resolved.collect()
}

/// The keys of the variables in a text.
pub fn variables(text: &str) -> impl Iterator<Item = &str> {
    parts(text).filter_map(|part| match part {
        TextPart::Variable { key, .. } => Some(key),
        _ => None,
    })
}

/// The template of a text that is no template: nothing in it is a variable or a wildcard (A49e).
fn literal(text: &str) -> String {
    plain(&dollars_escaped(text))
}

fn dollars_escaped(text: &str) -> String {
    text.replace("${", "${$}{")
}

/// A template whose wildcards are plain characters (A49a).
fn plain(text: &str) -> String {
    let escaped = |part| match part {
        TextPart::Plain(text) => text.replace('*', "${*}").replace('?', "${?}"),
        part => written(part),
    };
    parts(text).map(escaped).collect()
}

/// A part of a template as it is written.
pub(super) fn written(part: TextPart<'_>) -> String {
    match part {
        TextPart::Plain(text) | TextPart::Malformed(text) => text.to_owned(),
        TextPart::Literal(text) => format!("${{{text}}}"),
        TextPart::Variable { key, default: None } => format!("${{{key}}}"),
        TextPart::Variable { key, default: Some(default) } => format!("${{{key}, '{default}'}}"),
    }
}
