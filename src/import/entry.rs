//! Reading the fields of a dump's entries.

use crate::source::Diagnostic;
use crate::syntax::json::{Cursor, Kind};
use crate::world::Tags;

pub(super) fn text(entry: Cursor<'_>, field: &str) -> Option<Box<str>> {
    entry.member(field)?.string().map(|text| text.into_owned().into())
}

/// The items of that field's list; none where it is absent.
pub(super) fn list<'t>(entry: Cursor<'t>, field: &str) -> impl Iterator<Item = Cursor<'t>> + use<'t> {
    entry.member(field).into_iter().flat_map(Cursor::items)
}

/// Whether that field is `true`.
pub(super) fn is_true(entry: Cursor<'_>, field: &str) -> bool {
    entry.member(field).is_some_and(|value| value.kind() == Kind::Bool && value.raw() == "true")
}

/// The path; `/` where it is absent.
pub(super) fn path(entry: Cursor<'_>) -> Box<str> {
    text(entry, "Path").unwrap_or_else(|| "/".into())
}

pub(super) fn tags(entry: Cursor<'_>) -> Tags {
    list(entry, "Tags").filter_map(|tag| Some((text(tag, "Key")?, text(tag, "Value")?))).collect()
}

pub(super) fn finding(code: &'static str, at: Cursor<'_>, what: String) -> Diagnostic {
    Diagnostic::warning(code, what).at(at.place(), "")
}
