//! A text with some ranges replaced.

use crate::source::{Source, Span};

/// What is to be replaced; the ranges do not overlap.
#[derive(Default)]
pub(super) struct Edits(Vec<(Span, String)>);

impl Edits {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// With one more range replaced.
    #[must_use]
    pub(super) fn replace(mut self, span: Span, text: impl Into<String>) -> Self {
        self.0.push((span, text.into()));
        self
    }

    /// The text of a range of a source, with what is replaced in it.
    pub(super) fn apply(&self, source: &Source, range: Span) -> String {
        let mut text = String::with_capacity(range.len());
        let mut at = range.start;
        for (span, other) in &self.0 {
            text.push_str(source.slice(Span::new(at, span.start)));
            text.push_str(other);
            at = span.end;
        }
        text.push_str(source.slice(Span::new(at, range.end)));
        text
    }
}
