//! From byte offsets to lines and columns, computed when somebody asks.

/// Line and column, both from 1; the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// The offsets at which the lines of a text start.
pub struct LineIndex {
    starts: Box<[u32]>,
    /// How many bytes before each part of the text go on with a character; none where it has only ASCII. A column far
    /// along a line is so found without counting all that is before it.
    continued: Box<[u32]>,
}

/// The size of the parts.
const PART: usize = 1024;

impl LineIndex {
    /// Finds the lines of a text.
    pub fn new(text: &str) -> Self {
        let after_newline = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1);
        Self { starts: std::iter::once(0).chain(after_newline).collect(), continued: continued_before(text) }
    }

    /// The number of lines; at least 1.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Where a line starts, counted from 0; `None` past the last.
    pub fn start(&self, line: usize) -> Option<u32> {
        self.starts.get(line).copied()
    }

    /// Line and column of a byte offset; an offset past the end counts as the end.
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let offset = (offset as usize).min(text.len()) as u32;
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let start = self.starts[line];
        let column = match text.is_char_boundary(offset as usize) {
            true => offset - start - (self.continued(text, offset) - self.continued(text, start)),
            false => 0,
        };
        LineColumn { line: line as u32 + 1, column: column + 1 }
    }

    /// How many bytes before an offset go on with a character.
    fn continued(&self, text: &str, offset: u32) -> u32 {
        let part = offset as usize / PART;
        let before = self.continued.get(part);
        before.map_or(0, |before| before + continuing(&text.as_bytes()[part * PART..offset as usize]))
    }
}

fn continued_before(text: &str) -> Box<[u32]> {
    if text.is_ascii() {
        return Box::default();
    }
    let mut found = vec![0];
    for part in text.as_bytes().chunks(PART) {
        found.push(found.last().copied().unwrap_or_default() + continuing(part));
    }
    found.into()
}

fn continuing(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0xC0 == 0x80).count() as u32
}
