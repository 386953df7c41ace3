//! What people mean who type what is no statement: a table of phrases, and one matcher.
//!
//! INVARIANT: nothing here decides or changes anything. A question in words is answered by commands that ask, and only
//! where every name in it is exactly one of the world's; what is only near is offered.
//!
//! Read first: `phrases`.

mod aws_slot;
mod bucket_slot;
mod deeds;
mod filler;
mod mentioned;
mod pattern;
mod phrases;
mod slot;
mod tasks;
mod word;

use filler::{filled, fillers};
use mentioned::mentioned;
use pattern::{after, matched};
use phrases::{PHRASES, Phrase};
use slot::fill;
use word::{Found, Spoken, words};

use crate::session::{Guess, Session};

/// What was probably meant by a statement that was refused.
pub(super) fn guess(text: &str, session: &Session) -> Option<Guess> {
    let words = words(text);
    if words.is_empty() || text.contains('\n') {
        return None;
    }
    by_phrase(text, &words, session)
        .or_else(|| without_preface(&words, session))
        .or_else(|| without_aws(text, &words, session))
        .or_else(|| mentioned(&words, session))
}

fn by_phrase(text: &str, words: &[Spoken<'_>], session: &Session) -> Option<Guess> {
    PHRASES.iter().find_map(|phrase| {
        let found = phrase.typed.iter().find_map(|pattern| matched(pattern, words, session))?;
        let meant = meant(phrase, &found, session);
        meant.lines.iter().all(|line| line != text.trim()).then_some(meant).filter(is_some)
    })
}

/// The same behind words that only lead up to it: `how do I …`, `please …`. A statement stands as it was typed.
fn without_preface(words: &[Spoken<'_>], session: &Session) -> Option<Guess> {
    let rest = PREFACES.iter().find_map(|preface| after(preface, words))?;
    let typed: Vec<&str> = rest.iter().map(|word| word.text).collect();
    let line = typed.join(" ");
    let as_typed = || {
        let is_statement = super::is_command(typed.first().copied()?);
        is_statement.then(|| Guess { says: String::new(), answers: false, lines: vec![line.clone()] })
    };
    let guessed = by_phrase("", rest, session).map(|guess| Guess { answers: false, ..guess });
    guessed.or_else(as_typed).or_else(|| mentioned(rest, session))
}

/// A line of the AWS command line without its first word: `iam list-users`.
fn without_aws(text: &str, words: &[Spoken<'_>], session: &Session) -> Option<Guess> {
    let (service, operation) = (fill("SERVICE!", &words[..1], session)?, words.get(1)?.text);
    let is_operation = operation.contains('-')
        || (service.value == "s3" && ["ls", "cp", "rm", "mb", "rb", "sync"].contains(&operation));
    let line = format!("aws {}", text.trim());
    is_operation.then(|| Guess { says: String::new(), answers: false, lines: vec![line] })
}

const PREFACES: &[&str] = &[
    "how do i", "how do we", "how do you", "how can i", "how can we", "how could i", "how would i", "how to",
    "how should i", "i want to", "i would like to", "i need to", "i have to", "i'd like to", "can you",
    "would you", "please", "let's", "lets", "help me to", "help me", "show me how to", "tell me how to",
    "try to", "now",
];

fn is_some(guess: &Guess) -> bool {
    !guess.lines.is_empty()
}

fn meant(phrase: &Phrase, found: &[Found], session: &Session) -> Guess {
    let fillers = fillers(found, session);
    let mut lines: Vec<String> = phrase.lines.iter().filter_map(|line| filled(line, &fillers)).collect();
    lines.dedup();
    Guess {
        says: filled(phrase.says, &fillers).unwrap_or_default(),
        answers: phrase.answers && found.iter().all(|one| one.exact),
        lines,
    }
}
