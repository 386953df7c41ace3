//! What a parser found: a value as far as there is one, and everything that there is to say.

use super::diagnostic::{Diagnostic, Severity};

/// The outcome of reading a text. A value may stand beside errors: the rest of a broken file is still understood.
#[derive(Clone, Debug)]
pub struct Parsed<T> {
    /// What was understood.
    pub value: Option<T>,
    /// What there is to say, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Parsed<T> {
    /// Whether there is an error among the diagnostics.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// The value if nothing is wrong with it, with the warnings; otherwise everything that there is to say.
    pub fn accept(self) -> Result<(T, Vec<Diagnostic>), Vec<Diagnostic>> {
        match self.value {
            Some(value) if !self.diagnostics.iter().any(|d| d.severity == Severity::Error) => {
                Ok((value, self.diagnostics))
            }
            _ => Err(self.diagnostics),
        }
    }
}
