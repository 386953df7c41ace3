//! What can be wrong with a text before any command is known.

use std::sync::Arc;

use nom::error::{ErrorKind, ParseError};

use crate::source::{Diagnostic, Place, Source, Span};

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
        let (code, message, help) = self.words();
        let diagnostic = Diagnostic::error(code, message).at(Place::new(source, span), "");
        if help.is_empty() { diagnostic } else { diagnostic.help(help) }
    }

    fn words(&self) -> (&'static str, String, &'static str) {
        let at = self.at;
        match self.kind {
            FaultKind::UnclosedString => {
                ("unclosed-string", "this string is not closed on its line".into(), "")
            }
            FaultKind::UnclosedQuote => ("unclosed-quote", format!("this {at} is never closed"), ""),
            FaultKind::UnclosedBracket => ("unclosed-bracket", format!("this `{at}` is never closed"), ""),
            FaultKind::UnclosedBlock => (
                "unclosed-block",
                "this `{` is never closed".into(),
                "a block ends with a `}` that starts a word",
            ),
            FaultKind::Misquoted => (
                "misquoted-name",
                format!("a name in JSON stands in double quotes, and this is {at}"),
                "as in `{ \"Version\": \"2012-10-17\" }`",
            ),
            FaultKind::WrongCloser => (
                "wrong-closer",
                format!("`{at}` closes what another bracket opened"),
                "close the inner bracket first",
            ),
            FaultKind::StrayCloser => (
                "stray-closer",
                format!("`{at}` closes nothing"),
                "a word that starts with a bracket is quoted",
            ),
            FaultKind::StrayList => (
                "stray-list",
                "a list stands only after `KEY=`".into(),
                "separate names by spaces, without brackets",
            ),
            FaultKind::TooDeep => ("too-deep", "brackets are nested deeper than 64".into(), ""),
            FaultKind::MissingSpace => {
                ("missing-space", format!("expected white space before {}", printable(at)), "")
            }
            FaultKind::OddCharacter => (
                "odd-character",
                format!("unexpected character {}", printable(at)),
                "in a quoted word it may stand as a `\\u` escape",
            ),
            FaultKind::BadEscape => (
                "bad-escape",
                format!("`{}` is no escape", at.replace(char::is_control, "…")),
                "escapes are those of JSON; in '…' a `\\` is an ordinary character",
            ),
            FaultKind::StrayBackslash => (
                "stray-backslash",
                "a word cannot end with `\\`".into(),
                "to go on in the next line, let the `\\` be the last character; quote a word that has spaces",
            ),
            FaultKind::NothingAfterBackslash => {
                ("nothing-after-backslash", "nothing follows the `\\`".into(), "")
            }
            FaultKind::BadList => (
                "bad-list",
                "expected items with commas between them".into(),
                "a list is `[a, b]`; quote an item that has spaces, commas or brackets",
            ),
        }
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
    matches!(c, '\0'..=' ' | '\u{7f}'..='\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}')
}
