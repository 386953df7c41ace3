//! One statement against the table of usages, and what to say if no row fits.

use std::sync::Arc;

use super::program::{Advance, Wanted};
use super::slot::SlotKind;
use super::token::{Lexer, TokenKind, span_in};
use super::usage::Usage;
use super::value::Word;
use super::words::{Words, assemble};
use crate::source::{Diagnostic, Place, Source, Span, nearest};

/// Reads one statement: the first row of the table that fits, or what is wrong with the statement.
pub fn parse_statement<'t>(
    source: &'t Arc<Source>,
    span: Span,
    table: &'t [Usage],
) -> Result<Words<'t>, Diagnostic> {
    let words = words_within(source, span)?;
    if words.is_empty() {
        return Err(
            Diagnostic::error("empty-statement", "expected a command").at(Place::new(source, span), "")
        );
    }
    let bare = words[0].kind == TokenKind::Bare;
    let begins = |usage: &Usage| !bare || usage.may_begin_with(&words[0].text);
    match first_that_fits(&words, table, begins) {
        // Rows that begin with another word come no further than their first.
        Err(failure) if failure.reached == 0 => {
            first_that_fits(&words, table, |_| true).map_err(|failure| failure.diagnostic(source, &words))
        }
        fitting => fitting.map_err(|failure| failure.diagnostic(source, &words)),
    }
}

/// The first of some rows that fits.
fn first_that_fits<'t>(
    words: &[Word<'t>],
    table: &'t [Usage],
    wanted: impl Fn(&Usage) -> bool,
) -> Result<Words<'t>, Furthest<'t>> {
    let mut failure = Furthest { reached: 0, wanted: Vec::new(), rows: Vec::new() };
    for (row, usage) in table.iter().enumerate().filter(|(_, usage)| wanted(usage)) {
        let run = usage.program().run(words);
        let matched = run.matched.as_ref().and_then(|events| assemble(row, usage, events, words));
        match matched {
            Some(matched) => return Ok(matched),
            None => failure.add(usage, run),
        }
    }
    Err(failure)
}

/// The words of one statement, or of one row of a table.
pub fn words_within(source: &Arc<Source>, span: Span) -> Result<Vec<Word<'_>>, Diagnostic> {
    let text = source.slice(span);
    let mut lexer = Lexer::new(text);
    let mut words = Vec::new();
    let mut ended = false;
    while let Some(next) = lexer.next_token() {
        let place = |part| {
            let span_there = span_in(text, part);
            Span::new(span_there.start + span.start, span_there.end + span.start)
        };
        match next.map_err(|fault| fault.diagnostic(source, place(fault.at)))? {
            (TokenKind::Newline, _) => ended = !words.is_empty(),
            (TokenKind::Comment, _) => {}
            (_, part) if ended => {
                let message = "expected one command a line";
                return Err(
                    Diagnostic::error("second-command", message).at(Place::new(source, place(part)), "")
                );
            }
            (kind, part) => words.push(Word::of(super::token::ScriptToken { kind, span: place(part) }, part)),
        }
    }
    Ok(words)
}

/// What is said of what only a shell could do.
const NO_SHELL: &str = "there is no shell here, and there are no variables: write values where they are used";

/// Where the rows that came furthest stopped, and what they wanted there.
struct Furthest<'t> {
    reached: usize,
    wanted: Vec<Wanted<'t>>,
    rows: Vec<&'t Usage>,
}

impl<'t> Furthest<'t> {
    fn add(&mut self, usage: &'t Usage, run: Advance<'t>) {
        if run.reached > self.reached {
            *self = Self { reached: run.reached, wanted: Vec::new(), rows: Vec::new() };
        }
        if run.reached == self.reached {
            self.wanted.extend(run.wanted);
            self.rows.push(usage);
        }
    }

    fn diagnostic(&self, source: &Arc<Source>, words: &[Word<'_>]) -> Diagnostic {
        let before = self.reached.checked_sub(1).and_then(|at| words.get(at));
        match (before, words.get(self.reached)) {
            (None, Some(found)) => self.unknown(source, found, words.get(1)),
            (Some(before), None) => self.missing(source, before),
            (_, Some(found)) => self.unexpected(source, found, words),
            (None, None) => Diagnostic::error("empty-statement", "expected a command"),
        }
    }

    fn unknown(&self, source: &Arc<Source>, found: &Word<'_>, next: Option<&Word<'_>>) -> Diagnostic {
        let message = format!("unknown command {}", shown(source, found));
        let apart = next.and_then(|next| Some((self.hyphenated(found, next)?, found.span.to(next.span))));
        let meant = apart.or_else(|| Some((self.meant(found)?, found.span)));
        let (help, span) = match meant {
            _ if is_of_shell(&found.text) => (NO_SHELL.to_owned(), found.span),
            Some((meant, span)) => (format!("did you mean `{meant}`?"), span),
            None => ("`help` lists the commands, `tour` shows them at work".to_owned(), found.span),
        };
        Diagnostic::error("unknown-command", message).at(Place::new(source, span), "").help(help)
    }

    /// The command that two words are with a hyphen between them: `sign in`.
    fn hyphenated(&self, found: &Word<'_>, next: &Word<'_>) -> Option<&'t str> {
        let both = format!("{}-{}", found.text, next.text);
        let keyword = |wanted: &Wanted<'t>| match wanted {
            Wanted::Keyword(word, _) if *word == both => Some(*word),
            _ => None,
        };
        self.wanted.iter().find_map(keyword)
    }

    fn missing(&self, source: &Arc<Source>, before: &Word<'_>) -> Diagnostic {
        let message = format!("expected {} after {}", self.list(), shown(source, before));
        let diagnostic = Diagnostic::error("missing-word", message);
        diagnostic.at(Place::new(source, before.span), self.hint()).help(self.usages())
    }

    fn unexpected(&self, source: &Arc<Source>, found: &Word<'_>, words: &[Word<'_>]) -> Diagnostic {
        let shown = shown(source, found);
        let diagnostic = if self.wants_resource() && self.meant(found).is_none() {
            let help = arn_meant(&found.text);
            let message = format!("{shown} is neither `*` nor an ARN");
            return Diagnostic::error("not-a-resource", message)
                .at(Place::new(source, found.span), "")
                .help(help);
        } else if self.wanted.contains(&Wanted::End) {
            Diagnostic::error("unexpected-word", format!("unexpected {shown}"))
        } else {
            Diagnostic::error("expected-word", format!("expected {}, found {shown}", self.list()))
        };
        let help = match self.meant(found) {
            Some(meant) => format!("did you mean `{meant}`? {}", self.usages()),
            None => match self.earlier(found, words) {
                Some(later) => format!("`{}` goes before `{later}`; {}", found.text, self.usages()),
                None => self.usages(),
            },
        };
        let hint = if self.wanted.contains(&Wanted::End) { String::new() } else { self.hint() };
        diagnostic.at(Place::new(source, found.span), hint).help(help)
    }

    /// The word that stands already and that a clause goes before: the clauses of a command have an order.
    fn earlier(&self, found: &Word<'_>, words: &[Word<'_>]) -> Option<&'t str> {
        let stands = |keyword: &&str| words.iter().take(self.reached).any(|word| word.text == **keyword);
        self.rows.iter().find_map(|usage| {
            let all = usage.keywords();
            let at = all.iter().position(|keyword| **keyword == *found.text)?;
            all[at + 1..].iter().copied().find(stands)
        })
    }

    /// Whether a resource could have stood there.
    fn wants_resource(&self) -> bool {
        self.wanted.iter().any(|wanted| matches!(wanted, Wanted::Take(SlotKind::Resource, ..)))
    }

    /// The keyword that a word is probably meant to be.
    fn meant(&self, found: &Word<'_>) -> Option<&str> {
        if found.kind != TokenKind::Bare {
            return None;
        }
        let keyword = |wanted: &Wanted<'t>| match wanted {
            Wanted::Keyword(word, _) => vec![*word],
            Wanted::Take(kind, _, _) => kind.choices().to_vec(),
            Wanted::End => Vec::new(),
        };
        nearest(&found.text, self.wanted.iter().flat_map(keyword))
    }

    /// What could have stood there; a slot that is made of several words by its label alone.
    fn list(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for wanted in &self.wanted {
            let name = match wanted {
                Wanted::Keyword(_, Some(slot)) => slot.label.to_string(),
                Wanted::Keyword(word, None) => format!("`{word}`"),
                Wanted::Take(_, slot, true) => slot.label.to_string(),
                Wanted::Take(kind, _, false) => kind.name().to_string(),
                Wanted::End => continue,
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        match names.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
            _ => names.concat(),
        }
    }

    /// What the slot that was wanted looks like, if only one was.
    fn hint(&self) -> String {
        let mut hints: Vec<&str> = self.wanted.iter().map(hint_of).filter(|hint| !hint.is_empty()).collect();
        hints.dedup();
        if let [hint] = hints[..] { hint.into() } else { String::new() }
    }

    fn usages(&self) -> String {
        let mut shown: Vec<String> = self.rows.iter().map(|usage| format!("`{}`", usage.shown())).collect();
        shown.dedup();
        shown.truncate(3);
        let example = self.rows.first().and_then(|usage| usage.own_example());
        let example = example.map(|example| format!(", for example `{example}`")).unwrap_or_default();
        format!("usage: {}{example}", shown.join(" or "))
    }
}

/// What to write where an ARN was expected.
fn arn_meant(word: &str) -> String {
    if let Some(path) = word.strip_prefix("s3://").filter(|path| !path.is_empty()) {
        return format!("did you mean `arn:aws:s3:::{}`?", path.trim_end_matches('/'));
    }
    match word.starts_with("alias/") {
        true => format!("an alias of a key has an ARN, too: `arn:aws:kms:REGION:ACCOUNT:{word}`"),
        false => "an ARN starts with `arn:`, as in `arn:aws:s3:::reports/q1.csv`".to_owned(),
    }
}

fn hint_of<'w>(wanted: &Wanted<'w>) -> &'w str {
    match wanted {
        Wanted::Keyword(_, Some(slot)) | Wanted::Take(_, slot, true) => slot.kind.hint(),
        Wanted::Take(kind, _, false) => kind.hint(),
        Wanted::Keyword(_, None) | Wanted::End => "",
    }
}

/// The longest piece of input that a message repeats, in characters.
const SHOWN: usize = 40;

/// A word as it stands in the text, in backticks, on one line and not too long.
fn shown(source: &Arc<Source>, word: &Word<'_>) -> String {
    let text = source.slice(word.span);
    let line: String = text.chars().take_while(|c| !matches!(c, '\r' | '\n')).take(SHOWN).collect();
    let more = if line.len() < text.len() { "…" } else { "" };
    format!("`{line}{more}`")
}

/// `export`, `unset`, `NAME=value`: how a shell sets its variables.
fn is_of_shell(word: &str) -> bool {
    let name = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    matches!(word, "export" | "unset") || word.split_once('=').is_some_and(|(text, _)| name(text))
}
