//! Colours while a line is typed.

use std::borrow::Cow;

use super::dot;
use super::drawn::{Sequence, hides};
use crate::assist::{Shade, shades};

/// From how many bytes on a line is left without colours and hints, so that typing stays quick.
pub(super) const LONG: usize = 20_000;

/// A line without colours, of characters that print.
pub(super) fn plain(line: &str) -> Cow<'_, str> {
    if !hides(line) {
        return Cow::Borrowed(line);
    }
    let mut sequence = Sequence::default();
    Cow::Owned(line.chars().filter_map(|c| sequence.drawn(c)).collect())
}

/// A line in colour; while it is edited the bracket at the cursor and its partner are marked.
pub(super) fn paint(line: &str, cursor: Option<usize>) -> Cow<'_, str> {
    if line.is_empty() || line.len() > LONG {
        return plain(line);
    }
    let mut sequence = Sequence::default();
    let shades = shades(line, cursor, own);
    let mut painted = String::with_capacity(line.len() * 2);
    let mut last = "";
    for (at, c) in line.char_indices() {
        let code = shades.get(at).copied().map_or("", code);
        if code != last {
            painted.push_str(if last.is_empty() { "" } else { "\x1b[0m" });
            if !code.is_empty() {
                painted.push_str(&format!("\x1b[{code}m"));
            }
            last = code;
        }
        painted.extend(sequence.drawn(c));
    }
    painted.push_str(if last.is_empty() { "" } else { "\x1b[0m" });
    Cow::Owned(painted)
}

/// What only a prompt knows.
fn own(word: &str) -> Option<Shade> {
    if word.starts_with('?') { Some(Shade::Plain) } else { dot::is_known(word).then_some(Shade::Command) }
}

/// The sequence for a shade; none is the terminal's own colour.
fn code(shade: Shade) -> &'static str {
    match shade {
        Shade::Plain => "",
        Shade::Command => "1;36",
        Shade::Unknown => "31",
        Shade::Keyword => "36",
        Shade::Text => "32",
        // Bold: plain blue is hard to read on black.
        Shade::Key => "1;34",
        Shade::Constant => "35",
        Shade::Comment => "2",
        Shade::Bracket => "1;4;35",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(painted: &str) -> String {
        painted.split('\x1b').enumerate().fold(String::new(), |mut all, (number, part)| {
            all.push_str(if number == 0 { part } else { part.split_once('m').map_or("", |(_, rest)| rest) });
            all
        })
    }

    #[test]
    fn colours_change_no_character() {
        for line in [
            "can alice s3:GetObject on \"é\" # ü", "policy P {\"a\": [1, true, \"x", "{ \"é\": \"\\\"\" }",
            "usr x",
        ] {
            assert_eq!(bare(&paint(line, Some(10))), line);
        }
    }

    #[test]
    fn commands_keywords_and_json_have_colours() {
        let painted = paint("policy P {\"Effect\": \"Allow\"", None).into_owned();
        assert!(painted.starts_with("\x1b[1;36mpolicy\x1b[0m P "), "{painted:?}");
        assert!(painted.contains("\x1b[1;34m\"Effect\"\x1b[0m"), "{painted:?}");
        assert!(painted.contains("\x1b[32m\"Allow\"\x1b[0m"), "{painted:?}");
    }

    #[test]
    fn the_partner_of_the_bracket_at_the_cursor_is_marked() {
        let painted = paint("policy P { }", Some(12)).into_owned();
        assert_eq!(painted.matches("\x1b[1;4;35m").count(), 2, "{painted:?}");
    }
}
