//! The parts of a statement as they are written: each reads back as what it says.
//!
//! A word stands bare where people, too, see one word at once; everything else is quoted.

use std::borrow::Cow;

use super::fault::is_odd;
use super::usage::Usage;
use crate::source::{is_hidden, push_escape};

/// A value of a pair that says that the key is absent.
pub const NULL: &str = "null";

const ARN: &str = "arn:";

/// A word, where no keyword could stand.
pub fn word(text: &str) -> Cow<'_, str> {
    if is_plain(text) || is_bare_arn(text) { text.into() } else { quoted(text).into() }
}

/// A word that is none of the keywords of a table: one that says the same as a keyword is quoted.
pub fn name<'t>(text: &'t str, table: &[Usage]) -> Cow<'t, str> {
    if table.iter().any(|usage| usage.has_keyword(text)) { quoted(text).into() } else { word(text) }
}

/// A text in quotes.
pub fn quoted(text: &str) -> String {
    let mut written = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            c if is_hidden(c) => push_escape(&mut written, c),
            c => written.push(c),
        }
    }
    written + "\""
}

/// An ARN; what is none is quoted, and then stands for one.
pub fn arn(text: &str) -> Cow<'_, str> {
    if is_bare_arn(text) { text.into() } else { quoted(text).into() }
}

/// `KEY=VALUE`; the value is a [`value`], a [`list`] or [`NULL`].
pub fn pair(key: &str, value: &str) -> String {
    match is_plain(key) && !key.starts_with(ARN) {
        true => format!("{key}={value}"),
        false => format!("{}={value}", quoted(key)),
    }
}

/// A text as the value of a pair, or one of a list.
pub fn value(text: &str) -> Cow<'_, str> {
    if is_plain(text) && text != NULL { text.into() } else { quoted(text).into() }
}

/// Several texts as the value of a pair.
pub fn list<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let items: Vec<_> = texts.into_iter().map(value).collect();
    format!("[{}]", items.join(", "))
}

fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_.@/-+:*#".contains(c);
    !text.is_empty() && !text.starts_with('#') && text.chars().all(plain)
}

/// An ARN holds nearly anything without quotes.
fn is_bare_arn(text: &str) -> bool {
    let odd = |c: char| is_odd(c) || c == '\\' || !c.is_ascii();
    text.starts_with(ARN) && !text.contains(odd)
}
