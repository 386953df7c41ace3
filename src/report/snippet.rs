//! The rows of a text that are shown: for a place its lines, for a statement all of it.

use std::ops::Range;
use std::sync::Arc;

use super::reflow::{Strip, reflow};
use super::window::window;
use crate::source::{Label, Place, Source, one_line};

/// The most rows that a statement takes; of a longer one the middle of its lists is left out.
const ROWS: usize = 25;

/// How many columns the drawing needs beside the text.
const MARGIN: usize = 12;

/// Rows of one text with marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    /// `file:line:column` of the main label.
    pub(super) name: String,
    pub(super) rows: Vec<Line>,
}

/// What stands before a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Margin {
    /// The number of the line that begins here.
    Line(u32),
    /// The line before goes on.
    GoesOn,
    LeftOut,
}

/// A line of a text, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) margin: Margin,
    /// The text, without what does not print.
    pub(super) text: String,
    /// What is marked in it: ranges of bytes, each with what is to be said.
    pub(super) marks: Vec<(Range<usize>, String)>,
}

/// A mark on one line: the number of the line, and the offsets in it.
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

/// A whole statement with labels in it: its lines, those that are too wide broken between the words of JSON.
pub(super) fn statement(place: &Place, labels: &[Label], width: usize) -> Snippet {
    let source = &place.source;
    let name = labels.first().map_or_else(|| at(place), location);
    let marks: Vec<OnLine<'_>> = labels.iter().map(|label| on_line(source, label)).collect();
    let (first, indent) = begin(place);
    let last = (source.line_column(place.span.end).line - source.first_line()) as usize;
    let mut rows = Vec::new();
    for line in first..=last {
        let (start, text) = line_text(source, line);
        let from = (place.span.start as usize).saturating_sub(start).max(blanks(text).min(indent));
        let to = (place.span.end as usize).saturating_sub(start).min(text.len());
        let own: Vec<&OnLine<'_>> = marks.iter().filter(|mark| mark.line == line).collect();
        rows.extend(broken(source.first_line() + line as u32, text, from..to, &own, width));
    }
    Snippet { name, rows: shortened(rows) }
}

/// `file:line:column` of a label.
pub(super) fn location(label: &Label) -> String {
    at(&label.place)
}

/// `file:line:column`
pub(super) fn at(place: &Place) -> String {
    let at = place.line_column();
    format!("{}:{}:{}", one_line(place.source.name()), at.line, at.column)
}

/// The line on which a place begins, and how far that line is indented.
fn begin(place: &Place) -> (usize, usize) {
    let line = (place.line_column().line - place.source.first_line()) as usize;
    (line, blanks(line_text(&place.source, line).1))
}

fn blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// A statement on one line as rows, with ranges marked.
pub(super) fn changed_statement(text: &str, changed: &[Range<usize>], width: usize) -> Vec<Line> {
    let mark = |range: &Range<usize>| OnLine { line: 0, range: range.clone(), text: "" };
    let marks: Vec<OnLine<'_>> = changed.iter().map(mark).collect();
    shortened(broken(1, text, 0..text.len(), &marks.iter().collect::<Vec<_>>(), width + MARGIN))
}

fn broken(number: u32, line: &str, part: Range<usize>, marks: &[&OnLine<'_>], width: usize) -> Vec<Line> {
    let budget = budget(width);
    let text = line.get(part.clone()).unwrap_or_default();
    let pieces = reflow(text, budget).into_iter().enumerate();
    let rows = pieces.filter(|(_, piece)| !text[piece.range.clone()].trim().is_empty()).map(|(i, piece)| {
        let words = text[piece.range.clone()].trim_end();
        let own: Vec<(Range<usize>, String)> =
            marks.iter().filter_map(|mark| on_piece(mark, part.start, &piece, words.len())).collect();
        let ranges: Vec<Range<usize>> = own.iter().map(|(range, _)| range.clone()).collect();
        // A string cannot be broken; one that nobody would read is cut.
        let window = window(&format!("{}{words}", " ".repeat(piece.indent)), &ranges, budget.max(40) * 5);
        let texts = own.into_iter().map(|(_, text)| text);
        let margin = if i == 0 { Margin::Line(number) } else { Margin::GoesOn };
        Line { margin, text: window.text, marks: window.marks.into_iter().zip(texts).collect() }
    });
    rows.collect()
}

/// The part of a mark that lies on a row; the words stand where the mark begins.
fn on_piece(mark: &OnLine<'_>, shift: usize, piece: &Strip, length: usize) -> Option<(Range<usize>, String)> {
    let (start, end) = (mark.range.start.saturating_sub(shift), mark.range.end.saturating_sub(shift));
    let begins = piece.range.contains(&start);
    let (from, to) = (start.max(piece.range.start), end.min(piece.range.start + length));
    if from > to || (from == to && !begins) {
        return None;
    }
    let at = |offset: usize| offset - piece.range.start + piece.indent;
    Some((at(from)..at(to), if begins { mark.text.to_owned() } else { String::new() }))
}

/// Of very many rows those that are marked, those beside them, and the ends of the statement.
fn shortened(rows: Vec<Line>) -> Vec<Line> {
    if rows.len() <= ROWS {
        return rows;
    }
    let marked: Vec<usize> = (0..rows.len()).filter(|i| !rows[*i].marks.is_empty()).collect();
    let last = rows.len() - 1;
    let stays =
        |i: usize| i < 3 || i + 2 > last || marked.iter().take(ROWS).any(|mark| mark.abs_diff(i) <= 1);
    let mut kept: Vec<Line> = Vec::new();
    let mut left_out = 0;
    for (i, row) in rows.into_iter().enumerate() {
        if !stays(i) {
            left_out += 1;
            continue;
        }
        if left_out > 0 {
            kept.push(gap(format!("… {left_out} rows more")));
            left_out = 0;
        }
        kept.push(row);
    }
    kept
}

fn gap(text: String) -> Line {
    Line { margin: Margin::LeftOut, text, marks: Vec::new() }
}

fn snippet(source: &Source, labels: &[&Label], width: usize) -> Snippet {
    let name = labels.first().map(|label| location(label)).unwrap_or_default();
    let mut marks: Vec<OnLine<'_>> = labels.iter().map(|label| on_line(source, label)).collect();
    marks.sort_by_key(|mark| (mark.line, mark.range.start));
    let mut rows: Vec<Line> = Vec::new();
    let mut next = None;
    for same in marks.chunk_by(|a, b| a.line == b.line) {
        let line = same[0].line;
        match next {
            Some(next) if next + 1 == line => rows.push(row(source, next, &[], width)),
            Some(next) if next < line => rows.push(gap(String::new())),
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
    let start = |line| source.index().start(line).map_or(source.text().len(), |start| start as usize);
    let text = source.text().get(start(line)..start(line + 1)).unwrap_or_default();
    (start(line), text.trim_end_matches('\n').trim_end_matches('\r'))
}

fn row(source: &Source, line: usize, marks: &[OnLine<'_>], width: usize) -> Line {
    let (_, text) = line_text(source, line);
    let ranges: Vec<Range<usize>> = marks.iter().map(|mark| mark.range.clone()).collect();
    let window = window(text, &ranges, budget(width));
    let texts = marks.iter().map(|mark| mark.text.to_owned());
    let number = source.first_line() + line as u32;
    Line {
        margin: Margin::Line(number),
        text: window.text,
        marks: window.marks.into_iter().zip(texts).collect(),
    }
}

fn budget(width: usize) -> usize {
    width.saturating_sub(MARGIN).max(32)
}
