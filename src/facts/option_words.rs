//! Words of a line of the AWS command line.

use std::borrow::Cow;

/// A text with values in place of the words that stand for them; what a value holds stays as it is.
pub(super) fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let first = values.iter().filter_map(|(name, value)| Some((text.find(name)?, *name, *value)));
    match first.min_by_key(|(at, ..)| *at) {
        Some((at, name, value)) => {
            format!("{}{value}{}", &text[..at], filled(&text[at + name.len()..], values))
        }
        None => text.to_owned(),
    }
}

/// A value as a shell takes it for one word.
pub(super) fn in_shell(text: &str) -> Cow<'_, str> {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || "-_./:=@+,…".contains(c);
    match !text.is_empty() && text.chars().all(is_bare) {
        true => text.into(),
        false => format!("'{}'", text.replace('\'', "'\\''")).into(),
    }
}
