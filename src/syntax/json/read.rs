//! A text as one tree, or as a list item by item.

use std::sync::Arc;

use super::parser::Parser;
use super::tree::{Cursor, Tree};
use crate::source::{Diagnostic, MAX_TEXT, Parsed, Source, Span};

/// Reads a whole text as one JSON value.
pub fn parse_json(source: &Arc<Source>) -> Parsed<Tree> {
    let whole = source.text();
    parse_json_in(source, Span::new((whole.len() - without_mark(whole).len()) as u32, whole.len() as u32))
}

/// Reads a part of a text as one JSON value (a document in a script, a line of a batch).
pub fn parse_json_in(source: &Arc<Source>, span: Span) -> Parsed<Tree> {
    if source.text().len() > MAX_TEXT {
        let what = format!("the text is longer than {MAX_TEXT} bytes");
        return Parsed { value: None, diagnostics: vec![Diagnostic::error("text-too-long", what)] };
    }
    let whole = &source.text()[..span.end as usize];
    let mut parser = Parser::new(source, whole, span.len() / 12);
    let rest = parser.space(&whole[span.start as usize..]);
    if rest.is_empty() {
        parser.error(rest, rest, "empty-document", "expected JSON, found nothing");
        return Parsed { value: None, diagnostics: parser.found };
    }
    let rest = parser.value(rest, 0);
    parser.nothing_more(rest);
    Parsed {
        value: Some(Tree::new(Arc::clone(source), parser.nodes, parser.has_escapes)),
        diagnostics: parser.found,
    }
}

/// Reads a text that is a list and hands out its items one by one: the tree of an item is gone before the next is
/// read, so that a list of many policies takes the memory of one. False if the text is no list or has an error; what
/// has been handed out then is to be forgotten.
pub fn each_item(source: &Arc<Source>, mut visit: impl FnMut(Cursor<'_>)) -> bool {
    let whole = source.text();
    if whole.len() > MAX_TEXT {
        return false;
    }
    let mut parser = Parser::new(source, whole, 0);
    let Some(list) = parser.space(without_mark(whole)).strip_prefix('[') else { return false };
    let mut rest = parser.space(list);
    while !rest.is_empty() && !rest.starts_with(']') {
        rest = parser.value(rest, 1);
        rest = parser.separator(rest, b']');
        if !parser.found.is_empty() {
            return false;
        }
        let tree = Tree::new(Arc::clone(source), std::mem::take(&mut parser.nodes), parser.has_escapes);
        visit(tree.root());
        parser.nodes = tree.into_nodes();
        parser.nodes.clear();
    }
    let end = rest.strip_prefix(']');
    parser.nothing_more(end.unwrap_or_default());
    end.is_some() && parser.found.is_empty()
}

/// The text behind a byte order mark.
fn without_mark(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}
