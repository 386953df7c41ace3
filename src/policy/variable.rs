//! Policy variables in a text: `${key}`, `${key, 'default'}`, `${*}` (A48–A49a).

use crate::source::scan::holds;

/// A part of a text that may hold policy variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPart<'a> {
    /// Plain text, wildcards included.
    Plain(&'a str),
    /// `${*}`, `${?}`, `${$}`: the character itself (A49a).
    Literal(&'a str),
    /// `${key}` or `${key, 'default'}`.
    Variable {
        /// The condition key.
        key: &'a str,
        /// What stands for it where the key is absent.
        default: Option<&'a str>,
    },
    /// `${` that begins no variable; it is plain text when it is met (A49d).
    Malformed(&'a str),
}

impl<'a> TextPart<'a> {
    /// The part as it is written.
    pub fn plain(self) -> Option<&'a str> {
        match self {
            Self::Plain(text) | Self::Malformed(text) => Some(text),
            _ => None,
        }
    }
}

/// Cuts a text into plain parts and variables.
///
/// ```
/// use iamwhy::policy::{TextPart, parts};
/// let found: Vec<_> = parts("b/${aws:username, 'x'}/*").collect();
/// assert_eq!(found[1], TextPart::Variable { key: "aws:username", default: Some("x") });
/// ```
pub fn parts(text: &str) -> impl Iterator<Item = TextPart<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (part, after) = next_part(rest)?;
        rest = after;
        Some(part)
    })
}

/// Whether a text holds `${`.
pub(crate) fn holds_variables(text: &str) -> bool {
    // Looking for two characters takes some preparation; most texts do not hold the first.
    holds(text.as_bytes(), [b'$']) && text.contains("${")
}

fn next_part(text: &str) -> Option<(TextPart<'_>, &str)> {
    match text.find("${") {
        None if text.is_empty() => None,
        None => Some((TextPart::Plain(text), "")),
        Some(0) => Some(variable(text)),
        Some(at) => Some((TextPart::Plain(&text[..at]), &text[at..])),
    }
}

fn variable(text: &str) -> (TextPart<'_>, &str) {
    let malformed = (TextPart::Malformed(&text[..2]), &text[2..]);
    let Some(end) = closing_brace(text) else { return malformed };
    let (inside, rest) = (&text[2..end], &text[end + 1..]);
    if matches!(inside, "*" | "?" | "$") {
        return (TextPart::Literal(inside), rest);
    }
    let (key, default) = match inside.split_once(',') {
        Some((key, default)) if default.starts_with(' ') => (key, quoted(default.trim())),
        Some((key, _)) => (key, None),
        None => (inside, Some("")),
    };
    let has_default = inside.contains(',');
    let fits = !key.is_empty() && !key.contains(|c: char| c.is_whitespace() || "${}'\"".contains(c));
    match default {
        Some(default) if fits => (TextPart::Variable { key, default: has_default.then_some(default) }, rest),
        _ => malformed,
    }
}

/// The brace that closes the variable; one inside the quotes of a default does not. Another `{` means that this is
/// none, and looking no further keeps a run of `${` from taking the square of its length.
fn closing_brace(text: &str) -> Option<usize> {
    let mut quoted = false;
    let ends = |byte| {
        quoted ^= byte == b'\'';
        !quoted && matches!(byte, b'{' | b'}')
    };
    let at = 2 + text.bytes().skip(2).position(ends)?;
    (text.as_bytes()[at] == b'}').then_some(at)
}

fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('\'')?.strip_suffix('\'').filter(|inside| !inside.contains('\''))
}
