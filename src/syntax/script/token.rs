//! Tokens: words, quoted words, pairs, JSON, blocks, comments, ends of lines.
//!
//! Every function looks at the first byte and takes a token from the front of a text, as nom's do; positions are
//! computed late, by `nom::Offset`.

use nom::bytes::complete::{take_till, take_while};
use nom::{IResult, Offset, Parser};

use super::fault::{Fault, FaultKind, first, is_odd};
use crate::source::Span;

/// How deep brackets and blocks may be nested.
pub const MAX_DEPTH: usize = 64;

/// The command whose line is read in shell words.
const SHELL_COMMAND: &str = "aws";

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// `alice`, `arn:aws:s3:::b/a#b{1}`, `team=core`: runs to white space.
    Bare,
    /// `"two words"`, with the escapes of JSON.
    Quoted,
    /// `'as it stands'`
    Raw,
    /// `KEY="a b"`, `KEY=[a, b]`, `"a key"=x`: a pair that holds more than a bare word can.
    Pair,
    /// `{"Version": …}`
    Json,
    /// `{ … }` with statements or rows inside.
    Block,
    /// The rest of a line in shell words.
    Shell,
    /// `# …`
    Comment,
    /// The end of a line.
    Newline,
}

impl TokenKind {
    /// Whether this is a single word: bare or quoted.
    pub fn is_word(self) -> bool {
        matches!(self, Self::Bare) || self.is_quoted()
    }

    /// Whether this is a quoted word, which is never a keyword.
    pub fn is_quoted(self) -> bool {
        matches!(self, Self::Quoted | Self::Raw)
    }
}

/// A token and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScriptToken {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands in the text.
    pub span: Span,
}

/// Cuts a text into tokens, for highlighting: what cannot be read is left out, to the end of its line.
pub fn tokens(text: &str) -> Vec<ScriptToken> {
    let mut lexer = Lexer::new(without_mark(text));
    let mut found = Vec::new();
    while let Some(next) = lexer.next_token() {
        match next {
            Ok((kind, part)) => found.push(ScriptToken { kind, span: span_in(text, part) }),
            Err(fault) => lexer.skip_line(fault.at),
        }
    }
    found
}

/// A text without the byte order mark that may stand in front.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The place of a part of a text.
pub(super) fn span_in(text: &str, part: &str) -> Span {
    let start = text.offset(part) as u32;
    Span::new(start, start + part.len() as u32)
}

/// The result of taking something from the front of a text.
pub(super) type Taken<'t, T> = Result<(&'t str, T), Fault<'t>>;

/// A reader of one token after the other.
pub(super) struct Lexer<'t> {
    rest: &'t str,
    depth: usize,
    /// How many words the statement has so far, and whether the first was the shell command.
    words: usize,
    shell: bool,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self::at_depth(text, 0)
    }

    fn at_depth(text: &'t str, depth: usize) -> Self {
        Self { rest: text, depth, words: 0, shell: false }
    }

    /// The text that is still to be read.
    pub(super) fn rest(&self) -> &'t str {
        self.rest
    }

    /// The next token; nothing at the end of the text. A fault leaves the reader where it was.
    pub(super) fn next_token(&mut self) -> Option<Result<(TokenKind, &'t str), Fault<'t>>> {
        match space(self.rest) {
            Ok(rest) => self.rest = rest,
            Err(fault) => return Some(Err(fault)),
        }
        if self.words == 0 {
            self.rest = without_prompt(self.rest);
        }
        let start = self.rest;
        if start.is_empty() {
            return None;
        }
        Some(self.take(start).map(|(rest, kind)| {
            let part = start.get(..start.offset(rest)).unwrap_or_default();
            self.advance(rest, kind, part);
            (kind, part)
        }))
    }

    /// Goes on behind the line in which `at` stands.
    pub(super) fn skip_line(&mut self, at: &'t str) {
        let behind = self.rest.offset(at);
        let rest = self.rest.get(behind..).unwrap_or_default();
        let line = rest.find('\n').unwrap_or(rest.len());
        self.rest = rest.get(line..).unwrap_or_default();
        self.shell = false;
        self.words = 1;
    }

    fn take(&self, input: &'t str) -> Taken<'t, TokenKind> {
        match input.as_bytes().first() {
            Some(b'\n') => Ok((&input[1..], TokenKind::Newline)),
            Some(b'\r') if input.starts_with("\r\n") => Ok((&input[2..], TokenKind::Newline)),
            Some(b'#') => Ok((comment(input), TokenKind::Comment)),
            Some(b'}' | b']') => Err(Fault::at_first(FaultKind::StrayCloser, input)),
            _ if self.shell => super::shape::shell(input).map(|rest| (rest, TokenKind::Shell)),
            _ => word(input, self.depth),
        }
    }

    fn advance(&mut self, rest: &'t str, kind: TokenKind, part: &str) {
        self.rest = rest;
        match kind {
            TokenKind::Newline => (self.words, self.shell) = (0, false),
            TokenKind::Comment => {}
            _ => {
                self.shell = self.words == 0 && kind == TokenKind::Bare && part == SHELL_COMMAND;
                self.words += 1;
            }
        }
    }
}

/// Skips white space: spaces, tabs, and `\` at the end of a line.
fn space(input: &str) -> Result<&str, Fault<'_>> {
    let mut rest = skip(input, |c| matches!(c, ' ' | '\t'));
    while let Some(behind) = rest.strip_prefix('\\') {
        match newline(behind) {
            Some(next_line) => rest = skip(next_line, |c| matches!(c, ' ' | '\t')),
            None if behind.is_empty() => return Err(Fault::ran_out(FaultKind::NothingAfterBackslash, rest)),
            None => break,
        }
    }
    Ok(rest)
}

/// A statement without the `$ ` that documents show before the lines of a shell, however often they do.
fn without_prompt(mut input: &str) -> &str {
    while let Some(behind) = input.strip_prefix('$').filter(|behind| behind.starts_with([' ', '\t'])) {
        match space(behind) {
            Ok(rest) => input = rest,
            Err(_) => break,
        }
    }
    input
}

/// The text behind a newline that stands at the front.
pub(super) fn newline(input: &str) -> Option<&str> {
    input.strip_prefix('\n').or_else(|| input.strip_prefix("\r\n"))
}

fn comment(input: &str) -> &str {
    let taken: IResult<&str, &str, Fault<'_>> = take_till(|c| c == '\n').parse(input);
    let (rest, line) = taken.unwrap_or(("", input));
    if line.ends_with('\r') && !rest.is_empty() { input.get(line.len() - 1..).unwrap_or(rest) } else { rest }
}

fn skip(input: &str, wanted: impl Fn(char) -> bool) -> &str {
    let taken: IResult<&str, &str, Fault<'_>> = take_while(wanted).parse(input);
    taken.map_or("", |(rest, _)| rest)
}

/// One word, and that white space follows it.
fn word(input: &str, depth: usize) -> Taken<'_, TokenKind> {
    match input.as_bytes().first() {
        Some(b'"' | b'\'') => quoted_word(input),
        Some(b'{') => braces(input, depth),
        Some(b'[') => Err(Fault::at_first(FaultKind::StrayList, input)),
        _ => bare_word(input),
    }
}

/// `"…"` or `'…'`, and the rest of a pair if that was its key.
fn quoted_word(input: &str) -> Taken<'_, TokenKind> {
    let (rest, kind) = quoted(input)?;
    if let Some(value) = rest.strip_prefix('=') {
        return pair_value(value).map(|rest| (rest, TokenKind::Pair));
    }
    let span_lines = input.get(..input.offset(rest)).is_some_and(|text| text.contains('\n'));
    match ends_word(rest, kind) {
        // A quote that "closes" at the next quote, lines below, was never meant to reach there.
        Err(_) if span_lines => Err(Fault::at_first(FaultKind::UnclosedQuote, input)),
        ended => ended,
    }
}

/// `"…"` with escapes or `'…'` as it stands; newlines may stand in both.
pub(super) fn quoted(input: &str) -> Taken<'_, TokenKind> {
    let quote = first(input);
    let kind = if quote == "'" { TokenKind::Raw } else { TokenKind::Quoted };
    let mut escaped = false;
    for (at, c) in input.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if kind == TokenKind::Quoted => escaped = true,
            '"' | '\'' if quote.starts_with(c) => return checked(input, at + 1, kind),
            '\t' | '\n' => {}
            '\r' if newline(&input[at..]).is_some() => {}
            c if c.is_control() => return Err(Fault::at_first(FaultKind::OddCharacter, &input[at..])),
            _ => {}
        }
    }
    Err(Fault::ran_out(FaultKind::UnclosedQuote, quote))
}

fn checked(input: &str, end: usize, kind: TokenKind) -> Taken<'_, TokenKind> {
    let (text, rest) = input.split_at(end);
    if kind == TokenKind::Quoted {
        super::shape::unescape(&text[1..end - 1])?;
    }
    Ok((rest, kind))
}

/// A bare word or a pair with a bare key.
fn bare_word(input: &str) -> Taken<'_, TokenKind> {
    let end = input.find(|c| c == '=' || is_odd(c)).unwrap_or(input.len());
    let structured = input[end..].strip_prefix('=').filter(|value| value.starts_with(['"', '\'', '[']));
    match structured {
        // An ARN is never a pair: keys of S3 hold anything.
        Some(value) if !input.starts_with("arn:") => Ok((pair_value(value)?, TokenKind::Pair)),
        _ => Ok((bare(input)?, TokenKind::Bare)),
    }
}

/// A bare word to its end: white space, or a `\` that ends the line.
fn bare(input: &str) -> Result<&str, Fault<'_>> {
    let mut end = input.find(is_odd).unwrap_or(input.len());
    let (text, rest) = input.split_at(end);
    if text.ends_with('\\') {
        end -= 1;
        match rest {
            "" => return Err(Fault::ran_out(FaultKind::NothingAfterBackslash, &input[end..])),
            _ if newline(rest).is_none() || text[..end].ends_with('\\') => {
                return Err(Fault::new(FaultKind::StrayBackslash, &text[end..]));
            }
            _ => {}
        }
    } else if !is_boundary(rest) {
        return Err(Fault::at_first(FaultKind::OddCharacter, rest));
    }
    Ok(&input[end..])
}

/// What stands behind `KEY=`.
fn pair_value(input: &str) -> Result<&str, Fault<'_>> {
    match input.as_bytes().first() {
        Some(b'"' | b'\'') => {
            let (rest, kind) = quoted(input)?;
            ends_word(rest, kind).map(|(rest, _)| rest)
        }
        Some(b'[') => super::shape::list(input).and_then(|rest| Ok(ends_word(rest, TokenKind::Pair)?.0)),
        _ => bare(input),
    }
}

/// JSON if `"` or `}` follows, otherwise a block (rule 1).
fn braces(input: &str, depth: usize) -> Taken<'_, TokenKind> {
    let inside = skip(&input[1..], |c| matches!(c, ' ' | '\t' | '\n' | '\r'));
    let (rest, kind) = match inside.as_bytes().first() {
        None => return Err(Fault::ran_out(FaultKind::UnclosedBracket, first(input))),
        Some(b'"' | b'}') => (super::shape::json(input)?, TokenKind::Json),
        Some(_) if misquoted(inside).is_some() => {
            return Err(Fault::new(FaultKind::Misquoted, misquoted(inside).unwrap_or(inside)));
        }
        Some(_) => (block(input, depth + 1)?, TokenKind::Block),
    };
    ends_word(rest, kind)
}

/// A name of JSON in single quotes; no statement of a block begins so, for a quote ends its word.
fn misquoted(inside: &str) -> Option<&str> {
    let end = inside.strip_prefix('\'')?.find(['\'', '\n'])? + 2;
    let (name, behind) = inside.split_at_checked(end)?;
    behind.starts_with(':').then_some(name)
}

/// A block to its `}`. What is wrong with a statement inside is said when that statement is read.
fn block(input: &str, depth: usize) -> Result<&str, Fault<'_>> {
    if depth > MAX_DEPTH {
        return Err(Fault::at_first(FaultKind::TooDeep, input));
    }
    let mut lexer = Lexer::at_depth(&input[1..], depth);
    loop {
        match lexer.next_token() {
            Some(Ok(_)) => {}
            Some(Err(fault)) if fault.ran_out || fault.kind == FaultKind::TooDeep => return Err(fault),
            Some(Err(fault)) if fault.kind == FaultKind::StrayCloser && fault.at == "}" => {
                return Ok(&lexer.rest[1..]);
            }
            Some(Err(fault)) => lexer.skip_line(fault.at),
            None => return Err(Fault::ran_out(FaultKind::UnclosedBlock, first(input))),
        }
    }
}

fn ends_word(rest: &str, kind: TokenKind) -> Taken<'_, TokenKind> {
    if is_boundary(rest) { Ok((rest, kind)) } else { Err(Fault::at_first(FaultKind::MissingSpace, rest)) }
}

/// Whether a word ends here.
pub(super) fn is_boundary(rest: &str) -> bool {
    let continued = || rest.strip_prefix('\\').is_some_and(|next| next.is_empty() || newline(next).is_some());
    rest.is_empty() || rest.starts_with([' ', '\t', '\n']) || rest.starts_with("\r\n") || continued()
}
