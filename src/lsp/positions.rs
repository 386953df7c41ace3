//! Places in a text as editors count them: lines from 0, and in a line the units of UTF-16.

use serde_json::{Value, json};

use crate::source::Span;

/// The place of an offset in bytes; one behind the end is the end.
pub(super) fn position(text: &str, offset: usize) -> Value {
    let before = text.get(..offset).unwrap_or(text);
    let begins = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count();
    json!({"line": line, "character": before[begins..].encode_utf16().count()})
}

/// The range of a span.
pub(super) fn range(text: &str, span: Span) -> Value {
    json!({
        "start": position(text, span.start as usize),
        "end": position(text, span.end as usize),
    })
}

/// The range of a whole text.
pub(super) fn whole(text: &str) -> Value {
    range(text, Span::new(0, text.len() as u32))
}

/// The offset in bytes of a place; behind the end of a line it is that end, behind the text its end.
pub(super) fn offset(text: &str, position: &Value) -> Option<usize> {
    let line = usize::try_from(position.get("line")?.as_u64()?).ok()?;
    let character = usize::try_from(position.get("character")?.as_u64()?).ok()?;
    let Some(begins) = begin_of(text, line) else { return Some(text.len()) };
    let rest = &text[begins..];
    let end = rest.find('\n').unwrap_or(rest.len());
    let mut units = 0;
    for (at, c) in rest[..end].char_indices() {
        if units >= character {
            return Some(begins + at);
        }
        units += c.len_utf16();
    }
    Some(begins + end)
}

fn begin_of(text: &str, line: usize) -> Option<usize> {
    match line {
        0 => Some(0),
        line => text.match_indices('\n').nth(line - 1).map(|(at, _)| at + 1),
    }
}

/// The span of a range.
pub(super) fn span(text: &str, range: &Value) -> Option<(usize, usize)> {
    let start = offset(text, range.get("start")?)?;
    let end = offset(text, range.get("end")?)?;
    Some((start, end.max(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_units_of_utf_16() {
        let text = "a𝒳b\nü\"";
        assert_eq!(position(text, 5), json!({"line": 0, "character": 3}));
        assert_eq!(offset(text, &json!({"line": 0, "character": 3})), Some(5));
        assert_eq!(offset(text, &json!({"line": 1, "character": 1})), Some(9));
    }

    #[test]
    fn what_lies_behind_a_line_or_the_text_is_its_end() {
        let text = "ab\ncd";
        assert_eq!(offset(text, &json!({"line": 0, "character": 99})), Some(2));
        assert_eq!(offset(text, &json!({"line": 9, "character": 0})), Some(5));
        assert_eq!(position(text, 99), json!({"line": 1, "character": 2}));
    }
}
