//! Why a command was not done.

use std::sync::Arc;

use super::outcome::{Outcome, Part};
use crate::explain::Explanation;
use crate::source::{Diagnostic, Place, Span};
use crate::syntax::script::words_within;
use crate::world::WorldError;

/// Why a command was not done; the place is added where the statement is known.
#[derive(Clone, Debug)]
pub enum Failure {
    /// A name is unknown, or a change is refused.
    World(WorldError),
    /// A text is wrong.
    Found(Vec<Diagnostic>),
    /// AWS would deny what the command needs.
    Denied {
        /// What was not done.
        what: String,
        /// The denial.
        explanation: Arc<Explanation>,
    },
}

impl From<WorldError> for Failure {
    fn from(error: WorldError) -> Self {
        Self::World(error)
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Found(vec![diagnostic])
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self::Found(diagnostics)
    }
}

impl Failure {
    /// What there is to show of it; `place` is the statement.
    pub fn refusal(self, place: &Place) -> Outcome {
        match self {
            Self::World(error) => Outcome::refused(vec![placed(error, place)]),
            Self::Found(diagnostics) => Outcome::refused(diagnostics),
            Self::Denied { what, explanation } => {
                let diagnostic = Diagnostic::error("access-denied", what).at(place.clone(), "");
                Outcome::refused(vec![diagnostic]).and(Part::Explanation(explanation))
            }
        }
    }
}

/// A refusal as a message about the statement: the word that is to blame is underlined.
pub fn placed(error: WorldError, statement: &Place) -> Diagnostic {
    let diagnostic = Diagnostic::error(error.code, error.message);
    let span = blamed(&error.about, statement).unwrap_or(statement.span);
    Diagnostic { help: error.help, ..diagnostic }.at(Place::new(&statement.source, span), "")
}

/// Where the word that is to blame stands.
fn blamed(about: &str, statement: &Place) -> Option<Span> {
    if about.is_empty() {
        return None;
    }
    let words = words_within(&statement.source, statement.span).ok()?;
    let same = words.iter().find(|word| word.text == about).map(|word| word.span);
    same.or_else(|| {
        words.iter().filter(|word| word.kind.is_word()).find_map(|word| inside(about, statement, word.span))
    })
}

/// A part of a word: the value of a pair, the name behind `user/`.
fn inside(about: &str, statement: &Place, word: Span) -> Option<Span> {
    let at = statement.source.slice(word).find(about)? as u32;
    Some(Span::new(word.start + at, word.start + at + about.len() as u32))
}
