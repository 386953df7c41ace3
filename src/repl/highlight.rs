//! Colours while a line is typed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::dot;
use super::json_paint::{matching_brackets, paint_json};
use crate::session::usages;
use crate::syntax::script::{SlotKind, Token, TokenKind, tokens};

/// From how many bytes on a line is left without colours and hints, so that typing stays quick.
pub(super) const LONG: usize = 20_000;

/// The colour of each byte of a line; none is the terminal's own.
pub(super) struct Colours(Vec<&'static str>);

impl Colours {
    /// No colours yet.
    pub(super) fn new(line: &str) -> Self {
        Self(vec![""; line.len()])
    }

    /// Colours a range.
    pub(super) fn fill(&mut self, start: usize, end: usize, code: &'static str) {
        if let Some(range) = self.0.get_mut(start..end) {
            range.fill(code);
        }
    }

    /// The line with the sequences that colour it.
    fn render(&self, line: &str) -> String {
        let mut painted = String::with_capacity(line.len() * 2);
        let mut last = "";
        for (at, c) in line.char_indices() {
            let code = self.0.get(at).copied().unwrap_or_default();
            if code != last {
                painted.push_str(if last.is_empty() { "" } else { "\x1b[0m" });
                if !code.is_empty() {
                    painted.push_str(&format!("\x1b[{code}m"));
                }
                last = code;
            }
            painted.push(c);
        }
        painted.push_str(if last.is_empty() { "" } else { "\x1b[0m" });
        painted
    }
}

/// A line in colour; while it is edited the bracket at the cursor and its partner are marked.
pub(super) fn paint(line: &str, cursor: Option<usize>) -> Cow<'_, str> {
    if line.is_empty() || line.len() > LONG {
        return Cow::Borrowed(line);
    }
    let mut colours = Colours::new(line);
    let found = tokens(line);
    let broken = open_brace(line, &found).unwrap_or(line.len());
    let mut first = true;
    for token in found.iter().filter(|token| (token.span.start as usize) < broken) {
        paint_token(token, first, line, &mut colours);
        first = token.kind == TokenKind::Newline || (first && token.kind == TokenKind::Comment);
    }
    paint_json(line, broken, line.len(), &mut colours);
    for at in cursor.and_then(|cursor| matching_brackets(line, cursor)).into_iter().flatten() {
        colours.fill(at, at + 1, "1;4;33");
    }
    Cow::Owned(colours.render(line))
}

/// The first brace that no token holds: what it opens is not closed yet.
pub(super) fn open_brace(line: &str, found: &[Token]) -> Option<usize> {
    let held = |at: usize| {
        found.iter().any(|token| (token.span.start as usize..token.span.end as usize).contains(&at))
    };
    line.match_indices('{').map(|(at, _)| at).find(|at| {
        let before = line.get(..*at).and_then(|before| before.chars().next_back());
        before.is_none_or(char::is_whitespace) && !held(*at)
    })
}

fn paint_token(token: &Token, first: bool, line: &str, colours: &mut Colours) {
    let (start, end) = (token.span.start as usize, token.span.end as usize);
    let text = line.get(start..end).unwrap_or_default();
    let words = &*WORDS;
    match token.kind {
        TokenKind::Bare if first && words.heads.contains(text) => colours.fill(start, end, "1;36"),
        TokenKind::Bare if first && dot::is_known(text) => colours.fill(start, end, "1;36"),
        // It is being typed as long as nothing stands behind it.
        TokenKind::Bare if first && end < line.len() && !text.starts_with('?') => {
            colours.fill(start, end, "31");
        }
        TokenKind::Bare if !first && words.keywords.contains(text) => colours.fill(start, end, "36"),
        TokenKind::Quoted | TokenKind::Raw => colours.fill(start, end, "32"),
        TokenKind::Json | TokenKind::Block => paint_json(line, start, end, colours),
        TokenKind::Comment => colours.fill(start, end, "2"),
        _ => {}
    }
}

/// The words of the commands.
struct CommandWords {
    heads: BTreeSet<&'static str>,
    keywords: BTreeSet<&'static str>,
}

static WORDS: LazyLock<CommandWords> = LazyLock::new(|| {
    let inside = SlotKind::ALL.iter().filter_map(|kind| kind.inside());
    let texts = usages().iter().map(|usage| usage.text()).chain(inside);
    let words = texts.flat_map(|text| text.split([' ', '[', ']', '(', ')', '|', '.']));
    CommandWords {
        heads: usages().iter().flat_map(|usage| usage.heads()).collect(),
        keywords: words
            .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_'))
            .collect(),
    }
});

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
            "can alice s3:GetObject on \"é\" # ü",
            "policy P {\"a\": [1, true, \"x",
            "{ \"é\": \"\\\"\" }",
            "usr x",
        ] {
            assert_eq!(bare(&paint(line, Some(10))), line);
        }
    }

    #[test]
    fn commands_keywords_and_json_have_colours() {
        let painted = paint("policy P {\"Effect\": \"Allow\"", None).into_owned();
        assert!(painted.starts_with("\x1b[1;36mpolicy\x1b[0m P "), "{painted:?}");
        assert!(painted.contains("\x1b[34m\"Effect\"\x1b[0m"), "{painted:?}");
        assert!(painted.contains("\x1b[32m\"Allow\"\x1b[0m"), "{painted:?}");
    }

    #[test]
    fn the_partner_of_the_bracket_at_the_cursor_is_marked() {
        let painted = paint("policy P { }", Some(12)).into_owned();
        assert_eq!(painted.matches("\x1b[1;4;33m").count(), 2, "{painted:?}");
    }
}
