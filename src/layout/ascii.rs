//! The signs that a text is drawn with, where only ASCII can be shown.

use std::borrow::Cow;

/// A text whose lines, arrows and dots are ASCII; letters of other scripts, which names may hold, stay as they are.
pub fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || text.chars().all(|c| spelled(c).is_none()) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match spelled(c) {
            Some(sign) => shown.push_str(sign),
            None => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        '─' | '┬' | '┴' | '·' | '–' | '—' => "-",
        '│' => "|",
        '╭' | '╮' | '╰' | '╯' | '├' | '┤' | '┼' => "+",
        '…' => "...",
        '⋮' => ":",
        '×' => "x",
        '✓' => "*",
        '⚠' => "!",
        '☞' | '▶' => ">",
        '→' => "->",
        '←' => "<-",
        '↑' | '▲' => "^",
        '\u{2500}'..='\u{259f}' => "+",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_is_ascii_and_what_is_written_stays() {
        assert_eq!(ascii(" ╭─[a:1:2]\n │ é · …"), " +-[a:1:2]\n | é - ...");
    }
}
