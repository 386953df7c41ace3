//! A statement of the prompt, made of arguments: what the shell has split is never split again.

use std::borrow::Cow;

use super::clauses::Clauses;
use crate::commands::table;
use crate::disk::STDIN;
use crate::source::{Place, Source, Span};
use crate::syntax::script::{TokenKind, tokens, write};

/// The words behind a command, the clauses that the options stand for, and how much is to be shown.
pub(super) fn statement(head: &str, words: &[String], clauses: &Clauses, extent: Option<&str>) -> Place {
    let mut parts = vec![head.to_owned()];
    let mut before = head;
    for word in words {
        parts.push(as_written(before, word).into_owned());
        before = word;
    }
    parts.extend(written_clauses(clauses));
    parts.extend(extent.map(str::to_owned));
    on_command_line(parts.join(" "))
}

pub(super) fn on_command_line(text: String) -> Place {
    let span = Span::new(0, text.len() as u32);
    Place::new(&Source::new("<command line>", text), span)
}

fn written_clauses(clauses: &Clauses) -> impl Iterator<Item = String> {
    let context = clauses.context.iter().map(|path| if path == "-" { STDIN } else { path });
    let context = context.map(|path| format!("with from {}", write::quoted(path)));
    let with = clauses.with.iter().map(|pair| format!("with {}", given_pair(pair)));
    let without = clauses.without.iter().map(|out| format!("without {}", write::word(out)));
    let as_of = clauses.as_of.iter().map(|day| format!("as-of {}", write::word(day)));
    context.chain(with).chain(without).chain(as_of)
}

/// `--with KEY=VALUE`: a value is what it is, but for a list and `null`.
fn given_pair(text: &str) -> String {
    match text.split_once('=') {
        Some((key, write::NULL)) => write::pair(key, write::NULL),
        Some((key, value)) if is_list(value) => write::pair(key, &list(value)),
        Some((key, value)) if !key.is_empty() => write::pair(key, &write::value(value)),
        _ => write::name(text, &table().usages).into_owned(),
    }
}

/// A word as it is written at the prompt: what would not be one word there is quoted.
fn as_written<'w>(before: &str, word: &'w str) -> Cow<'w, str> {
    let pair = word.split_once('=').filter(|(key, _)| is_one_word(key) && !word.starts_with("arn:"));
    match pair {
        _ if before == "from" => write::quoted(word).into(),
        // JSON is written in brackets of its own.
        _ if word.starts_with('{') => word.into(),
        Some((key, "")) => write::pair(key, &write::quoted("")).into(),
        _ if is_one_word(word) => word.into(),
        Some((key, value)) if is_list(value) => write::pair(key, &list(value)).into(),
        Some((key, value)) => write::pair(key, &write::quoted(value)).into(),
        None => write::quoted(word).into(),
    }
}

/// Whether the prompt reads a text as one word or pair, without quotes around it.
fn is_one_word(text: &str) -> bool {
    matches!(only_token(text), Some(TokenKind::Bare | TokenKind::Pair))
}

fn only_token(text: &str) -> Option<TokenKind> {
    match tokens(text)[..] {
        [one] if one.span.len() == text.len() => Some(one.kind),
        _ => None,
    }
}

fn is_list(value: &str) -> bool {
    value.len() > 1 && value.starts_with('[') && value.ends_with(']')
}

/// A list as it stands, where the prompt reads it; else the commas outside of quotes divide it.
fn list(value: &str) -> Cow<'_, str> {
    if is_one_word(&write::pair("key", value)) {
        return value.into();
    }
    let (mut quote, mut begins) = (None, true);
    let items = value[1..value.len() - 1].split(|c: char| {
        match quote {
            None if begins && matches!(c, '"' | '\'') => quote = Some(c),
            Some(open) if open == c => quote = None,
            _ => {}
        }
        begins = c == ',' || begins && c.is_whitespace();
        c == ',' && quote.is_none()
    });
    let written = |item| match only_token(item).is_some_and(TokenKind::is_quoted) {
        true => Cow::Borrowed(item),
        false => write::value(item),
    };
    let items: Vec<Cow<'_, str>> = items.map(str::trim).map(written).collect();
    format!("[{}]", items.join(", ")).into()
}
