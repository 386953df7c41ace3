//! Why a line has no answer.

use serde::Serialize;

use crate::source::Diagnostic;
use crate::world::WorldError;

/// How many characters are kept of the start and of the end of a message.
const LONGEST: usize = 200;

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
            message: cut(&diagnostic.message),
            help: diagnostic.help.as_deref().map(cut),
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
        }
    }
}

impl From<Diagnostic> for LineError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::from(&diagnostic)
    }
}

impl From<WorldError> for LineError {
    fn from(error: WorldError) -> Self {
        let help = error.help.as_deref().map(cut);
        Self { code: error.code, message: cut(&error.message), help, line: None, column: None }
    }
}

/// A text without its middle, where it repeats what was longer than anybody reads.
fn cut(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text.to_owned() };
    let start = text.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
    match start > end {
        true => format!("{}…{}", &text[..end], &text[start..]),
        false => text.to_owned(),
    }
}
