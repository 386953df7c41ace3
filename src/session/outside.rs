//! The only door to the outside: files and the clock.

use crate::source::Diagnostic;

/// What a session may ask of the outside.
pub trait Outside {
    /// Reads a file as text.
    ///
    /// # Errors
    /// If there is no such file, or it is no text.
    fn read(&mut self, path: &str) -> Result<String, Unreadable>;

    /// Writes a file.
    ///
    /// # Errors
    /// If it cannot be written.
    fn write(&mut self, path: &str, text: &str) -> Result<(), Unreadable>;

    /// What the clock says, in epoch seconds.
    fn now(&self) -> i64;
}

/// Why a file could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// A stable name for programs.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Unreadable {
    /// A refusal with a code.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None }
    }
}

impl From<Unreadable> for Diagnostic {
    fn from(wrong: Unreadable) -> Self {
        Self { help: wrong.help, ..Self::error(wrong.code, wrong.message) }
    }
}
