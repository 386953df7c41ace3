//! What AWS answers instead: its code and words, and ours for what is wrong.

use std::borrow::Cow;

use super::answers::{answer, malformed, written_wrongly};
use super::given::Given;
use super::signature::Signature;
use crate::session::Failure;
use crate::source::{Diagnostic, Place};
use crate::world::WorldError;

/// Why a call was not done.
#[derive(Debug)]
pub(super) enum Refusal {
    /// What is wrong; AWS's code follows from it.
    World(WorldError),
    /// AWS's code, and what is wrong.
    Error(&'static str, WorldError),
    /// A document has errors; AWS's words if they are not those of the service.
    Malformed(Place, Option<Cow<'static, str>>, Vec<Diagnostic>),
    Failure(Failure),
}

impl From<WorldError> for Refusal {
    fn from(error: WorldError) -> Self {
        Self::World(error)
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::World(error) => error.into(),
            other => Self::Failure(other),
        }
    }
}

impl From<Diagnostic> for Refusal {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Failure(diagnostic.into())
    }
}

/// A refusal in the form of the AWS command line.
pub(super) fn occurred(code: &str, operation: &str, what: &str) -> String {
    format!("An error occurred ({code}) when calling the {operation} operation: {what}")
}

impl Refusal {
    /// Whether it is for what there is, or is not, in the world.
    pub(super) fn is_of_the_world(&self) -> bool {
        matches!(self, Self::World(_) | Self::Error(..))
    }

    /// AWS's code for it, and what is wrong.
    pub(super) fn coded(self, operation: &Signature) -> (&'static str, String) {
        let call = format!("{} {}", operation.service, operation.name);
        match self {
            Self::Failure(failure) => (written_wrongly(&call), failure.into_words()),
            Self::Malformed(_, words, found) => {
                let (code, usual) = malformed(&call);
                let first = found.first().map(|one| format!(" {}", placed_words(one))).unwrap_or_default();
                (code, words.as_deref().unwrap_or(usual).to_owned() + &first)
            }
            Self::Error(code, error) => (code, error.message),
            Self::World(error) => {
                let (code, words) = answer(&call, &error);
                (code, words.unwrap_or(error.message))
            }
        }
    }

    /// The messages; the word that is to blame is underlined where it stands in the call.
    pub(super) fn failure(self, operation: &Signature, given: &Given, statement: &Place) -> Failure {
        let call = format!("{} {}", operation.service, operation.name);
        let name = operation.spelled();
        let (code, words, error) = match self {
            Self::Failure(failure) => return failure,
            Self::Malformed(place, words, mut found) => {
                found.insert(0, malformed_document(&call, &name, words.as_deref(), place));
                return found.into();
            }
            Self::Error(code, error) => (code, None, error),
            Self::World(error) => {
                let (code, words) = answer(&call, &error);
                (code, words, error)
            }
        };
        let place = given.blamed(&error).unwrap_or_else(|| statement.clone());
        let (message, help) = match words {
            None => (error.message, error.help),
            Some(words) => (
                words,
                Some([Some(error.message), error.help].into_iter().flatten().collect::<Vec<_>>().join("; ")),
            ),
        };
        Diagnostic { help, ..Diagnostic::error(error.code, occurred(code, &name, &message)) }
            .at(place, "")
            .into()
    }
}

/// A message with its place in front.
fn placed_words(found: &Diagnostic) -> String {
    match found.labels.first().map(|label| label.place.line_column()) {
        Some(at) => format!("Line {}, column {}: {}", at.line, at.column, found.message),
        None => found.message.to_string(),
    }
}

fn malformed_document(call: &str, operation: &str, words: Option<&str>, place: Place) -> Diagnostic {
    let (code, usual) = malformed(call);
    let words = words.unwrap_or(usual);
    let diagnostic = Diagnostic::error("malformed-policy-document", occurred(code, operation, words));
    let help = match place.text() {
        text if text.starts_with('{') => Some("a shell takes the `\"` of bare JSON away: write it in '…'"),
        text if !text.contains('{') && !text.starts_with("file://") => {
            Some("`file://policy.json` reads a file")
        }
        _ => None,
    };
    Diagnostic { help: help.map(Into::into), ..diagnostic.at(place, "") }
}
