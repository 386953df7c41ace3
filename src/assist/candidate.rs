//! Something that could be typed.

use std::collections::BTreeSet;

use crate::source::{is_hidden, one_line};
use crate::syntax::script::write;

/// Something that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is typed.
    pub text: String,
    /// A few words about it; may be empty.
    pub about: String,
    /// Whether the word is not complete with it.
    pub goes_on: bool,
    /// The word that it stands for, where that is begun otherwise; may be empty.
    pub instead_of: String,
}

impl Candidate {
    /// A complete word; one in which something does not print is typed in quotes, as escapes.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let text = if text.contains(is_hidden) { write::quoted(&text) } else { text };
        Self { text, about: String::new(), goes_on: false, instead_of: String::new() }
    }

    /// With a few words about it, on one line.
    pub fn about(self, about: &str) -> Self {
        Self { about: one_line(about).into_owned(), ..self }
    }

    /// In place of a word that begins otherwise.
    pub fn instead_of(self, word: impl Into<String>) -> Self {
        Self { instead_of: word.into(), ..self }
    }

    /// As the start of a word.
    pub fn goes_on(self) -> Self {
        Self { goes_on: true, ..self }
    }

    /// With something in front.
    pub fn within(self, prefix: &str) -> Self {
        Self { text: format!("{prefix}{}", self.text), ..self }
    }
}

/// The candidates that go on from a word, each once.
pub fn going_on(found: Vec<Candidate>, begun: &str) -> Vec<Candidate> {
    let mut known = BTreeSet::new();
    let goes_on = found.into_iter().filter(|candidate| is_meant(candidate, begun));
    goes_on.filter(|candidate| known.insert(candidate.text.clone())).collect()
}

/// Whether a candidate goes on from what was typed, or stands in place of a word that does.
fn is_meant(candidate: &Candidate, begun: &str) -> bool {
    let word = &candidate.instead_of;
    goes_on_from(&candidate.text, begun)
        || !word.is_empty() && goes_on_from(word, begun.strip_prefix('"').unwrap_or(begun))
}

/// Whether a candidate starts with what was typed: in any letter case, with or without the quote of a path.
fn goes_on_from(candidate: &str, begun: &str) -> bool {
    let starts =
        |candidate: &str| candidate.get(..begun.len()).is_some_and(|own| own.eq_ignore_ascii_case(begun));
    starts(candidate) || candidate.strip_prefix('"').is_some_and(starts)
}
