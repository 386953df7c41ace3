//! Why a command was not done.

use std::sync::Arc;

use super::blame::blamed;
use super::outcome::{Outcome, Part};
use crate::explain::Explanation;
use crate::source::{Diagnostic, Place};
use crate::syntax::script::Words;
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
    /// The messages about texts that it is made of.
    pub(crate) fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Self::Found(list) => list,
            _ => &[],
        }
    }

    /// The first message alone.
    pub(crate) fn into_words(self) -> String {
        match self {
            Self::World(error) => error.message.to_string(),
            Self::Found(list) => list.into_iter().next().map(|found| found.message).unwrap_or_default(),
            Self::Denied { what, .. } => what,
        }
    }

    /// What there is to show of it; `place` is the statement, `words` what stands in it.
    pub(crate) fn refusal(self, place: &Place, words: Option<&Words<'_>>) -> Outcome {
        match self {
            Self::World(error) => {
                let span = words.and_then(|words| blamed(&error, words, place));
                let place = span.map_or_else(|| place.clone(), |span| Place::new(&place.source, span));
                Outcome::refused(vec![placed(error, &place)])
            }
            Self::Found(diagnostics) => Outcome::refused(diagnostics),
            Self::Denied { what, explanation } => {
                let diagnostic = Diagnostic::error("access-denied", what).at(place.clone(), "");
                Outcome::refused(vec![diagnostic]).and(Part::Explanation(explanation))
            }
        }
    }
}

/// A refusal as a message about what it blames.
pub fn placed(error: WorldError, place: &Place) -> Diagnostic {
    let diagnostic = Diagnostic::error(error.code, error.message);
    Diagnostic { help: error.help, ..diagnostic }.at(place.clone(), "")
}
