//! What stands inside tokens: escapes, lists, brackets of JSON, shell words; and the shapes of bare words.

use std::borrow::Cow;

use super::fault::{Fault, FaultKind, first, is_odd};
use super::token::{MAX_DEPTH, newline, quoted};

/// Skips `[…]` behind `KEY=`: items with commas between them, newlines allowed.
pub(super) fn list(input: &str) -> Result<&str, Fault<'_>> {
    let opening = first(input);
    let mut rest = blank(&input[1..]);
    if let Some(behind) = rest.strip_prefix(']') {
        return Ok(behind);
    }
    loop {
        rest = blank(item(rest, opening)?);
        match rest.as_bytes().first() {
            Some(b']') => return Ok(&rest[1..]),
            Some(b',') => rest = blank(&rest[1..]),
            None => return Err(Fault::ran_out(FaultKind::UnclosedBracket, opening)),
            Some(_) => return Err(Fault::at_first(FaultKind::BadList, rest)),
        }
    }
}

/// Takes one item of a list off the front.
pub(super) fn item<'t>(input: &'t str, opening: &'t str) -> Result<&'t str, Fault<'t>> {
    match input.as_bytes().first() {
        None => Err(Fault::ran_out(FaultKind::UnclosedBracket, opening)),
        Some(b'"' | b'\'') => quoted(input).map(|(rest, _)| rest),
        Some(b'[' | b'{' | b',' | b']') => Err(Fault::at_first(FaultKind::BadList, input)),
        Some(_) => match input.find(|c| matches!(c, ',' | ']') || is_odd(c)).unwrap_or(input.len()) {
            0 => Err(Fault::at_first(FaultKind::OddCharacter, input)),
            end => Ok(&input[end..]),
        },
    }
}

/// Skips spaces, tabs and newlines.
pub(super) fn blank(input: &str) -> &str {
    let mut rest = input.trim_start_matches([' ', '\t', '\n']);
    while let Some(next) = rest.strip_prefix("\r\n") {
        rest = next.trim_start_matches([' ', '\t', '\n']);
    }
    rest
}

/// Skips JSON: only its brackets and strings are looked at.
pub(super) fn json(input: &str) -> Result<&str, Fault<'_>> {
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(found) = input[at..].find(['"', '{', '}', '[', ']']) {
        at += found;
        match input.as_bytes().get(at) {
            Some(b'"') => at += json_string(&input[at..])? - 1,
            Some(b'{' | b'[') if open.len() == MAX_DEPTH => {
                return Err(Fault::at_first(FaultKind::TooDeep, &input[at..]));
            }
            Some(b'{' | b'[') => open.push(at),
            Some(closer) => {
                let wanted = open.pop().and_then(|opener| input.as_bytes().get(opener));
                // In ASCII each closer comes two after its opener.
                if wanted.is_none_or(|opener| opener + 2 != *closer) {
                    return Err(Fault::at_first(FaultKind::WrongCloser, &input[at..]));
                }
            }
            None => {}
        }
        at += 1;
        if open.is_empty() {
            return Ok(&input[at..]);
        }
    }
    let opener = open.last().copied().unwrap_or_default();
    Err(Fault::ran_out(FaultKind::UnclosedBracket, first(&input[opener..])))
}

/// The length of a string of JSON with its quotes; it ends on its line.
fn json_string(input: &str) -> Result<usize, Fault<'_>> {
    let mut escaped = false;
    for (at, byte) in input.bytes().enumerate().skip(1) {
        match byte {
            b'\n' => return Err(Fault::at_first(FaultKind::UnclosedString, input)),
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Ok(at + 1),
            _ => {}
        }
    }
    Err(Fault::ran_out(FaultKind::UnclosedQuote, first(input)))
}

/// Skips shell words to the end of the line, a comment or a `}` that starts a word.
pub(super) fn shell(input: &str) -> Result<&str, Fault<'_>> {
    let mut rest = input;
    loop {
        let behind = shell_word(rest)?;
        let next = behind.trim_start_matches([' ', '\t']);
        let next = continued(next);
        if next.is_empty() || next.starts_with(['\n', '#', '}', ']']) || next.starts_with("\r\n") {
            return Ok(behind);
        }
        rest = next;
    }
}

fn continued(mut rest: &str) -> &str {
    while let Some(next) = rest.strip_prefix('\\').and_then(newline) {
        rest = next.trim_start_matches([' ', '\t']);
    }
    // A `\` that the text ends with is left to whoever reads white space next.
    if rest == "\\" { "" } else { rest }
}

fn shell_word(input: &str) -> Result<&str, Fault<'_>> {
    let mut rest = input;
    loop {
        rest = match rest.as_bytes().first() {
            Some(b'\'') => shell_quote(rest, false)?,
            Some(b'"') => shell_quote(rest, true)?,
            Some(b'\\') => match escaped_character(rest)? {
                Some(behind) => behind,
                None => return Ok(rest),
            },
            None | Some(b' ' | b'\t' | b'\n') => return Ok(rest),
            Some(b'\r') if newline(rest).is_some() => return Ok(rest),
            Some(_) if rest.starts_with(is_odd) => {
                return Err(Fault::at_first(FaultKind::OddCharacter, rest));
            }
            Some(_) => &rest[first(rest).len()..],
        };
    }
}

/// What follows `\x`; nothing if the `\` ends the line or the text.
fn escaped_character(input: &str) -> Result<Option<&str>, Fault<'_>> {
    let behind = &input[1..];
    match behind.chars().next() {
        None => Ok(None),
        Some('\n') => Ok(None),
        Some('\r') if newline(behind).is_some() => Ok(None),
        Some(c) if is_odd(c) && !matches!(c, ' ' | '\t') => {
            Err(Fault::at_first(FaultKind::OddCharacter, behind))
        }
        Some(c) => Ok(Some(&behind[c.len_utf8()..])),
    }
}

fn shell_quote(input: &str, escapes: bool) -> Result<&str, Fault<'_>> {
    let quote = input.as_bytes().first();
    let mut escaped = false;
    for (at, byte) in input.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if escapes => escaped = true,
            byte if quote == Some(&byte) => return Ok(&input[at + 1..]),
            _ => {}
        }
    }
    Err(Fault::ran_out(FaultKind::UnclosedQuote, first(input)))
}

/// The text of a `"…"` without its quotes: the escapes of JSON undone.
pub(super) fn unescape(inside: &str) -> Result<Cow<'_, str>, Fault<'_>> {
    if !inside.contains('\\') {
        return Ok(Cow::Borrowed(inside));
    }
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let (c, length) = escape(&rest[at..])?;
        text.push(c);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
    Ok(Cow::Owned(text))
}

/// The character that an escape means, and the length of the escape.
fn escape(input: &str) -> Result<(char, usize), Fault<'_>> {
    let length = 1 + input.chars().nth(1).map_or(0, char::len_utf8);
    let plain = match input.as_bytes().get(1) {
        Some(c @ (b'"' | b'\\' | b'/')) => char::from(*c),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(input).ok_or(Fault::new(FaultKind::BadEscape, &input[..length])),
        _ => return Err(Fault::new(FaultKind::BadEscape, &input[..length])),
    };
    Ok((plain, 2))
}

/// `\uXXXX`, or two of them for a character beyond the first plane.
fn unicode(input: &str) -> Option<(char, usize)> {
    let first = hex4(input.get(2..6)?)?;
    if let Some(c) = char::from_u32(first) {
        return Some((c, 6));
    }
    let second = hex4(input.get(6..12)?.strip_prefix("\\u")?)?;
    let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    let high = first.checked_sub(0xd800).filter(|high| *high < 0x400)?;
    Some((char::from_u32(0x10000 + (high << 10) + low)?, 12))
}

fn hex4(digits: &str) -> Option<u32> {
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

/// Whether a bare word is an ARN.
pub(super) fn is_arn(word: &str) -> bool {
    word.strip_prefix("arn:").is_some_and(|rest| !rest.is_empty())
}

/// Whether a bare word has the shape of an action: exactly one colon, and no ARN (rule 2).
pub(super) fn is_action(word: &str) -> bool {
    let Some((service, name)) = word.split_once(':') else { return false };
    let in_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'*' | b'?');
    !service.is_empty()
        && service != "arn"
        && service.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !name.is_empty()
        && name.bytes().all(in_name)
}

/// Whether a bare word can name a principal: `[account/][user|role|federated/]name[:session]` or an ARN.
pub(super) fn is_principal(word: &str) -> bool {
    let Some((before, local)) = word.rsplit_once('/').filter(|_| !is_arn(word)) else {
        return is_arn(word) || is_local(word);
    };
    let named = match before.split_once('/') {
        Some((account, kind)) => is_account(account) && matches!(kind, "user" | "role" | "federated"),
        None => is_account(before),
    };
    named && is_local(local)
}

fn is_account(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// `name` or `role:session`, in the letters of names (E20).
fn is_local(word: &str) -> bool {
    let (name, session) = word.split_once(':').unwrap_or((word, "-"));
    is_name(name) && is_name(session)
}

fn is_name(word: &str) -> bool {
    let letter = |b: u8| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b);
    !word.is_empty() && word.bytes().all(letter)
}

/// Whether a bare word has the shape of a date or time.
pub(super) fn is_date(word: &str) -> bool {
    let letter = |b: u8| b.is_ascii_digit() || matches!(b, b'T' | b'Z' | b':' | b'.' | b'+' | b'-');
    word.starts_with(|c: char| c.is_ascii_digit()) && word.bytes().all(letter)
}
