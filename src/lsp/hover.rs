//! What the word at a place is: an action, a key, an operator, a rule, a policy.

use serde_json::{Value, json};

use super::documents::{EditorText, TextKind};
use super::positions::range;
use crate::report::{Format, Style};
use crate::session::{Mode, Session, Status};
use crate::source::{Source, Span};
use crate::syntax::script::{tokens, write};

/// What `info` tells of the word at a place.
pub(super) fn hover(document: &EditorText, offset: usize, start: &Session) -> Option<Value> {
    let text = document.text();
    let span = word_at(document, offset)?;
    let word = text.get(span.start as usize..span.end as usize)?;
    let told = told(word, start)?;
    Some(json!({"contents": {"kind": "plaintext", "value": told}, "range": range(text, span)}))
}

/// The word at a place: in a script a token without its quotes, else what stands between quotes or blanks.
pub(super) fn word_at(document: &EditorText, offset: usize) -> Option<Span> {
    let text = document.text();
    match document.written() {
        TextKind::Script => {
            let all = tokens(text);
            let one = all
                .iter()
                .find(|token| (token.span.start as usize..=token.span.end as usize).contains(&offset))?;
            Some(if one.kind.is_quoted() { one.span.inside() } else { one.span })
        }
        TextKind::Policies => between(text, offset),
    }
}

/// What ends a word in JSON and YAML.
fn between(text: &str, offset: usize) -> Option<Span> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '[' | ']');
    let before = text.get(..offset)?;
    let start = before.char_indices().rev().find(|(_, c)| ends(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    let end = text.get(offset..)?.find(ends).map_or(text.len(), |at| offset + at);
    (start < end).then(|| Span::new(start as u32, end as u32))
}

fn told(word: &str, start: &Session) -> Option<String> {
    let statement = format!("info {}", write::quoted(word));
    let source = Source::new("<hover>", statement.as_str());
    let span = Span::new(0, statement.len() as u32);
    let outcome = start.clone().run(&source, span, &mut (), Mode::Script);
    let is_told = outcome.status != Status::Refused;
    is_told.then(|| outcome.render(&Style::of(Format::Plain)).trim_end().to_owned())
}
