//! Texts as people may be shown them, whoever wrote what is in them: nothing moves the cursor, hides, turns a line
//! around, begins a line of its own or is a command to what reads the log.
//!
//! What does not print stands as JSON writes it, `\u001b`: so a shown text can be typed again, and a text that is JSON
//! stays the same JSON.

use std::borrow::Cow;
use std::fmt::Write as _;

use memchr::memchr;

/// Characters that a terminal obeys, or that nobody sees or tells from a blank: first and last of each range.
const HIDDEN: &[(char, char)] = &[
    ('\0', '\u{1f}'),           // C0: escape sequences start here, lines end
    ('\u{7f}', '\u{a0}'),       // DEL; C1, where CSI and OSC are one character; a blank that is none
    ('\u{ad}', '\u{ad}'),       // soft hyphen: shown at the end of a line only
    ('\u{34f}', '\u{34f}'),     // combining grapheme joiner: joins nothing
    ('\u{61c}', '\u{61c}'),     // Arabic letter mark: turns the direction
    ('\u{115f}', '\u{1160}'),   // Hangul fillers: letters without a shape
    ('\u{1680}', '\u{1680}'),   // Ogham space: a blank in most fonts
    ('\u{17b4}', '\u{17b5}'),   // Khmer inherent vowels: without a shape
    ('\u{180b}', '\u{180f}'),   // Mongolian variation selectors and vowel separator
    ('\u{2000}', '\u{200f}'),   // blanks of every width, none too; joiners; marks that turn the direction
    ('\u{2028}', '\u{202f}'), // ends of lines and paragraphs; embeddings and overrides of direction; narrow blank
    ('\u{205f}', '\u{206f}'), // mathematical blank; word joiner, invisible operators, isolates of direction
    ('\u{2800}', '\u{2800}'), // Braille without dots
    ('\u{3164}', '\u{3164}'), // Hangul filler
    ('\u{fdd0}', '\u{fdef}'), // no characters
    ('\u{fe00}', '\u{fe0f}'), // variation selectors: behind most characters they change nothing and can hide bytes
    ('\u{feff}', '\u{feff}'), // byte order mark: without width
    ('\u{ffa0}', '\u{ffa0}'), // half-width Hangul filler
    ('\u{fff0}', '\u{fffb}'), // unassigned and invisible; annotations, which hide what they enclose
    ('\u{fffe}', '\u{ffff}'), // no characters; XML cannot hold them
    ('\u{13430}', '\u{1343f}'), // controls of hieroglyphs
    ('\u{1bca0}', '\u{1bca3}'), // controls of shorthand
    ('\u{1d173}', '\u{1d17a}'), // controls of musical notation
    ('\u{e0000}', '\u{e0fff}'), // tags and more variation selectors: whole sentences can hide in them
];

/// Whether a character does what no letter does: a terminal obeys it, or nobody sees it or tells it from a blank.
pub fn is_hidden(c: char) -> bool {
    // The last two characters of each plane are none.
    let hidden = |c: char| {
        let at = HIDDEN.partition_point(|(_, last)| *last < c);
        HIDDEN.get(at).is_some_and(|(first, _)| *first <= c) || u32::from(c) & 0xfffe == 0xfffe
    };
    c < ' ' || c >= '\u{7f}' && hidden(c)
}

/// A text within a line: what does not print, an end of line too, stands as JSON writes it.
pub fn one_line(text: &str) -> Cow<'_, str> {
    replaced(text, |_| false)
}

/// A text of lines: what does not print, but for their ends, stands as JSON writes it.
pub fn printable(text: &str) -> Cow<'_, str> {
    replaced(text, |c| c == '\n')
}

/// JSON that says the same in characters that print, with the blanks and lines that it has.
pub fn printable_json(text: &str) -> Cow<'_, str> {
    replaced(text, |c| matches!(c, '\n' | '\r' | '\t'))
}

fn replaced(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    // Nearly all that is shown is ASCII, and this is read many bytes at a time.
    let prints = |byte: u8| matches!(byte, b' '..=b'~') || byte.is_ascii() && stays(char::from(byte));
    if text.bytes().fold(true, |all, byte| all & prints(byte)) {
        return Cow::Borrowed(text);
    }
    let goes = |c: char| is_hidden(c) && !stays(c);
    if !text.contains(goes) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if goes(c) { push_escape(&mut shown, c) } else { shown.push(c) }
    }
    Cow::Owned(shown)
}

/// Writes a character as JSON can: `\n`, `\u202e`, or two halves of four digits each.
pub fn push_escape(text: &mut String, c: char) {
    match c {
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        // Writing to a `String` cannot fail.
        c => c.encode_utf16(&mut [0; 2]).iter().for_each(|half| _ = write!(text, "\\u{half:04x}")),
    }
}

/// A text of lines as a terminal, a log or a pipeline may be given it: it prints, and no line in it is a command to
/// GitHub Actions (`::error::`, `##[error]`) or Azure Pipelines (`##vso[…]`), whose first sign stands as JSON writes it.
pub fn harmless(text: &str) -> Cow<'_, str> {
    match printable(text) {
        Cow::Borrowed(text) => without_commands(text),
        Cow::Owned(text) => Cow::Owned(without_commands(&text).into_owned()),
    }
}

/// No line is a command; colours before its start do not count, for no log has them.
pub fn without_commands(text: &str) -> Cow<'_, str> {
    let is_command = |line: &str| line.trim_start().starts_with("::");
    if memchr(b'#', text.as_bytes()).is_none() && !text.lines().any(is_command) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let (blanks, words) = line.split_at(line.len() - line.trim_start().len());
        shown.push_str(blanks);
        match words.strip_prefix("::") {
            Some(rest) => {
                shown.push_str("\\u003a:");
                push_without_marks(&mut shown, rest);
            }
            None => push_without_marks(&mut shown, words),
        }
    }
    Cow::Owned(shown)
}

/// Such a command may stand anywhere in a line: `##`, letters, `[`.
fn push_without_marks(shown: &mut String, line: &str) {
    let mut rest = line;
    while let Some(at) = rest.find("##") {
        let (before, marked) = rest.split_at(at);
        let word = marked[2..].trim_start_matches(|c: char| c.is_ascii_alphabetic());
        shown.push_str(before);
        shown.push_str(if word.starts_with('[') { "\\u0023" } else { "#" });
        rest = &marked[1..];
    }
    shown.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ranges_are_in_order() {
        assert!(HIDDEN.iter().all(|(first, last)| first <= last));
        assert!(HIDDEN.is_sorted_by(|(_, last), (first, _)| last < first));
    }

    #[test]
    fn what_does_not_print_stands_as_json_writes_it() {
        assert_eq!(
            one_line("a\n\t\u{1b}[2J\u{9b}\u{202e}\u{e0041}é"),
            "a\\n\\t\\u001b[2J\\u009b\\u202e\\udb40\\udc41é"
        );
        assert_eq!(printable("a\r\nb\n"), "a\\r\nb\n");
        assert!(matches!(one_line("arn:aws:s3:::b/*"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_says_the_same_in_characters_that_print() {
        let all: String = (' '..=char::MAX).filter(|c| !matches!(c, '"' | '\\')).collect();
        let json = serde_json::to_string(&all).unwrap();
        let shown = printable_json(&json);
        assert!(!shown.chars().any(is_hidden));
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), all);
    }

    #[test]
    fn no_line_is_a_command() {
        let text = "::error::x\n  ::a\na ::b\n##[x]\nx ###vso[task]\n## Title [x]\n";
        let shown = "\\u003a:error::x\n  \\u003a:a\na ::b\n\\u0023#[x]\nx #\\u0023#vso[task]\n## Title [x]\n";
        assert_eq!(without_commands(text), shown);
        assert_eq!(without_commands("a:::b"), "a:::b");
    }
}
