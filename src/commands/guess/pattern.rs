//! Patterns of what people type, matched word by word.

use super::slot::{Found, fill};
use crate::session::Session;

/// The most words that a slot takes: `close the management account`.
const LONGEST: usize = 8;

/// A word as it was typed, and as patterns know it: in small letters, without the marks of sentences.
#[derive(Clone, Debug)]
pub(super) struct Spoken<'t> {
    pub(super) text: &'t str,
    folded: String,
}

/// Matches words against a pattern, and fills its slots.
///
/// A pattern is made of words (`add|put`: one of them), of what may be left out (`[the]`, `[the|my]`) and of slots in
/// capitals (`USER`), which take names of the world.
pub(super) fn matched(pattern: &str, words: &[Spoken<'_>], session: &Session) -> Option<Vec<Found>> {
    let pieces: Vec<&str> = pattern.split_whitespace().collect();
    fit(&pieces, words, session)
}

fn fit(pieces: &[&str], words: &[Spoken<'_>], session: &Session) -> Option<Vec<Found>> {
    let Some((piece, pieces)) = pieces.split_first() else { return words.is_empty().then(Vec::new) };
    if let Some(optional) = piece.strip_prefix('[').and_then(|piece| piece.strip_suffix(']')) {
        let taken = words.split_first().filter(|(word, _)| word.is_one_of(optional));
        let with = taken.and_then(|(_, rest)| fit(pieces, rest, session));
        return with.or_else(|| fit(pieces, words, session));
    }
    if piece.starts_with(|c: char| c.is_ascii_uppercase()) {
        return (1..=words.len().min(LONGEST)).rev().find_map(|count| {
            let (own, rest) = words.split_at(count);
            let found = fill(piece, own, session)?;
            let mut all = fit(pieces, rest, session)?;
            all.insert(0, found);
            Some(all)
        });
    }
    let (_, rest) = words.split_first().filter(|(word, _)| word.is_one_of(piece))?;
    fit(pieces, rest, session)
}

impl Spoken<'_> {
    fn is_one_of(&self, alternatives: &str) -> bool {
        alternatives.split('|').any(|one| one == self.folded)
    }
}

/// The words of several as one text, in small letters.
pub(super) fn folded(words: &[Spoken<'_>]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// The words of a line as patterns know them; none if it is too long to be what somebody says.
pub(super) fn words(line: &str) -> Vec<Spoken<'_>> {
    let plain = |text: &&str| !text.is_empty();
    let mut words: Vec<Spoken<'_>> = line.split_whitespace().map(typed).filter(|w| plain(&w.text)).collect();
    if words.len() > MOST_WORDS || line.len() > MOST_BYTES {
        return Vec::new();
    }
    let mut at = 0;
    while at < words.len() {
        let next = words.get(at + 1).map(|next| next.folded.as_str()).unwrap_or_default();
        let both = format!("{} {next}", words[at].folded);
        let same = |name: &str| SAME.iter().find(|(_, all)| all.contains(&name)).map(|(own, _)| *own);
        if let Some(own) = same(&both) {
            words.remove(at + 1);
            words[at].folded = own.to_owned();
        } else if let Some(own) = same(&words[at].folded) {
            words[at].folded = own.to_owned();
        }
        if let Some((first, second)) =
            SHORT.iter().find(|(short, _)| *short == words[at].folded).map(|(_, long)| *long)
        {
            words[at].folded = first.to_owned();
            words.insert(at + 1, Spoken { folded: second.to_owned(), ..words[at].clone() });
        }
        at += 1;
    }
    words
}

const MOST_WORDS: usize = 16;
const MOST_BYTES: usize = 300;

fn typed(text: &str) -> Spoken<'_> {
    let text = text.trim_matches(['?', '!', ',', ';', '"', '\'', '`', '(', ')']).trim_end_matches(['.', ':']);
    Spoken { text, folded: text.to_lowercase().replace('\u{2019}', "'") }
}

/// Ways to say one thing: the word that patterns know, and the others.
const SAME: &[(&str, &[&str])] = &[
    ("sign-in", &["sign in", "signin", "log in", "login", "log-in", "log on", "logon", "sign on"]),
    ("sign-out", &["sign out", "signout", "log out", "logout", "log-out", "log off", "logoff", "sign off"]),
    ("turn-on", &["turn on", "switch on", "set up", "setup", "enable", "activate", "register"]),
    ("cannot", &["can't", "cant", "can not", "may not", "couldn't", "could not"]),
    ("can", &["may", "could"]),
    ("email", &["e-mail", "mail"]),
];

/// Words that are two.
const SHORT: &[(&str, (&str, &str))] = &[
    ("what's", ("what", "is")),
    ("whats", ("what", "is")),
    ("who's", ("who", "is")),
    ("where's", ("where", "is")),
    ("i'm", ("i", "am")),
    ("isn't", ("is", "not")),
    ("doesn't", ("does", "not")),
    ("aren't", ("are", "not")),
];
