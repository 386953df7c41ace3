//! Words as they were typed and as patterns know them, and what a few of them were found to name.

use crate::source::nearest;
use crate::world::Account;

/// A word as it was typed, and as patterns know it: in small letters, without the marks of sentences.
#[derive(Clone, Debug)]
pub(super) struct Spoken<'t> {
    pub(super) text: &'t str,
    folded: String,
}

impl<'t> Spoken<'t> {
    /// The word as a name, without the `'s` of an owner.
    pub(super) fn name(&self) -> &'t str {
        let owner = ["'s", "\u{2019}s"].into_iter().find_map(|end| self.text.strip_suffix(end));
        owner.filter(|name| !name.is_empty()).unwrap_or(self.text)
    }

    pub(super) fn is_one_of(&self, alternatives: &str) -> bool {
        alternatives.split('|').any(|one| one == self.folded)
    }
}

/// The words of several as one text, in small letters.
pub(super) fn folded(words: &[Spoken<'_>]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// What a slot was filled with.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) label: &'static str,
    pub(super) value: String,
    /// Whether it was typed as it is called, so that nothing is guessed.
    pub(super) exact: bool,
}

pub(super) fn exact(text: impl Into<String>) -> (String, bool) {
    (text.into(), true)
}

/// The only word, without the `'s` of an owner.
pub(super) fn one<'t>(words: &[Spoken<'t>]) -> Option<&'t str> {
    let [word] = words else { return None };
    Some(word.name())
}

/// Whether a word may stand in a statement as a name.
pub(super) fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+,.@-".contains(&b))
}

/// The name that a word is, or that it is near to.
pub(super) fn known<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<(String, bool)> {
    let names: Vec<&str> = names.collect();
    if names.contains(&word) {
        return Some(exact(word));
    }
    if let Some(same) = names.iter().find(|name| name.eq_ignore_ascii_case(word)) {
        return Some(((*same).to_owned(), false));
    }
    let near = nearest(word, names.into_iter().filter(|_| word.len() > 2))?;
    Some((near.to_owned(), false))
}

/// The word by which an account is called in statements.
pub(super) fn label(account: &Account) -> String {
    account.alias.as_deref().unwrap_or(account.id.as_str()).to_owned()
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
    ("never", &["don't", "dont", "do not"]),
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
