//! A text with a name, and ranges of it.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::line_index::{LineColumn, LineIndex};
use super::made::MadeFrom;

/// The longest text that is read, in bytes (64 MiB): offsets are 32 bits wide, and no policy comes near it.
pub const MAX_TEXT: usize = 64 << 20;

/// A text and the name that people know it by (a path, `<prompt>`, the ARN of a managed policy).
///
/// Shared by `Arc`: whatever points into a text keeps it, and the last one to let go frees it.
pub struct Source {
    name: Box<str>,
    text: Box<str>,
    first_line: u32,
    lines: OnceLock<LineIndex>,
    /// The text that it was made of.
    origin: Option<MadeFrom>,
}

impl Source {
    /// A text that starts on line 1.
    pub fn new(name: impl Into<Box<str>>, text: impl Into<Box<str>>) -> Arc<Self> {
        Self::at_line(name, text, 1)
    }

    /// A text that was cut out of a larger one and started there on `first_line` (a line of a batch file).
    pub fn at_line(name: impl Into<Box<str>>, text: impl Into<Box<str>>, first_line: u32) -> Arc<Self> {
        let (name, text, lines) = (name.into(), text.into(), OnceLock::new());
        Arc::new(Self { name, text, first_line, lines, origin: None })
    }

    /// A text that was made of another.
    pub(super) fn made(name: impl Into<Box<str>>, text: impl Into<Box<str>>, origin: MadeFrom) -> Arc<Self> {
        let (name, text, lines) = (name.into(), text.into(), OnceLock::new());
        Arc::new(Self { name, text, first_line: 1, lines, origin: Some(origin) })
    }

    /// The name that people know the text by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The characters of a range; empty if the range does not lie in this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The number of the first line, from 1; more than 1 for a line of a batch file.
    pub fn first_line(&self) -> u32 {
        self.first_line
    }

    /// Line and column of a byte offset, both from 1, the column in Unicode scalar values.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let at = self.index().line_column(&self.text, offset);
        LineColumn { line: at.line + self.first_line - 1, ..at }
    }

    /// Where the lines of the text start.
    pub fn index(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).field("bytes", &self.text.len()).finish()
    }
}

/// A range of a text in bytes, end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The range without its first and last byte: the inside of a quoted string.
    pub fn inside(self) -> Self {
        Self { start: self.start + 1, end: self.end.max(self.start + 2) - 1 }
    }

    /// The smallest range that holds both.
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The number of bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the range holds nothing.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A range of a text together with the text.
#[derive(Clone, Debug)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// The range of it.
    pub span: Span,
}

impl Place {
    /// A range of a text; of one that was made of another, what it stands for there.
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        match &source.origin {
            None => Self { source: Arc::clone(source), span },
            Some(origin) => {
                let (source, span) = origin.of(span);
                Self::new(source, span)
            }
        }
    }

    /// The characters that the place covers.
    pub fn text(&self) -> &str {
        self.source.slice(self.span)
    }

    /// Line and column of the first character.
    pub fn line_column(&self) -> LineColumn {
        self.source.line_column(self.span.start)
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.span == other.span
            && (Arc::ptr_eq(&self.source, &other.source)
                || (self.source.name == other.source.name && self.source.text == other.source.text))
    }
}

impl Eq for Place {}
