//! The lines of a text that labels stand on, the lines between left out.

use std::ops::Range;
use std::sync::Arc;

use super::window::window;
use super::wrap::{width as columns, wrap};
use crate::source::{Label, Source};

/// The fewest columns that a line is cut to.
const LEAST: usize = 16;

/// What is drawn before a line, beside the digits of its number: ` 7 │ `.
const MARGIN: usize = 4;

/// What is drawn between a mark and its label: `╰── `.
const ARM: usize = 4;

/// Lines of one text with marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    /// `file:line:column` of the main label.
    pub(super) name: String,
    /// The lines in order.
    pub(super) rows: Vec<Row>,
}

/// A line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number; `None` where lines are left out.
    pub(super) number: Option<u32>,
    /// The line, cut to a window.
    pub(super) text: String,
    /// What is marked in it: ranges of bytes, each with what is to be said.
    pub(super) marks: Vec<(Range<usize>, String)>,
}

/// A label on one line: the offsets of the line and of the label in the text.
struct OnLine<'l> {
    line: usize,
    range: Range<usize>,
    text: &'l str,
}

/// The lines that some labels stand on, each once.
pub(super) fn rows(labels: &[Label], width: usize) -> Vec<Row> {
    let whole = |source: &Source, line, marks: &[OnLine<'_>]| vec![row(source, line, marks, budget(width))];
    let snippets = each_text(labels, &whole);
    snippets.into_iter().flat_map(|snippet| snippet.rows).collect()
}

/// The snippets of some labels, one for each text, in the order of the labels. A line is there again where its labels
/// have no room beside each other.
pub(super) fn snippets(labels: &[Label], width: usize) -> Vec<Snippet> {
    each_text(labels, &|source, line, marks| fitted(source, line, marks, width))
}

/// Makes rows of a line and its marks.
type Rows<'r> = &'r dyn Fn(&Source, usize, &[OnLine<'_>]) -> Vec<Row>;

fn each_text(labels: &[Label], rows: Rows<'_>) -> Vec<Snippet> {
    let mut sources: Vec<&Arc<Source>> = Vec::new();
    for label in labels {
        if !sources.iter().any(|source| Arc::ptr_eq(source, &label.place.source)) {
            sources.push(&label.place.source);
        }
    }
    let of = |source: &Arc<Source>| {
        let own = labels.iter().filter(|label| Arc::ptr_eq(&label.place.source, source));
        snippet(source, &own.collect::<Vec<_>>(), rows)
    };
    sources.into_iter().map(of).collect()
}

/// `file:line:column` of a label.
pub(super) fn location(label: &Label) -> String {
    let at = label.place.line_column();
    format!("{}:{}:{}", label.place.source.name(), at.line, at.column)
}

fn snippet(source: &Source, labels: &[&Label], rows_of: Rows<'_>) -> Snippet {
    let name = labels.first().map(|label| location(label)).unwrap_or_default();
    let mut marks: Vec<OnLine<'_>> = labels.iter().map(|label| on_line(source, label)).collect();
    marks.sort_by_key(|mark| (mark.line, mark.range.start));
    let mut rows: Vec<Row> = Vec::new();
    let mut next = None;
    for same in marks.chunk_by(|a, b| a.line == b.line) {
        let line = same[0].line;
        match next {
            Some(next) if next + 1 == line => rows.extend(rows_of(source, next, &[])),
            Some(next) if next < line => {
                rows.push(Row { number: None, text: String::new(), marks: Vec::new() });
            }
            _ => {}
        }
        rows.extend(rows_of(source, line, same));
        next = Some(line + 1);
    }
    Snippet { name, rows }
}

/// A label, cut at the end of its first line.
fn on_line<'l>(source: &Source, label: &'l Label) -> OnLine<'l> {
    let span = label.place.span;
    let line = (source.line_column(span.start).line - source.first_line()) as usize;
    let (start, text) = line_text(source, line);
    let from = (span.start as usize).saturating_sub(start).min(text.len());
    let to = (span.end as usize).saturating_sub(start).clamp(from, text.len());
    OnLine { line, range: from..to, text: &label.text }
}

/// Where a line starts, and its characters without the end of line.
fn line_text(source: &Source, line: usize) -> (usize, &str) {
    let start = source.index().start(line).map_or(source.text().len(), |start| start as usize);
    let rest = source.text().get(start..).unwrap_or_default();
    let end = rest.find('\n').unwrap_or(rest.len());
    (start, rest[..end].trim_end_matches('\r'))
}

/// A line in as many rows as its labels need, and no wider than the screen.
fn fitted(source: &Source, line: usize, marks: &[OnLine<'_>], width: usize) -> Vec<Row> {
    let narrower = (LEAST..=budget(width)).rev().step_by(4);
    let mut rows = narrower.map(|budget| row(source, line, marks, budget));
    match (rows.find(|row| row.fits(width)), marks) {
        (Some(row), _) => vec![row],
        (None, [_, .., _]) => {
            let (first, last) = marks.split_at(marks.len() - 1);
            [fitted(source, line, first, width), fitted(source, line, last, width)].concat()
        }
        (None, _) => vec![row(source, line, marks, LEAST).folded(width)],
    }
}

/// The characters of a line that a screen has room for.
fn budget(width: usize) -> usize {
    width.saturating_sub(12).max(2 * LEAST)
}

fn row(source: &Source, line: usize, marks: &[OnLine<'_>], budget: usize) -> Row {
    let (_, text) = line_text(source, line);
    let ranges: Vec<Range<usize>> = marks.iter().map(|mark| mark.range.clone()).collect();
    let window = window(text, &ranges, budget);
    let texts = marks.iter().map(|mark| mark.text.to_owned());
    let number = source.first_line() + line as u32;
    Row { number: Some(number), text: window.text, marks: window.marks.into_iter().zip(texts).collect() }
}

impl Row {
    /// Whether the line and its labels end before the screen does.
    fn fits(&self, width: usize) -> bool {
        let labels = self.marks.iter().map(|(range, label)| self.label_starts(range) + columns(label));
        labels.chain([self.margin() + columns(&self.text)]).all(|end| end <= width)
    }

    /// The column in which a label starts: its arm comes from the middle of the mark.
    fn label_starts(&self, range: &Range<usize>) -> usize {
        let (before, marked) = (&self.text[..range.start], &self.text[range.clone()]);
        self.margin() + columns(before) + columns(marked) / 2 + ARM
    }

    fn margin(&self) -> usize {
        MARGIN + self.number.unwrap_or(1).max(1).ilog10() as usize + 1
    }

    /// With labels that go on in the next line.
    fn folded(mut self, width: usize) -> Self {
        let rooms: Vec<usize> =
            self.marks.iter().map(|(range, _)| width.saturating_sub(self.label_starts(range))).collect();
        for ((_, label), room) in self.marks.iter_mut().zip(rooms) {
            *label = wrap(label, room).join("\n");
        }
        self
    }
}
