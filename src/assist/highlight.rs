//! What each part of a line is, while it is typed.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::brackets::{matching_brackets, open_brace};
use super::json_paint::shade_json;
use super::shade::{Shade, Shades};
use crate::commands::table;
use crate::syntax::script::{ScriptToken, SlotKind, TokenKind, tokens};

/// The shade of a first word that only whoever asks knows.
pub type Own = fn(&str) -> Option<Shade>;

/// The shade of each byte of a line; while it is edited the bracket at the cursor and its partner are marked.
pub fn shades(line: &str, cursor: Option<usize>, own: Own) -> Vec<Shade> {
    let mut shades = Shades::new(line);
    let broken = open_brace(line).unwrap_or(line.len());
    let mut first = true;
    for token in tokens(line).iter().filter(|token| (token.span.start as usize) < broken) {
        shade_token(token, first, line, own, &mut shades);
        first = token.kind == TokenKind::Newline || (first && token.kind == TokenKind::Comment);
    }
    shade_json(line, broken, line.len(), &mut shades);
    for at in cursor.and_then(|cursor| matching_brackets(line, cursor)).into_iter().flatten() {
        shades.fill(at, at + 1, Shade::Bracket);
    }
    shades.0
}

fn shade_token(token: &ScriptToken, first: bool, line: &str, own: Own, shades: &mut Shades) {
    let (start, end) = (token.span.start as usize, token.span.end as usize);
    let text = line.get(start..end).unwrap_or_default();
    let words = &*WORDS;
    match token.kind {
        TokenKind::Bare if first => {
            // It is being typed as long as nothing stands behind it.
            let unknown = if end < line.len() { Shade::Unknown } else { Shade::Plain };
            let known = words.heads.contains(text).then_some(Shade::Command);
            shades.fill(start, end, known.or_else(|| own(text)).unwrap_or(unknown));
        }
        TokenKind::Bare if words.keywords.contains(text) => shades.fill(start, end, Shade::Keyword),
        TokenKind::Quoted | TokenKind::Raw => shades.fill(start, end, Shade::Text),
        TokenKind::Json | TokenKind::Block => shade_json(line, start, end, shades),
        TokenKind::Comment => shades.fill(start, end, Shade::Comment),
        _ => {}
    }
}

struct CommandWords {
    heads: BTreeSet<&'static str>,
    keywords: BTreeSet<&'static str>,
}

static WORDS: LazyLock<CommandWords> = LazyLock::new(|| {
    let inside = SlotKind::ALL.iter().filter_map(|kind| kind.inside());
    let texts = table().usages.iter().map(|usage| usage.text()).chain(inside);
    let words = texts.flat_map(|text| text.split([' ', '[', ']', '(', ')', '|', '.']));
    CommandWords {
        heads: table().usages.iter().flat_map(|usage| usage.heads()).collect(),
        keywords: words
            .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_'))
            .collect(),
    }
});
