//! The escapes of JSON strings.

use std::borrow::Cow;

/// The characters that the inside of a JSON string stands for.
///
/// An escape that JSON does not have stands for itself, half of a surrogate pair for U+FFFD; the parser has
/// reported both.
pub fn unescape(inside: &str) -> Cow<'_, str> {
    if !inside.contains('\\') {
        return Cow::Borrowed(inside);
    }
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let (character, length) = escape(&rest[at..]);
        text.push(character);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The character of the escape at the start of the text, and the escape's length in bytes.
fn escape(text: &str) -> (char, usize) {
    let simple = |character| (character, 2);
    match text.as_bytes().get(1) {
        Some(b'n') => simple('\n'),
        Some(b't') => simple('\t'),
        Some(b'r') => simple('\r'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'u') => unicode(text),
        Some(byte @ (b'"' | b'\\' | b'/')) => simple(char::from(*byte)),
        _ => ('\\', 1),
    }
}

fn unicode(text: &str) -> (char, usize) {
    let Some(first) = hex4(text) else { return ('\\', 1) };
    if let Some(character) = char::from_u32(first) {
        return (character, 6);
    }
    let second = text.get(6..).filter(|rest| rest.starts_with("\\u")).and_then(hex4);
    match second {
        Some(low) if first < 0xDC00 && (0xDC00..0xE000).contains(&low) => {
            let code = 0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00);
            (char::from_u32(code).unwrap_or('\u{FFFD}'), 12)
        }
        _ => ('\u{FFFD}', 6),
    }
}

/// The number in `\uXXXX` at the start of the text.
pub(super) fn hex4(text: &str) -> Option<u32> {
    let digits = text.get(2..6)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}
