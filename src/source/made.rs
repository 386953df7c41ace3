//! A text that was made of another, and where in that its parts stand: YAML read as JSON, a template whose functions have
//! been carried out. What points into it points into the other.

use std::sync::Arc;

use super::text::{Source, Span};

/// The text that another was made of.
pub(super) struct MadeFrom {
    source: Arc<Source>,
    /// Where each part of the made text starts, in order, and what of the other text it stands for.
    parts: Box<[(u32, Span)]>,
}

impl MadeFrom {
    /// The other text, and what of it a range of the made text stands for.
    pub(super) fn of(&self, span: Span) -> (&Arc<Source>, Span) {
        let last = span.end.max(span.start + 1) - 1;
        let (first, end) = (self.part(span.start), self.part(last));
        let (Some((first_at, first)), Some((end_at, end))) = (first, end) else {
            return (&self.source, Span::default());
        };
        let start = if first_at.len() == first.len() {
            first.start + (span.start - first_at.start)
        } else {
            first.start
        };
        let until = match end_at.len() == end.len() {
            true => end.start + (span.end.max(end_at.start) - end_at.start),
            false if span.is_empty() => start,
            false => end.end,
        };
        (&self.source, Span::new(start, until.max(start)))
    }

    /// The part in which an offset lies: its range in the made text and in the other.
    fn part(&self, offset: u32) -> Option<(Span, Span)> {
        let after = self.parts.partition_point(|(start, _)| *start <= offset);
        let (start, span) = *self.parts.get(after.checked_sub(1)?)?;
        let end = self.parts.get(after).map_or(u32::MAX, |(next, _)| *next);
        Some((Span::new(start, end), span))
    }
}

/// A text in the making.
///
/// ```
/// use iamwhy::source::{MadeText, Place, Source, Span};
/// let yaml = Source::new("p.yaml", "Effect: Allow");
/// let mut made = MadeText::of(&yaml);
/// made.add("\"", Span::new(8, 8));
/// made.add("Allow", Span::new(8, 13));
/// made.add("\"", Span::new(13, 13));
/// let json = made.finish();
/// assert_eq!(json.text(), "\"Allow\"");
/// assert_eq!(Place::new(&json, Span::new(0, 7)).text(), "Allow");
/// ```
#[derive(Debug)]
pub struct MadeText {
    origin: Arc<Source>,
    text: String,
    parts: Vec<(u32, Span)>,
}

impl MadeText {
    /// An empty text, to be made of another.
    pub fn of(origin: &Arc<Source>) -> Self {
        Self { origin: Arc::clone(origin), text: String::new(), parts: Vec::new() }
    }

    /// Adds a part, which stands for a range of the other text.
    pub fn add(&mut self, text: &str, stands_for: Span) {
        if !text.is_empty() {
            self.parts.push((self.text.len() as u32, stands_for));
            self.text.push_str(text);
        }
    }

    /// How long it is.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text, under the name of the one that it was made of.
    pub fn finish(self) -> Arc<Source> {
        let origin = MadeFrom { source: Arc::clone(&self.origin), parts: self.parts.into() };
        Source::made(self.origin.name(), self.text, origin)
    }
}
