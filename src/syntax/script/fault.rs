//! What can be wrong with a text before any command is known.

use std::sync::Arc;

use nom::error::{ErrorKind, ParseError};

use crate::source::{Diagnostic, Place, Source, Span, is_hidden};

/// A fault of the text; each variant is documented by a line that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// `user 'alice`
    UnclosedQuote,
    /// `policy P {"Action: "s3:*"}`: a string of JSON ends on its line
    UnclosedString,
    /// `policy P {"Statement": [`
    UnclosedBracket,
    /// `what-if {` and no `}`
    UnclosedBlock,
    /// `policy P {'Action': 's3:*'}`
    Misquoted,
    /// `policy P {"Action": ["s3:*"}`
    WrongCloser,
    /// `user alice }`
    StrayCloser,
    /// `user [alice]`
    StrayList,
    /// `policy P {"a":{"a":{"a":…`, more than 64 deep
    TooDeep,
    /// `user "alice"path /dev/`
    MissingSpace,
    /// `user al\u{0}ice`
    OddCharacter,
    /// `user "al\qice"`
    BadEscape,
    /// `user a\ b`
    StrayBackslash,
    /// `user alice \` and nothing more
    NothingAfterBackslash,
    /// `tag user alice team=[a b]`
    BadList,
}

/// A fault, the text that is to blame, and whether more text could mend it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault<'t> {
    pub(super) kind: FaultKind,
    pub(super) at: &'t str,
    /// Only "ran out of input" is unfinished; a wrong closer is complete.
    pub(super) ran_out: bool,
}

impl<'t> Fault<'t> {
    pub(super) fn new(kind: FaultKind, at: &'t str) -> Self {
        Self { kind, at, ran_out: false }
    }

    pub(super) fn ran_out(kind: FaultKind, at: &'t str) -> Self {
        Self { kind, at, ran_out: true }
    }

    /// At the first character of a text.
    pub(super) fn at_first(kind: FaultKind, input: &'t str) -> Self {
        Self::new(kind, first(input))
    }

    /// What there is to say about it.
    pub(super) fn diagnostic(&self, source: &Arc<Source>, span: Span) -> Diagnostic {
        let diagnostic = Diagnostic::error(self.kind.code(), self.message()).at(Place::new(source, span), "");
        match self.kind.help() {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }

    fn message(&self) -> String {
        let at = self.at;
        match self.kind {
            FaultKind::UnclosedQuote => format!("this {at} is never closed"),
            FaultKind::UnclosedString => "this string is not closed on its line".into(),
            FaultKind::UnclosedBracket => format!("this `{at}` is never closed"),
            FaultKind::UnclosedBlock => "this `{` is never closed".into(),
            FaultKind::Misquoted => format!("a name in JSON stands in double quotes, and this is {at}"),
            FaultKind::WrongCloser => format!("`{at}` closes what another bracket opened"),
            FaultKind::StrayCloser => format!("`{at}` closes nothing"),
            FaultKind::StrayList => "a list stands only after `KEY=`".into(),
            FaultKind::TooDeep => "brackets are nested deeper than 64".into(),
            FaultKind::MissingSpace => format!("expected white space before {}", printable(at)),
            FaultKind::OddCharacter => format!("unexpected character {}", printable(at)),
            FaultKind::BadEscape => format!("`{}` is no escape", at.replace(char::is_control, "…")),
            FaultKind::StrayBackslash => "a word cannot end with `\\`".into(),
            FaultKind::NothingAfterBackslash => "nothing follows the `\\`".into(),
            FaultKind::BadList => "expected items with commas between them".into(),
        }
    }
}

impl FaultKind {
    /// A stable name for programs.
    fn code(self) -> &'static str {
        match self {
            Self::UnclosedQuote => "unclosed-quote",
            Self::UnclosedString => "unclosed-string",
            Self::UnclosedBracket => "unclosed-bracket",
            Self::UnclosedBlock => "unclosed-block",
            Self::Misquoted => "misquoted-name",
            Self::WrongCloser => "wrong-closer",
            Self::StrayCloser => "stray-closer",
            Self::StrayList => "stray-list",
            Self::TooDeep => "too-deep",
            Self::MissingSpace => "missing-space",
            Self::OddCharacter => "odd-character",
            Self::BadEscape => "bad-escape",
            Self::StrayBackslash => "stray-backslash",
            Self::NothingAfterBackslash => "nothing-after-backslash",
            Self::BadList => "bad-list",
        }
    }

    /// How it is written right, where the message does not tell.
    fn help(self) -> Option<&'static str> {
        Some(match self {
            Self::UnclosedBlock => "a block ends with a `}` that starts a word",
            Self::Misquoted => "as in `{ \"Version\": \"2012-10-17\" }`",
            Self::WrongCloser => "close the inner bracket first",
            Self::StrayCloser => "a word that starts with a bracket is quoted",
            Self::StrayList => "separate names by spaces, without brackets",
            Self::OddCharacter => "in a quoted word it may stand as a `\\u` escape",
            Self::BadEscape => "escapes are those of JSON; in '…' a `\\` is an ordinary character",
            Self::StrayBackslash => {
                "to go on in the next line, let the `\\` be the last character; quote a word that has spaces"
            }
            Self::BadList => "a list is `[a, b]`; quote an item that has spaces, commas or brackets",
            _ => return None,
        })
    }
}

impl<'t> ParseError<&'t str> for Fault<'t> {
    fn from_error_kind(input: &'t str, _: ErrorKind) -> Self {
        Self::at_first(FaultKind::OddCharacter, input)
    }

    fn append(_: &'t str, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// The first character of a text, as text.
pub(super) fn first(input: &str) -> &str {
    let length = input.chars().next().map_or(0, char::len_utf8);
    input.get(..length).unwrap_or_default()
}

fn printable(at: &str) -> String {
    match at.chars().next() {
        Some(c) if is_odd(c) => format!("U+{:04X}", u32::from(c)),
        Some(c) => format!("`{c}`"),
        None => "the end".into(),
    }
}

/// Whether a character looks like nothing or like a space, and so cannot stand in a bare word.
pub(super) fn is_odd(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}') || is_hidden(c)
}
