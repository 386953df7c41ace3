//! Wildcards: `*` is any run of characters, also none; `?` is exactly one (A36, A42).
//!
//! One backtracking mark, no recursion: that is the fastest for what people write. Where it would try much in vain,
//! [`segments`](super::segments) takes over, so that no pattern takes more than n log n steps.

use super::characters::after_character;
use super::segments::covers;

/// Whether a text holds a wildcard.
pub fn has_wildcard(text: &str) -> bool {
    text.bytes().any(|b| b == b'*' || b == b'?')
}

/// Whether a pattern covers a text, letter case counting; both characters or bytes of UTF-8.
///
/// ```
/// use iamwhy::names::glob;
/// assert!(glob("b/*/test/*", "b//test/object.jpg"));
/// assert!(!glob("b/*/test/*", "b/test/object.jpg"));
/// ```
pub fn glob<P: AsRef<[u8]> + ?Sized, T: AsRef<[u8]> + ?Sized>(pattern: &P, text: &T) -> bool {
    let (pattern, text) = (pattern.as_ref(), text.as_ref());
    matches(pattern, text, |a, b| a == b).unwrap_or_else(|| in_vain(pattern, text, false))
}

/// Whether a pattern covers a text, letter case not counting.
pub fn glob_fold(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    matches(pattern, text, |a, b| a.eq_ignore_ascii_case(&b)).unwrap_or_else(|| in_vain(pattern, text, true))
}

#[cold]
fn in_vain(pattern: &[u8], text: &[u8], ignore_case: bool) -> bool {
    covers(std::iter::once((pattern, true)), text, ignore_case)
}

/// Whether some text is covered by both of two patterns.
///
/// ```
/// use iamwhy::names::overlap;
/// assert!(overlap("task-definition/*:*", "task-definition/web:?"));
/// assert!(!overlap("task-definition/*", "task/*"));
/// ```
pub fn overlap(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    match (one.contains(&'*'), other.contains(&'*')) {
        // Whatever stands between the ends of one, a `*` of the other takes.
        (true, true) => {
            let backwards = |pattern: &[char]| pattern.iter().rev().copied().collect::<Vec<char>>();
            fits_up_to_a_run(&one, &other) && fits_up_to_a_run(&backwards(&one), &backwards(&other))
        }
        (true, false) => fits_in(&one, &other),
        (false, true) => fits_in(&other, &one),
        (false, false) => one.len() == other.len() && fit(&one, &other),
    }
}

/// Whether two patterns fit each other up to the first `*` of one of them.
fn fits_up_to_a_run(one: &[char], other: &[char]) -> bool {
    let ends = |(a, b): &(&char, &char)| **a != '*' && **b != '*';
    one.iter().zip(other).take_while(ends).all(|(a, b)| fits(*a, *b))
}

/// Whether what stands between the `*` of a pattern fits, one after the other, into one that has none.
fn fits_in(pattern: &[char], plain: &[char]) -> bool {
    let mut segments = pattern.split(|c| *c == '*');
    let (first, last) = (segments.next().unwrap_or_default(), segments.next_back().unwrap_or_default());
    let Some(end) = plain.len().checked_sub(last.len()).filter(|end| *end >= first.len()) else {
        return false;
    };
    let place = |from: usize, segment: &[char]| {
        let mut places = from..(end + 1).saturating_sub(segment.len());
        places.find(|at| fit(segment, &plain[*at..])).map(|at| at + segment.len())
    };
    fit(first, plain) && fit(last, &plain[end..]) && segments.try_fold(first.len(), place).is_some()
}

/// Whether a pattern without `*` fits the beginning of another.
fn fit(segment: &[char], plain: &[char]) -> bool {
    segment.iter().zip(plain).all(|(a, b)| fits(*a, *b))
}

fn fits(one: char, other: char) -> bool {
    one == other || one == '?' || other == '?'
}

/// How often each byte of a text may be looked at again, on average.
const AGAIN: usize = 8;

/// How many bytes a matcher may look at again before it is no match for its pattern.
#[inline(always)]
pub(crate) fn may_look_again(text: &[u8]) -> usize {
    AGAIN * text.len()
}

/// `None` if that would take too long.
#[inline(always)]
fn matches(pattern: &[u8], text: &[u8], same: impl Fn(u8, u8) -> bool) -> Option<bool> {
    let (mut p, mut t) = (0, 0);
    let mut left = may_look_again(text);
    let mut mark: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                mark = Some((p, t));
                p += 1;
            }
            Some(b'?') => {
                t = after_character(text, t);
                p += 1;
            }
            Some(byte) if same(*byte, text[t]) => {
                p += 1;
                t += 1;
            }
            _ => match &mut mark {
                Some((star, tried)) => {
                    left = left.checked_sub(t - *tried)?;
                    *tried += 1;
                    (p, t) = (*star + 1, *tried);
                }
                None => return Some(false),
            },
        }
    }
    Some(pattern[p..].iter().all(|byte| *byte == b'*'))
}
