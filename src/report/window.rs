//! Long lines cut to windows around what matters.

use std::ops::Range;

use crate::source::{is_hidden, push_escape};

/// Stands where characters were left out.
const CUT: char = '…';

/// The fewest characters of context on each side of a mark.
const CONTEXT: usize = 4;

/// A line, cut, in which ranges of bytes are marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) text: String,
    /// The marks in the order in which they were given.
    pub(super) marks: Vec<Range<usize>>,
}

/// Cuts a line to at most about `budget` characters around the marks, which are ranges of bytes of the line. Of a long
/// line no more is looked at than what is shown.
pub(super) fn window(line: &str, marks: &[Range<usize>], budget: usize) -> Window {
    let whole = |byte: usize| (byte..line.len()).find(|at| line.is_char_boundary(*at)).unwrap_or(line.len());
    let marks: Vec<Range<usize>> = marks.iter().map(|mark| whole(mark.start)..whole(mark.end)).collect();
    let kept = match is_longer(line, budget) {
        false => std::iter::once(0..line.len()).collect(),
        true => segments(line, &marks, budget),
    };
    build(line, &marks, &kept)
}

/// The parts to keep, in order, apart from each other.
fn segments(line: &str, marks: &[Range<usize>], budget: usize) -> Vec<Range<usize>> {
    let share = (budget / marks.len().max(1)).max(16);
    let mut wanted: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        let marked = &line[mark.clone()];
        let context = (share.saturating_sub(marked.chars().take(share).count()) / 2).max(CONTEXT);
        let (start, end) = (before(line, mark.start, context), behind(line, mark.end, context));
        match is_longer(marked, share) {
            // A long mark shows how it begins and how it ends.
            true => wanted.extend([
                start..behind(line, mark.start, share * 2 / 3),
                before(line, mark.end, share / 3)..end,
            ]),
            false => wanted.push(start..end),
        }
    }
    wanted.sort_by_key(|range| range.start);
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in wanted {
        match kept.last_mut() {
            Some(last) if range.start <= behind(line, last.end, 1) => last.end = last.end.max(range.end),
            _ => kept.push(range),
        }
    }
    kept
}

/// Whether a text has more than so many characters.
fn is_longer(text: &str, count: usize) -> bool {
    text.len() > count && text.chars().nth(count).is_some()
}

/// The place so many characters before another.
fn before(line: &str, at: usize, count: usize) -> usize {
    let mut starts = line[..at].char_indices().rev().map(|(start, _)| start);
    if count == 0 { at } else { starts.nth(count - 1).unwrap_or(0) }
}

/// The place so many characters behind another.
fn behind(line: &str, at: usize, count: usize) -> usize {
    line[at..].char_indices().nth(count).map_or(line.len(), |(length, _)| at + length)
}

fn build(line: &str, marks: &[Range<usize>], kept: &[Range<usize>]) -> Window {
    let mut text = String::new();
    let mut ranges: Vec<Option<Range<usize>>> = vec![None; marks.len()];
    let mut shown = 0;
    for part in kept {
        if shown < part.start && !text.ends_with(CUT) {
            text.push(CUT);
        }
        for (at, character) in line[part.clone()].char_indices() {
            let (at, before) = (part.start + at, text.len());
            push(&mut text, character);
            for (mark, range) in marks.iter().zip(&mut ranges) {
                if mark.contains(&at) || (mark.is_empty() && mark.start == at) {
                    *range = Some(range.as_ref().map_or(before, |range| range.start)..text.len());
                }
            }
        }
        shown = part.end;
    }
    if shown < line.len() && !text.ends_with(CUT) {
        text.push(CUT);
    }
    let end = text.len();
    if ranges.iter().flatten().count() < ranges.len() {
        text.push(' '); // a mark at the end of the line gets a blank to stand on
    }
    let marks = ranges.into_iter().map(|range| range.unwrap_or(end..end + 1)).collect();
    Window { text, marks }
}

/// Tabs become blanks, and what does not print is shown as what it is, so that every terminal agrees about columns.
fn push(text: &mut String, character: char) {
    match character {
        '\t' => text.push_str("    "),
        '\r' => {}
        other if is_hidden(other) => push_escape(text, other),
        other => text.push(other),
    }
}
