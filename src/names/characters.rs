//! Characters of UTF-8 in texts and patterns that are looked at byte by byte.

/// Stands for a `?` that counts: no text in UTF-8 holds this byte.
pub(super) const ONE: u8 = 0xFE;

/// Where a segment ends that stands at a place of the text, if it does.
pub(super) fn end_of(segment: &[u8], text: &[u8], at: usize) -> Option<usize> {
    segment.iter().try_fold(at, |at, byte| match (text.get(at)?, byte) {
        (_, &ONE) => Some(after_character(text, at)),
        (own, byte) => (own == byte).then_some(at + 1),
    })
}

/// The offset after the UTF-8 character at `at`.
pub(crate) fn after_character(text: &[u8], at: usize) -> usize {
    let rest = &text[at + 1..];
    at + 1 + rest.iter().take_while(|byte| **byte & 0xC0 == 0x80).count()
}

/// Whether a byte begins a character.
pub(super) fn is_first(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// A word with a capital letter at its beginning.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}
