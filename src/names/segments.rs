//! Wildcards for texts of any length (A36, A42): what pattern and text cost together grows as n log n.
//!
//! Between two `*` stands a segment. Each is looked for where the one before it ends: the first place is the best, as
//! the `*` behind it takes whatever is left.

use memchr::memmem;

use super::characters::{ONE, end_of, is_first};
use super::long_segment::LongSegment;

/// Stands for a `*` that counts: no text in UTF-8 holds this byte.
const RUN: u8 = 0xFF;

/// A segment with `?` of at most so many bytes is tried at each place.
const SHORT: usize = 256;

/// Whether a pattern covers a text. It comes in parts, each with whether its `*` and `?` are wildcards.
pub(crate) fn covers<'p>(
    parts: impl Iterator<Item = (&'p [u8], bool)>,
    text: &[u8],
    ignore_case: bool,
) -> bool {
    let mut pattern = Vec::new();
    for (part, wildcards) in parts {
        pattern.extend(part.iter().map(|byte| if wildcards { marked(*byte) } else { *byte }));
    }
    match ignore_case {
        true => in_segments(&pattern.to_ascii_lowercase(), &text.to_ascii_lowercase()),
        false => in_segments(&pattern, text),
    }
}

fn marked(byte: u8) -> u8 {
    match byte {
        b'*' => RUN,
        b'?' => ONE,
        other => other,
    }
}

fn in_segments(pattern: &[u8], text: &[u8]) -> bool {
    let mut segments = pattern.split(|byte| *byte == RUN);
    let Some(start) = end_of(segments.next().unwrap_or_default(), text, 0) else { return false };
    let Some(last) = segments.next_back() else { return start == text.len() };
    let mut inner = segments.filter(|segment| !segment.is_empty());
    let end = inner.try_fold(start, |from, segment| find(segment, text, from));
    end.is_some_and(|from| is_at_the_end(last, &text[from..]))
}

/// Where a segment ends that stands somewhere from a place on, the first time.
fn find(segment: &[u8], text: &[u8], from: usize) -> Option<usize> {
    if !segment.contains(&ONE) {
        return memmem::find(&text[from..], segment).map(|at| from + at + segment.len());
    }
    if segment.len() <= SHORT {
        return (from..text.len()).find_map(|at| end_of(segment, text, at));
    }
    LongSegment::new(segment).find(text, from)
}

fn is_at_the_end(segment: &[u8], text: &[u8]) -> bool {
    let characters = segment.iter().filter(|byte| is_first(**byte)).count();
    let mut places = (0..text.len()).rev().filter(|at| is_first(text[*at]));
    let start = match characters.checked_sub(1) {
        None => Some(text.len()),
        Some(before) => places.nth(before),
    };
    start.and_then(|start| end_of(segment, text, start)) == Some(text.len())
}
