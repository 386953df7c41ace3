//! A scalar of YAML as JSON.

use crate::source::{MadeText, Span};
use crate::syntax::json::quote;

/// The words of YAML's core schema that are no texts, and what they are in JSON.
const WORDS: [(&str, &str); 11] = [
    ("", "null"),
    ("~", "null"),
    ("null", "null"),
    ("Null", "null"),
    ("NULL", "null"),
    ("true", "true"),
    ("True", "true"),
    ("TRUE", "true"),
    ("false", "false"),
    ("False", "false"),
    ("FALSE", "false"),
];

/// Adds a scalar; `written` is how it stands in the YAML.
pub(super) fn add_scalar(made: &mut MadeText, text: &str, is_plain: bool, (written, span): (&str, Span)) {
    let word = WORDS.iter().find(|(word, _)| is_plain && *word == text);
    match word {
        Some((_, json)) => made.add(json, span),
        None if is_plain && is_number(text) => made.add(text, span),
        None => add_text(made, text, (written, span)),
    }
}

/// Adds a text, so that each character of it stands for the one in the YAML where that is written as it is.
pub(super) fn add_text(made: &mut MadeText, text: &str, (written, span): (&str, Span)) {
    let quoted = quote(text);
    let at = written.find(text).filter(|_| quoted.len() == text.len() + 2 && !text.is_empty());
    let Some(at) = at else { return made.add(&quoted, span) };
    let start = span.start + at as u32;
    let end = start + text.len() as u32;
    // The quotes of the JSON stand for those of the YAML, where there are some.
    made.add("\"", Span::new(span.start.max(start.saturating_sub(1)), start));
    made.add(text, Span::new(start, end));
    made.add("\"", Span::new(end, span.end.min(end + u32::from(at > 0))));
}

/// Whether a text is a number of JSON: no zero in front, so that account ids stay as they are.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_whole && (digits.len() == 1 || !digits.starts_with('0'))
}
