//! The functions of CloudFormation, found by their names.

use crate::syntax::json::{Cursor, Kind};

/// The name and the argument of a function, if a value is one.
pub(super) fn function(value: Cursor<'_>) -> Option<(String, Cursor<'_>)> {
    let mut members = value.members();
    let (Some((key, argument)), None) = (members.next(), members.next()) else { return None };
    let name = key.string()?.into_owned();
    is_function(&name).then_some((name, argument))
}

pub(super) fn is_function(name: &str) -> bool {
    name == "Ref" || name.starts_with("Fn::")
}

/// Whether a function stands in a value, and the first one.
pub(in super::super) fn function_in(value: Cursor<'_>) -> Option<Cursor<'_>> {
    if value.kind() != Kind::Object {
        return value.items().find_map(function_in);
    }
    value.members().find_map(|(key, member)| {
        if key.string().is_some_and(|name| is_function(&name)) { Some(key) } else { function_in(member) }
    })
}

/// Whether an object has a function among other members, which no template may have.
pub(super) fn is_mixed(value: Cursor<'_>) -> bool {
    value.members().nth(1).is_some()
        && value.members().any(|(key, _)| key.string().is_some_and(|name| is_function(&name)))
}
