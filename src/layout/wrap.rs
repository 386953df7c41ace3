//! Lines cut between words.

use crate::source::one_line;

/// Cuts a text into lines of at most `room` columns, at blanks; a longer word stays whole.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    fill(text, room, "", "")
}

/// Cuts a text into lines of at most `room` columns, the first behind `first`, each other behind `others`. What does
/// not print in it, an end of line too, is shown as what it is.
pub fn fill(text: &str, room: usize, first: &str, others: &str) -> Vec<String> {
    let (mut lines, mut empty) = (vec![first.to_owned()], true);
    for word in one_line(text).split(' ') {
        match lines.last_mut() {
            Some(line) if empty => line.push_str(word),
            Some(line) if width(line) + 1 + width(word) <= room => {
                line.push(' ');
                line.push_str(word);
                continue;
            }
            _ => lines.push(format!("{others}{word}")),
        }
        empty = word.is_empty();
    }
    lines
}

/// The columns that a text takes: East Asian wide characters and emoji take two, combining marks none.
pub fn width(text: &str) -> usize {
    text.chars().map(character_width).sum()
}

fn character_width(character: char) -> usize {
    match u32::from(character) {
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(fill("one two three", 8, " ", "  "), [" one two", "  three"]);
        assert_eq!(wrap("incomprehensible", 3), ["incomprehensible"]);
    }
}
