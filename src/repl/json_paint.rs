//! Colours of JSON that may be unfinished.

use super::highlight::Colours;

/// Colours a range of a line as JSON: keys, strings, numbers and constants.
pub(super) fn paint_json(line: &str, start: usize, end: usize, colours: &mut Colours) {
    let mut at = start;
    while let Some(rest) = line.get(at..end).filter(|rest| !rest.is_empty()) {
        let length = if rest.starts_with('"') {
            let length = string(rest);
            let behind = rest.get(length..).unwrap_or_default().trim_start();
            colours.fill(at, at + length, if behind.starts_with(':') { "34" } else { "32" });
            length
        } else if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-') {
            let length =
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.').unwrap_or(rest.len());
            if is_constant(rest.get(..length).unwrap_or_default()) {
                colours.fill(at, at + length, "35");
            }
            length
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        at += length;
    }
}

fn is_constant(word: &str) -> bool {
    matches!(word, "true" | "false" | "null") || word.parse::<f64>().is_ok()
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
pub(super) fn depth(text: &str) -> usize {
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
