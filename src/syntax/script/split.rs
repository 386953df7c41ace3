//! Where statements start and end: one a line, except where brackets, quotes or a `\` go on.

use std::sync::Arc;

use super::fault::{Fault, FaultKind};
use super::token::{Lexer, TokenKind, span_in, without_mark};
use crate::source::{Source, Span};

/// The text of one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementText {
    /// From its first word to its last, without comments; to be given to `parse_statement`.
    pub span: Span,
    /// What was still open where the text ended.
    pub unfinished: Option<Unfinished>,
}

/// What was still open where a text ended; a prompt asks for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The bracket, quote or `\` that more text must follow.
    pub opening: Span,
}

/// Cuts a script, or what was pasted at a prompt, into statements; what is wrong with one is said by
/// `parse_statement`.
pub fn split_statements(source: &Arc<Source>) -> Vec<StatementText> {
    let text = source.text();
    split_within(source, Span::new((text.len() - without_mark(text).len()) as u32, text.len() as u32))
}

/// Cuts a range of a text into statements: the inside of a block.
pub fn split_within(source: &Arc<Source>, span: Span) -> Vec<StatementText> {
    let mut statements = Vec::new();
    let mut splitter = Splitter { text: source.text(), rest: source.slice(span), ran_out: false };
    while let Some(found) = splitter.next_statement() {
        statements.extend(found);
    }
    statements
}

/// What a text waits for, if it is unfinished: only "ran out of input" is, a wrong closer is not.
pub fn unfinished(source: &Arc<Source>) -> Option<Unfinished> {
    split_statements(source).iter().find_map(|statement| statement.unfinished)
}

struct Splitter<'t> {
    text: &'t str,
    rest: &'t str,
    /// Whether a statement ran to the end already. From then on each is cut before the next that seems to start,
    /// so that text with many unclosed brackets is not read again and again to its end.
    ran_out: bool,
}

impl<'t> Splitter<'t> {
    /// The next line that holds one, if there is a line.
    fn next_statement(&mut self) -> Option<Option<StatementText>> {
        // A line end in front belongs to the statement before; what is left then starts with something to read.
        self.rest = super::shape::blank(self.rest);
        if self.rest.is_empty() {
            return None;
        }
        let input = if self.ran_out { before_next(self.rest) } else { self.rest };
        let mut lexer = Lexer::new(input);
        let mut span: Option<Span> = None;
        loop {
            match lexer.next_token() {
                Some(Ok((TokenKind::Comment, _))) => {}
                Some(Ok((TokenKind::Newline, _))) | None => {
                    self.rest = self.rest.get(input.len() - lexer.rest().len()..).unwrap_or_default();
                    return Some(span.map(|span| StatementText { span, unfinished: None }));
                }
                Some(Ok((_, part))) => span = Some(join(span, span_in(self.text, part))),
                Some(Err(fault)) => {
                    let start = span.unwrap_or(span_in(self.text, lexer.rest())).start;
                    return Some(Some(self.broken(start, input, fault)));
                }
            }
        }
    }

    /// A statement with a fault, and where to go on behind it.
    fn broken(&mut self, start: u32, input: &'t str, fault: Fault<'t>) -> StatementText {
        let from = span_in(input, fault.at).start as usize;
        let at = span_in(self.text, fault.at);
        let end = from + recovery(fault.kind, input.get(from..).unwrap_or_default());
        let (broken, _) = input.split_at_checked(end).unwrap_or((input, ""));
        self.rest = self.rest.get(broken.len()..).unwrap_or_default();
        self.ran_out |= fault.ran_out;
        let whole = span_in(self.text, broken.trim_end());
        let unfinished = fault.ran_out.then_some(Unfinished { opening: at });
        StatementText { span: Span::new(start, whole.end.max(at.end)), unfinished }
    }
}

fn join(span: Option<Span>, next: Span) -> Span {
    span.map_or(next, |span| span.to(next))
}

/// How much of the text from a fault on belongs to the broken statement.
fn recovery(kind: FaultKind, rest: &str) -> usize {
    match kind {
        FaultKind::UnclosedBlock => rest.len(),
        FaultKind::UnclosedBracket
        | FaultKind::UnclosedString
        | FaultKind::WrongCloser
        | FaultKind::Misquoted
        | FaultKind::TooDeep => before_next(rest).len(),
        _ => rest.find('\n').unwrap_or(rest.len()),
    }
}

/// The text before the next line that seems to start a statement: it starts with a letter or a comment, where the
/// lines of JSON start with white space, brackets or quotes.
fn before_next(rest: &str) -> &str {
    let starts = |behind: &str| behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#');
    let mut ends = rest.match_indices('\n').map(|(at, _)| at);
    let end = ends.find(|at| rest.get(at + 1..).is_some_and(starts));
    rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest)
}
