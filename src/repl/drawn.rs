//! What the terminal gets of a line that is being edited: a line may be pasted or recalled with characters that a
//! terminal obeys. The line keeps them, for the answer to say what they are; a mark is drawn, or nothing.

use crate::source::is_hidden;

/// What is drawn in the place of a character that does not print but takes a column.
const MARK: char = '·';

/// Where in an escape sequence a text is, as the line editor counts its columns (rustyline 19): it gives them none.
#[derive(Default)]
pub(super) enum Sequence {
    #[default]
    Outside,
    Begun,
    Open,
}

impl Sequence {
    /// What is drawn of the next character.
    pub(super) fn drawn(&mut self, c: char) -> Option<char> {
        if is_layout(c) {
            return Some(c);
        }
        let (next, drawn) = match (&*self, c) {
            (Self::Outside, '\x1b') => (Self::Begun, None),
            (Self::Outside, _) => (Self::Outside, alone(c)),
            (Self::Begun, '[') | (Self::Open, ';' | '0'..='9') => (Self::Open, None),
            (Self::Begun | Self::Open, _) => (Self::Outside, None),
        };
        *self = next;
        drawn
    }
}

/// Whether a line has characters that are not drawn as what they are.
pub(super) fn hides(line: &str) -> bool {
    let plain = line.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t'));
    !plain && line.contains(|c| is_hidden(c) && !is_layout(c))
}

/// Ends of lines and tabs lay a statement out.
fn is_layout(c: char) -> bool {
    matches!(c, '\n' | '\t')
}

fn alone(c: char) -> Option<char> {
    match is_hidden(c) {
        false => Some(c),
        true => (c.is_control() || c.is_whitespace()).then_some(MARK),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(line: &str) -> String {
        let mut sequence = Sequence::default();
        line.chars().filter_map(|c| sequence.drawn(c)).collect()
    }

    #[test]
    fn what_prints_is_drawn_as_it_is() {
        for line in ["can alice s3:GetObject on \"é\" # ü", "policy P {\n\t\"Ü\": []\n}"] {
            assert_eq!(drawn(line), line);
            assert!(!hides(line), "{line}");
        }
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_drawn() {
        for (line, seen) in [
            ("user \x1b[2Ja", "user a"),
            ("user \x1b]0;title\x07a", "user 0;title·a"),
            ("user \u{9b}2Ja\u{85}", "user ·2Ja·"),
            ("user \u{202e}a\u{200b}\u{a0}\x08b\x7f", "user a··b·"),
        ] {
            assert_eq!(drawn(line), seen);
            assert!(hides(line), "{line:?}");
        }
    }
}
