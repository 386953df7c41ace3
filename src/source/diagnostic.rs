//! What there is to say about a text, as plain data.

use std::fmt;

use super::line_index::LineColumn;
use super::printable::{harmless, one_line};
use super::text::Place;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// The same decisions could be said more clearly.
    Suggestion,
    /// Accepted, but probably not what was meant.
    Warning,
    /// It means what it says, and nobody would write that knowingly.
    Security,
    /// Refused.
    Error,
}

/// A place with a few words about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The smallest text that is responsible.
    pub place: Place,
    /// What is to be said of it; may be empty.
    pub text: String,
}

/// One message about a text.
///
/// The law of messages: lower case, no full stop, one line; input in backticks; names of Rust types never;
/// what to do about it stands in `help`, the text that is to blame under a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name for programs, in kebab case.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where; the first is the main one.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, message)
    }

    /// A warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    /// A message of some severity.
    pub fn new(code: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self { code, severity, message: message.into(), labels: Vec::new(), help: None }
    }

    /// With a place; the first one given is the main one.
    #[must_use]
    pub fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// With advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With the advice `did you mean …?` if something like `word` is among the candidates.
    #[must_use]
    pub fn suggest<'a>(self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match super::nearest(word, candidates) {
            Some(known) => self.help(format!("did you mean `{known}`?")),
            None => self,
        }
    }
}

/// `world.iam:2:8: there is no policy `Opps`; did you mean `Ops`?`
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.labels.first().map_or_else(String::new, |label| {
            let LineColumn { line, column } = label.place.line_column();
            format!("{}:{line}:{column}: ", label.place.source.name())
        });
        let help = self.help.as_ref().map_or_else(String::new, |help| format!("; {help}"));
        f.write_str(&harmless(&one_line(&format!("{at}{}{help}", self.message))))
    }
}

impl std::error::Error for Diagnostic {}
