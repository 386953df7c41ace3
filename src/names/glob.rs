//! Wildcards: `*` is any run of characters, also none; `?` is exactly one (A36, A42).
//!
//! One backtracking mark, no recursion: linear in practice, at worst pattern length times text length.

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
    matches(pattern.as_ref(), text.as_ref(), |a, b| a == b)
}

/// Whether a pattern covers a text, letter case not counting.
pub fn glob_fold(pattern: &str, text: &str) -> bool {
    matches(pattern.as_bytes(), text.as_bytes(), |a, b| a.eq_ignore_ascii_case(&b))
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
    // Whether what is left of both overlaps, for each place of `other`, from the end of `one` on.
    let only_stars = |rest: &[char]| rest.iter().all(|c| *c == '*');
    let mut behind: Vec<bool> = (0..=other.len()).map(|at| only_stars(&other[at..])).collect();
    for at in (0..one.len()).rev() {
        let mut here = vec![false; other.len() + 1];
        here[other.len()] = only_stars(&one[at..]);
        for place in (0..other.len()).rev() {
            here[place] = match (one[at], other[place]) {
                ('*', _) | (_, '*') => behind[place] || here[place + 1],
                (a, b) => (a == b || a == '?' || b == '?') && behind[place + 1],
            };
        }
        behind = here;
    }
    behind[0]
}

#[inline(always)]
fn matches(pattern: &[u8], text: &[u8], same: impl Fn(u8, u8) -> bool) -> bool {
    let (mut p, mut t) = (0, 0);
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
                    *tried += 1;
                    (p, t) = (*star + 1, *tried);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

/// The offset after the UTF-8 character at `at`.
pub(crate) fn after_character(text: &[u8], at: usize) -> usize {
    let rest = &text[at + 1..];
    at + 1 + rest.iter().take_while(|byte| **byte & 0xC0 == 0x80).count()
}
