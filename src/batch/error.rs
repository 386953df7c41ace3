//! Why a line has no answer.

use serde::Serialize;

use crate::source::Diagnostic;
use crate::world::WorldError;

/// An error in place of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineError {
    /// A stable name.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The line of the place, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The column of the place, from 1, in Unicode scalar values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
}

impl From<&Diagnostic> for LineError {
    fn from(diagnostic: &Diagnostic) -> Self {
        let at = diagnostic.labels.first().map(|label| label.place.line_column());
        Self {
            code: diagnostic.code,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
        }
    }
}

impl From<WorldError> for LineError {
    fn from(error: WorldError) -> Self {
        Self { code: error.code, message: error.message, help: error.help, line: None, column: None }
    }
}
