//! What the line editor asks while somebody types: completion, hints, colours, whether the line is finished.

use std::sync::LazyLock;

use iamwhy::assist::Vocabulary;
use iamwhy::commands;
use iamwhy::repl::{Helper, KnownNames};
use iamwhy::session::Session;
use iamwhy::source::{Source, is_hidden};
use iamwhy::syntax::script::unfinished;
use rustyline::Context;
use rustyline::completion::{Completer, Pair};
use rustyline::highlight::Highlighter;
use rustyline::hint::{Hint, Hinter};
use rustyline::history::MemHistory;

use super::shown::is_tame;
use crate::outside::{Memory, typed};

/// What stands where the cursor is.
const CURSOR: char = '|';

/// How many candidates there may be at most: all actions there are, and some words.
const CANDIDATES: usize = 30_000;

const WORLD: &str = "account 444455556666 \"Test\" alias acme-test\naccount 111122223333 \"Acme\" alias acme\n\
    user alice\nuser 'b o b'\ngroup developers members alice\nresource arn:aws:s3:::reports owner 111122223333\n\
    organization o-exampleorg management 111122223333\nscp Guard {\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}}";

static SESSION: LazyLock<Session> = LazyLock::new(|| {
    let mut session = commands::session();
    typed(&mut session, &mut Memory::default(), WORLD);
    session
});

/// A line with a cursor, at its end where none is shown; what is offered first is taken, and the next thing asked.
pub(super) fn keys(data: &[u8]) {
    let text = super::text(data);
    let (before, behind) = text.rsplit_once(CURSOR).unwrap_or((&text, ""));
    let mut helper = Helper::new(true);
    let folder = |_: &str| vec![("my file.iam".to_owned(), false), ("a\u{1b}[2J".to_owned(), true)];
    helper.learn(KnownNames { vocabulary: Vocabulary::of(&SESSION, folder), ..KnownNames::default() });
    let (mut line, mut cursor) = (format!("{before}{behind}"), before.len());
    for _ in 0..3 {
        (line, cursor) = match taken(&helper, &line, cursor) {
            Some(next) => next,
            None => break,
        };
    }
}

/// Asks all there is to ask of a line; gives it as it is when the first candidate is taken.
fn taken(helper: &Helper, line: &str, cursor: usize) -> Option<(String, usize)> {
    let history = MemHistory::new();
    let context = Context::new(&history);
    if let Some(hint) = helper.hint(line, cursor, &context) {
        is_one_row(hint.display());
        hint.completion().into_iter().for_each(is_one_row);
    }
    has_the_same_characters(&helper.highlight(line, cursor), line);
    let _ = unfinished(&Source::new("<prompt>", line));
    let (start, found) = helper.complete(line, cursor, &context).expect("a list");
    assert!(start <= cursor && line.is_char_boundary(start), "{start} {line:?}");
    assert!(found.len() <= CANDIDATES, "{} {line:?}", found.len());
    found.iter().for_each(is_a_candidate);
    let first = found.first()?;
    let before = format!("{}{}", &line[..start], first.replacement);
    Some((format!("{before}{}", &line[cursor..]), before.len()))
}

fn is_a_candidate(pair: &Pair) {
    is_one_row(&pair.display);
    is_tame(&pair.replacement);
}

fn is_one_row(text: &str) {
    is_tame(text);
    assert!(!text.contains('\n'), "{text:?}");
}

/// Colours change no character that prints, and what does not print is not drawn.
fn has_the_same_characters(painted: &str, line: &str) {
    let plain: String =
        painted.split('\u{1b}').enumerate().map(|(number, part)| without_colour(number, part)).collect();
    is_tame(&plain.replace('\t', " "));
    if !line.contains(|c| is_hidden(c) && c != '\n' && c != '\t') {
        assert_eq!(plain, line);
    }
}

fn without_colour(number: usize, part: &str) -> &str {
    if number == 0 { part } else { part.split_once('m').map_or("", |(_, rest)| rest) }
}
