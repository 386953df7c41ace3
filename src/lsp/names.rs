//! Where a name of a script is declared, and where it is used.

use serde_json::{Value, json};

use super::documents::{EditorText, TextKind};
use super::hover::word_at;
use super::positions::range;
use crate::source::Span;
use crate::syntax::script::{ScriptToken, split_statements, tokens};

/// The first words of statements that declare a name.
const DECLARE: [&str; 12] = [
    "account", "user", "group", "role", "policy", "scp", "rcp", "ou", "organization", "resource", "boundary",
    "endpoint",
];

/// How many words in front of a declared name may say what it is.
const NAMES: usize = 4;

/// The statements that declare the name at a place.
pub(super) fn definition(address: &str, document: &EditorText, offset: usize) -> Vec<Value> {
    let Some(name) = name_at(document, offset) else { return Vec::new() };
    let declared = declarations(document).into_iter().filter(|at| inside(document, *at) == name);
    declared.map(|at| location(address, document, at)).collect()
}

/// Every place where the name at a place stands.
pub(super) fn references(address: &str, document: &EditorText, offset: usize) -> Vec<Value> {
    let Some(name) = name_at(document, offset) else { return Vec::new() };
    let all = tokens(document.text()).into_iter().map(|token| bare(&token));
    all.filter(|at| inside(document, *at) == name).map(|at| location(address, document, at)).collect()
}

fn name_at(document: &EditorText, offset: usize) -> Option<&str> {
    let is_script = document.written() == TextKind::Script;
    let at = is_script.then(|| word_at(document, offset)).flatten()?;
    Some(inside(document, at))
}

fn inside(document: &EditorText, at: Span) -> &str {
    document.source.slice(at)
}

fn bare(token: &ScriptToken) -> Span {
    if token.kind.is_quoted() { token.span.inside() } else { token.span }
}

/// The names that statements declare: the words behind the first, up to the one that says more about it.
fn declarations(document: &EditorText) -> Vec<Span> {
    let mut found = Vec::new();
    for statement in split_statements(&document.source) {
        let text = document.source.slice(statement.span);
        let words: Vec<ScriptToken> = tokens(text).into_iter().take(NAMES).collect();
        let Some((first, names)) = words.split_first() else { continue };
        let first = text.get(first.span.start as usize..first.span.end as usize).unwrap_or_default();
        if DECLARE.contains(&first) {
            let moved =
                |span: Span| Span::new(span.start + statement.span.start, span.end + statement.span.start);
            found.extend(names.iter().map(|token| moved(bare(token))));
        }
    }
    found
}

fn location(address: &str, document: &EditorText, at: Span) -> Value {
    json!({"uri": address, "range": range(document.text(), at)})
}
