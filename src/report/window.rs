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

/// Cuts a line to at most about `budget` characters around the marks, which are ranges of bytes of the line.
pub(super) fn window(line: &str, marks: &[Range<usize>], budget: usize) -> Window {
    let starts: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
    let number = |byte: usize| starts.partition_point(|start| *start < byte);
    let marks: Vec<Range<usize>> = marks.iter().map(|mark| number(mark.start)..number(mark.end)).collect();
    let kept = match starts.len() <= budget {
        true => std::iter::once(0..starts.len()).collect(),
        false => segments(&marks, starts.len(), budget),
    };
    build(line, &marks, &kept)
}

/// The ranges of characters to keep, in order, apart from each other.
fn segments(marks: &[Range<usize>], length: usize, budget: usize) -> Vec<Range<usize>> {
    let share = (budget / marks.len().max(1)).max(16);
    let mut wanted: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        let size = mark.len();
        let context = (share.saturating_sub(size) / 2).max(CONTEXT);
        let (start, end) = (mark.start.saturating_sub(context), (mark.end + context).min(length));
        match size > share {
            // A long mark shows how it begins and how it ends.
            true => wanted.extend([start..mark.start + share * 2 / 3, mark.end - share / 3..end]),
            false => wanted.push(start..end),
        }
    }
    wanted.sort_by_key(|range| range.start);
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in wanted {
        match kept.last_mut() {
            Some(last) if range.start <= last.end + 1 => last.end = last.end.max(range.end),
            _ => kept.push(range),
        }
    }
    kept
}

fn build(line: &str, marks: &[Range<usize>], kept: &[Range<usize>]) -> Window {
    let mut text = String::new();
    let mut ranges: Vec<Option<Range<usize>>> = vec![None; marks.len()];
    let (mut at, mut segment) = (0, 0);
    for character in line.chars() {
        while kept.get(segment).is_some_and(|range| at >= range.end) {
            segment += 1;
        }
        let shown = kept.get(segment).is_some_and(|range| range.contains(&at));
        let before = text.len();
        match shown {
            true => push(&mut text, character),
            false if !text.ends_with(CUT) => text.push(CUT),
            false => {}
        }
        for (mark, range) in marks.iter().zip(&mut ranges) {
            if mark.contains(&at) && shown {
                *range = Some(range.as_ref().map_or(before, |range| range.start)..text.len());
            } else if mark.is_empty() && mark.start == at {
                *range = Some(before..text.len());
            }
        }
        at += 1;
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
