//! What can be wrong with a document that is good JSON.
//!
//! Each function is one mistake; its doc shows a text that makes it.

use crate::source::{Diagnostic, Place};
use crate::syntax::json::{Cursor, Kind};

/// A few words for a value of the wrong type: `"Action": 3`.
pub(super) fn wrong_type(expected: &str, found: Cursor<'_>) -> Diagnostic {
    let what = format!("expected {expected}, found {}", describe(found.kind()));
    Diagnostic::error("wrong-type", what).at(found.place(), "")
}

/// `"Efect": "Allow"`
pub(super) fn unknown_element(key: Cursor<'_>, name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("unknown-element", format!("`{name}` is not an element of a policy here"));
    let diagnostic = diagnostic.at(key.place(), "");
    match known.iter().find(|k| k.eq_ignore_ascii_case(name)) {
        Some(canonical) => diagnostic.help(format!("element names are case-sensitive: write `{canonical}`")),
        None => diagnostic.suggest(name, known.iter().copied()),
    }
}

/// Which element a misspelt name was meant to be.
pub(super) fn meant(name: &str, known: &[&str]) -> Option<usize> {
    let near = crate::source::nearest(name, known.iter().copied())?;
    known.iter().position(|k| *k == near)
}

/// `{"Effect": "Allow", "Effect": "Deny"}`
pub(super) fn duplicate_key(first: Cursor<'_>, again: Cursor<'_>, name: &str) -> Diagnostic {
    Diagnostic::error("duplicate-key", format!("`{name}` is given twice"))
        .at(again.place(), "again here")
        .at(first.place(), "first given here")
        .help("only one is allowed: AWS refuses a document with duplicate keys")
}

/// `{"Action": "*", "Resource": "*"}`
pub(super) fn missing_element(owner: Place, name: &str) -> Diagnostic {
    let start = owner.span.start;
    let place = Place::new(&owner.source, crate::source::Span::new(start, start + 1));
    Diagnostic::error("missing-element", format!("the element {name} is missing")).at(place, "in this object")
}

/// `{"Action": "*", "NotAction": "iam:*"}`
pub(super) fn exclusive(first: Cursor<'_>, second: Cursor<'_>, pair: [&str; 2]) -> Diagnostic {
    let what = format!("`{}` and `{}` exclude each other", pair[0], pair[1]);
    Diagnostic::error("exclusive-elements", what).at(second.place(), "").at(first.place(), "the other one")
}

/// An element that this kind of policy may not have: `"Principal"` in an identity-based policy.
pub(super) fn forbidden(key: Cursor<'_>, name: &str, kind: super::PolicyType) -> Diagnostic {
    let what = format!("`{name}` may not stand in {}", kind.with_article());
    Diagnostic::error("forbidden-element", what).at(key.place(), "")
}

/// `"Sid": "→"`
pub(super) fn bad_character(character: char, place: Place) -> Diagnostic {
    let what = format!("IAM does not store the character `{character}`: only those up to U+00FF");
    Diagnostic::error("bad-character", what).at(place, "")
}

fn describe(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Bool => "a boolean",
        Kind::Number => "a number",
        Kind::String | Kind::EscapedString => "a string",
        Kind::Array => "a list",
        Kind::Object => "an object",
        Kind::Bad => "text that is not JSON",
    }
}
