//! The tokens of JSON as nom parsers; each looks at the first bytes and takes the longest it can.

use nom::IResult;
use nom::error::{Error, ErrorKind};

use crate::source::scan;

/// What is wrong inside a string that has been read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StringFault {
    /// A character below U+0020.
    Control,
    /// A `\` with something after it that JSON does not know.
    Escape,
    /// Half of a surrogate pair.
    Surrogate,
    /// No closing quote on the line.
    Unclosed,
}

/// A string token: whether it holds escapes, and what is wrong with it, where (an offset into the token).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct StringToken {
    pub(super) escaped: bool,
    pub(super) fault: Option<(StringFault, usize)>,
}

/// White space of JSON.
pub(super) fn space(input: &str) -> &str {
    let bytes = input.as_bytes();
    let mut at = 0;
    loop {
        match bytes.get(at) {
            // The indentation of a line, compared as one number.
            Some(b' ') if bytes[at..].first_chunk() == Some(b"        ") => at += 8,
            Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
            _ => return &input[at..],
        }
    }
}

/// What follows an ordinary string, one without escapes and faults; `None` if it is another.
#[inline]
pub(super) fn plain_string(input: &str) -> Option<&str> {
    let inside = input.get(1..)?;
    inside.get(scan::plain_run(inside.as_bytes())..)?.strip_prefix('"')
}

/// A string with its quotes. Never fails on a text that starts with `"`: faults are part of the token.
pub(super) fn string(input: &str) -> IResult<&str, StringToken> {
    let bytes = input.as_bytes();
    let mut token = StringToken::default();
    let mut at = 1;
    loop {
        at += scan::plain_run(&bytes[at..]);
        match bytes.get(at) {
            Some(b'"') => return Ok((&input[at + 1..], token)),
            Some(b'\\') => at += escape(&input[at..], at, &mut token),
            None | Some(b'\n') => return Ok(unclosed(input, at, token)),
            Some(_) => {
                token.fault.get_or_insert((StringFault::Control, at));
                at += 1;
            }
        }
    }
}

fn unclosed(input: &str, end: usize, mut token: StringToken) -> (&str, StringToken) {
    token.fault = Some((StringFault::Unclosed, 0));
    (&input[end..], token)
}

/// Checks the escape at the start of `rest` and returns its length.
fn escape(rest: &str, at: usize, token: &mut StringToken) -> usize {
    token.escaped = true;
    let (length, fault) = match rest.as_bytes().get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => (2, None),
        Some(b'u') => unicode(rest),
        _ => (1, Some(StringFault::Escape)),
    };
    if let Some(fault) = fault {
        token.fault.get_or_insert((fault, at));
    }
    length
}

fn unicode(rest: &str) -> (usize, Option<StringFault>) {
    let hex = super::unescape::hex4;
    match hex(rest) {
        None => (2, Some(StringFault::Escape)),
        Some(0xD800..=0xDBFF) => match rest.get(6..).filter(|r| r.starts_with("\\u")).and_then(hex) {
            Some(0xDC00..=0xDFFF) => (12, None),
            _ => (6, Some(StringFault::Surrogate)),
        },
        Some(0xDC00..=0xDFFF) => (6, Some(StringFault::Surrogate)),
        Some(_) => (6, None),
    }
}

/// A number as JSON writes it.
pub(super) fn number(input: &str) -> IResult<&str, ()> {
    let bytes = input.as_bytes();
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let mut at = sign + digits(&bytes[sign..]);
    let leading_zero = bytes.get(sign) == Some(&b'0') && at > sign + 1;
    if at == sign || leading_zero {
        return Err(nom::Err::Error(Error::new(input, ErrorKind::Digit)));
    }
    if bytes.get(at) == Some(&b'.') {
        at = more_digits(input, at + 1)?;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        at = more_digits(input, at + 1 + sign)?;
    }
    match bytes.get(at) {
        Some(b) if b.is_ascii_alphanumeric() || *b == b'.' => {
            Err(nom::Err::Error(Error::new(input, ErrorKind::Digit)))
        }
        _ => Ok((&input[at..], ())),
    }
}

fn more_digits(input: &str, at: usize) -> Result<usize, nom::Err<Error<&str>>> {
    match digits(input.as_bytes().get(at..).unwrap_or_default()) {
        0 => Err(nom::Err::Error(Error::new(input, ErrorKind::Digit))),
        count => Ok(at + count),
    }
}

fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// A run of characters that mean nothing in JSON: what somebody wrote where a value should stand.
pub(super) fn word(input: &str) -> IResult<&str, &str> {
    let end = input.find(|c: char| c.is_whitespace() || ",:[]{}\"/".contains(c)).unwrap_or(input.len());
    let first = input.chars().next().map_or(0, char::len_utf8);
    let end = end.max(first);
    Ok((&input[end..], &input[..end]))
}

/// A comment of JavaScript; JSON has none.
pub(super) fn comment(input: &str) -> IResult<&str, &str> {
    let end = if input.starts_with("//") {
        input.find('\n').unwrap_or(input.len())
    } else if input.starts_with("/*") {
        input.find("*/").map_or(input.len(), |at| at + 2)
    } else {
        return Err(nom::Err::Error(Error::new(input, ErrorKind::Tag)));
    };
    Ok((&input[end..], &input[..end]))
}
