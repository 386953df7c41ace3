//! Where in unfinished JSON the cursor stands.

use super::brackets::string;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JsonPlace<'t> {
    /// Where the string at the cursor starts, its quote included; the length of the text if none was begun.
    pub(super) start: usize,
    /// What the string holds so far.
    pub(super) begun: &'t str,
    /// Whether a key of an object is to stand here.
    pub(super) is_key: bool,
    /// The keys that lead here, the outermost first; for a value its own key is the last.
    pub(super) keys: Vec<&'t str>,
}

struct Open<'t> {
    is_object: bool,
    key: Option<&'t str>,
    /// Whether the key and its colon stand there.
    at_value: bool,
}

/// Finds the place at the end of a text in which JSON starts at `from`; nothing where no string can stand.
pub(super) fn place(text: &str, from: usize) -> Option<JsonPlace<'_>> {
    let mut open: Vec<Open<'_>> = Vec::new();
    let (mut at, mut last) = (from, ' ');
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let c = rest.chars().next()?;
        let length = if c == '"' { string(rest) } else { c.len_utf8() };
        if c == '"' {
            let inside = rest.get(1..length)?;
            match inside.strip_suffix('"') {
                Some(key) => remember(&mut open, key),
                None if at + length == text.len() => return found(at, inside, &open),
                None => return None,
            }
        } else {
            step(&mut open, c);
        }
        last = if c.is_whitespace() { last } else { c };
        at += length;
    }
    let can_start = matches!((last, open.last()?.is_object), ('{' | '[' | ':', _) | (',', _));
    if can_start { found(text.len(), "", &open) } else { None }
}

fn remember<'t>(open: &mut [Open<'t>], key: &'t str) {
    if let Some(object) = open.last_mut().filter(|open| open.is_object && !open.at_value) {
        object.key = Some(key);
    }
}

fn step(open: &mut Vec<Open<'_>>, c: char) {
    match c {
        '{' | '[' => open.push(Open { is_object: c == '{', key: None, at_value: false }),
        '}' | ']' => {
            open.pop();
        }
        ':' | ',' => {
            if let Some(innermost) = open.last_mut() {
                innermost.at_value = c == ':';
            }
        }
        _ => {}
    }
}

fn found<'t>(start: usize, begun: &'t str, open: &[Open<'t>]) -> Option<JsonPlace<'t>> {
    let innermost = open.last()?;
    let is_key = innermost.is_object && !innermost.at_value;
    let outer = if is_key { open.get(..open.len() - 1)? } else { open };
    Some(JsonPlace { start, begun, is_key, keys: outer.iter().filter_map(|open| open.key).collect() })
}
