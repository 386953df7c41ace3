//! The texts of policies with the values of their variables.

use crate::compile::Variables;
use crate::names::{fold_hash, has_wildcard};
use crate::policy::{TextPart, parts};
use crate::question::Asked;

impl Asked<'_> {
    /// A text with the variables that have a value; `open` says what stands for the others.
    pub(super) fn resolved(&self, text: &str, open: impl Fn(&str) -> String) -> String {
        let mut out = String::new();
        for part in parts(text) {
            match part {
                TextPart::Plain(text) | TextPart::Literal(text) | TextPart::Malformed(text) => {
                    out.push_str(text);
                }
                TextPart::Variable { key, default } => match self.value_of(key).or(default) {
                    Some(value) => out.push_str(value),
                    None => out.push_str(&open(key)),
                },
            }
        }
        out
    }

    /// What a pattern comes to with the values of its variables; nothing where one has none, or has a wildcard, which
    /// is a plain character in a value.
    pub(super) fn resolved_pattern(&self, pattern: &str) -> Option<String> {
        let is_plain = |part: TextPart<'_>| match part {
            TextPart::Plain(_) => true,
            TextPart::Literal(text) | TextPart::Malformed(text) => !has_wildcard(text),
            TextPart::Variable { key, default } => {
                self.value_of(key).or(default).is_some_and(|value| !has_wildcard(value))
            }
        };
        parts(pattern).all(is_plain).then(|| self.resolved(pattern, |_| String::new()))
    }

    fn value_of(&self, key: &str) -> Option<&str> {
        self.request.variable(fold_hash(key.as_bytes()), key)
    }
}
