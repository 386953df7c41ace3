//! An object of requests: what they share, and a row for each.

use std::borrow::Cow;

use crate::question::wire::{read_context, read_principal};
use crate::source::Diagnostic;
use crate::syntax::json::{Cursor, Kind};
use crate::world::ContextEntry;

/// The fields of the object. The account is that of the principal, and what is expected is for whoever compares.
const SHARED: [&str; 5] = ["principal", "context", "requests", "account", "expected"];

const OWN: [&str; 5] = ["name", "action", "resource", "principal", "context"];

/// A row, with what it shares with others.
pub(super) struct RequestRow<'t> {
    pub(super) name: String,
    pub(super) principal: Option<Cow<'t, str>>,
    pub(super) action: String,
    pub(super) resource: Option<String>,
    pub(super) context: Vec<ContextEntry<'t>>,
    pub(super) value: Cursor<'t>,
}

/// The rows of an object of requests, each good or with what is wrong with it.
pub(super) fn read_rows<'t>(
    all: Cursor<'t>,
    warnings: &mut Vec<Diagnostic>,
) -> Result<Vec<Result<RequestRow<'t>, Diagnostic>>, Diagnostic> {
    check_fields(all, &SHARED, warnings)?;
    match all.member("requests") {
        Some(rows) if rows.kind() == Kind::Array => {
            Ok(rows.items().map(|row| read_row(all, row, warnings)).collect())
        }
        rows => Err(expected("a list of requests", rows.unwrap_or(all))),
    }
}

fn read_row<'t>(
    all: Cursor<'t>,
    row: Cursor<'t>,
    warnings: &mut Vec<Diagnostic>,
) -> Result<RequestRow<'t>, Diagnostic> {
    if row.kind() != Kind::Object {
        return Err(expected("a request, which is a JSON object", row));
    }
    check_fields(row, &OWN, warnings)?;
    let member = |name| row.member(name).filter(|value| value.kind() != Kind::Null);
    let text = |name| member(name).map(text).transpose();
    let shared = |name| member(name).or_else(|| all.member(name));
    let missing = || Diagnostic::error("missing-field", "a request needs an `action`").at(row.place(), "");
    let action = text("action")?.ok_or_else(missing)?;
    let resource = text("resource")?;
    let name = match (text("name")?, &resource) {
        (Some(name), _) => name,
        (None, Some(resource)) => format!("{action} {resource}"),
        (None, None) => action.clone(),
    };
    Ok(RequestRow {
        name,
        principal: shared("principal").map(read_principal).transpose()?,
        action,
        resource,
        context: shared("context").map_or(Ok(Vec::new()), read_context)?,
        value: row,
    })
}

/// A field that is nearly one that is known is misspelt; others are the user's own.
fn check_fields(
    object: Cursor<'_>,
    known: &[&str],
    warnings: &mut Vec<Diagnostic>,
) -> Result<(), Diagnostic> {
    for (key, _) in object.members() {
        let name = key.string().unwrap_or_default();
        if known.contains(&&*name) {
            continue;
        }
        let wrong = Diagnostic::error("unknown-field", format!("`{name}` is not a field of requests"));
        let wrong = wrong.at(key.place(), "").suggest(&name, known.iter().copied());
        if wrong.help.is_some() {
            return Err(wrong);
        }
        warnings
            .push(Diagnostic::warning("unknown-field", format!("`{name}` is not read")).at(key.place(), ""));
    }
    Ok(())
}

fn text(value: Cursor<'_>) -> Result<String, Diagnostic> {
    value.string().map(Cow::into_owned).ok_or_else(|| expected("a string", value))
}

fn expected(what: &str, value: Cursor<'_>) -> Diagnostic {
    Diagnostic::error("wrong-type", format!("expected {what}")).at(value.place(), "")
}
