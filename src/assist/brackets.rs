//! Brackets and strings of a text that may be unfinished.

use crate::syntax::script::tokens;

/// The first brace that no token holds; what it opens is not closed yet.
pub fn open_brace(line: &str) -> Option<usize> {
    let found = tokens(line);
    let held = |at: usize| {
        found.iter().any(|token| (token.span.start as usize..token.span.end as usize).contains(&at))
    };
    line.match_indices('{').map(|(at, _)| at).find(|at| {
        let before = line.get(..*at).and_then(|before| before.chars().next_back());
        before.is_none_or(char::is_whitespace) && !held(*at)
    })
}

/// How long the string is that a text starts with; one that is not closed ends with its line.
pub(super) fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return at,
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// The bracket at the cursor, or else the one before it, and its partner.
pub(super) fn matching_brackets(line: &str, cursor: usize) -> Option<[usize; 2]> {
    let pairs = pairs(line);
    let at = |place: usize| pairs.iter().copied().find(|pair| pair.contains(&place));
    at(cursor).or_else(|| at(cursor.checked_sub(1)?))
}

/// How many brackets are open at the end of a text.
pub fn depth(text: &str) -> usize {
    scan(text).0
}

/// The brackets that belong together.
fn pairs(line: &str) -> Vec<[usize; 2]> {
    scan(line).1
}

/// How many brackets outside of strings are open at the end, and those that belong together.
fn scan(line: &str) -> (usize, Vec<[usize; 2]>) {
    let (mut open, mut pairs, mut at) = (Vec::new(), Vec::new(), 0);
    while let Some(rest) = line.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        match c {
            '{' | '[' => open.push((at, c)),
            '}' | ']' => {
                let partner = if c == '}' { '{' } else { '[' };
                pairs.extend(open.pop_if(|(_, other)| *other == partner).map(|(start, _)| [start, at]));
            }
            _ => {}
        }
        at += if c == '"' { string(rest) } else { c.len_utf8() };
    }
    (open.len(), pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_do_not_count() {
        assert_eq!(matching_brackets("{\"a\": \"}\"}", 0), Some([0, 9]));
        assert_eq!(matching_brackets("{[}", 0), None);
    }
}
