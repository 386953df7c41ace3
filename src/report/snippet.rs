//! The lines of a text that labels stand on, the lines between left out.

use std::ops::Range;
use std::sync::Arc;

use super::window::window;
use crate::source::{Label, Source};

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

/// The snippets of some labels, one for each text, in the order of the labels.
pub(super) fn snippets(labels: &[Label], width: usize) -> Vec<Snippet> {
    let mut sources: Vec<&Arc<Source>> = Vec::new();
    for label in labels {
        if !sources.iter().any(|source| Arc::ptr_eq(source, &label.place.source)) {
            sources.push(&label.place.source);
        }
    }
    let of = |source: &Arc<Source>| {
        let own = labels.iter().filter(|label| Arc::ptr_eq(&label.place.source, source));
        snippet(source, &own.collect::<Vec<_>>(), width)
    };
    sources.into_iter().map(of).collect()
}

/// `file:line:column` of a label.
pub(super) fn location(label: &Label) -> String {
    let at = label.place.line_column();
    format!("{}:{}:{}", label.place.source.name(), at.line, at.column)
}

fn snippet(source: &Source, labels: &[&Label], width: usize) -> Snippet {
    let name = labels.first().map(|label| location(label)).unwrap_or_default();
    let mut marks: Vec<OnLine<'_>> = labels.iter().map(|label| on_line(source, label)).collect();
    marks.sort_by_key(|mark| (mark.line, mark.range.start));
    let mut rows: Vec<Row> = Vec::new();
    let mut next = None;
    for same in marks.chunk_by(|a, b| a.line == b.line) {
        let line = same[0].line;
        match next {
            Some(next) if next + 1 == line => rows.push(row(source, next, &[], width)),
            Some(next) if next < line => {
                rows.push(Row { number: None, text: String::new(), marks: Vec::new() });
            }
            _ => {}
        }
        rows.push(row(source, line, same, width));
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

fn row(source: &Source, line: usize, marks: &[OnLine<'_>], width: usize) -> Row {
    let (_, text) = line_text(source, line);
    let ranges: Vec<Range<usize>> = marks.iter().map(|mark| mark.range.clone()).collect();
    let budget = width.saturating_sub(12).max(32);
    let window = window(text, &ranges, budget);
    let texts = marks.iter().map(|mark| mark.text.to_owned());
    let number = source.first_line() + line as u32;
    Row { number: Some(number), text: window.text, marks: window.marks.into_iter().zip(texts).collect() }
}
