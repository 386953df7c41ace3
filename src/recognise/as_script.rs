//! Scripts of iamwhy, by their names or how they begin.

use crate::source::Source;

/// Whether a text is a script.
pub fn is_script(file: &Source) -> bool {
    is_script_text(file.name(), file.text())
}

/// Whether a text of that name is a script.
pub(super) fn is_script_text(name: &str, text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let mut words = lines.find(|line| !is_comment(line)).unwrap_or_default().split_whitespace();
    let begins = words.next() == Some("account")
        && words.next().is_some_and(|id| id.len() == 12 && id.bytes().all(|digit| digit.is_ascii_digit()));
    begins || name.ends_with(".iam")
}

/// Whether a line says nothing, in any of the languages that people have.
pub(super) fn is_comment(line: &str) -> bool {
    line.is_empty() || line.starts_with('#') || line.starts_with("//")
}
