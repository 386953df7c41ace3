//! Members of JSON by their path.

use crate::source::Source;
use crate::syntax::json::{Cursor, Kind, Tree, parse_json};

/// The tree of a text that is JSON without a flaw.
pub(super) fn tree_of(text: &str) -> Option<Tree> {
    let parsed = parse_json(&Source::new("<pasted>", text));
    parsed.value.filter(|_| parsed.diagnostics.is_empty())
}

/// The member at a path of names.
pub(super) fn at<'t>(value: Cursor<'t>, path: &[&str]) -> Option<Cursor<'t>> {
    path.iter().try_fold(value, |value, name| value.member(name))
}

/// The text at a path: that of a string that is not empty, or a number or `true` as it is written.
pub(super) fn text_at(value: Cursor<'_>, path: &[&str]) -> Option<String> {
    text_of(at(value, path)?)
}

/// The text of a string that is not empty, or of a number or `true`.
pub(super) fn text_of(value: Cursor<'_>) -> Option<String> {
    let text = match value.kind() {
        Kind::Number | Kind::Bool => value.raw().to_owned(),
        _ => value.string()?.into_owned(),
    };
    (!text.is_empty()).then_some(text)
}

/// The texts of a list, or of the one value in its place.
pub(super) fn texts_of(value: Cursor<'_>) -> Vec<String> {
    match value.kind() {
        Kind::Array => value.items().filter_map(text_of).collect(),
        _ => text_of(value).into_iter().collect(),
    }
}
