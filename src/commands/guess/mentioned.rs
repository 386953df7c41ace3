//! What can be asked of what a line names, where nothing else is known of what it means.

use super::slot::fill;
use super::word::Spoken;
use crate::session::{Guess, Session};

/// What a word may name, and the lines that tell of it.
const NAMED: &[(&str, &[&str])] = &[
    ("USER!", &["what-can {}", "show user {}"]),
    ("ENTITY!", &["show {}"]),
    ("ARN-OF-SOMEBODY", &["what-can {}"]),
    ("BUCKET!", &["show resource {}", "who-can s3:GetObject on {}/example.txt"]),
    ("POLICY-HERE", &["show policy {}"]),
    ("ACCOUNT!", &["show account {}"]),
    ("KNOWN!", &["info {}"]),
    ("TERM!", &["info {}"]),
];

/// Words with which people begin who do not mean the command that looks alike.
const PLAIN: &[&str] = &["who", "how", "let", "change", "use", "has", "revoke"];

/// How many lines are offered.
const OFFERED: usize = 3;

/// What tells of the things that a line names; of one that begins as a statement, or nearly so, its refusal tells more.
pub(super) fn mentioned(words: &[Spoken<'_>], session: &Session) -> Option<Guess> {
    let first = words.first()?.text;
    let is_plain = PLAIN.contains(&&*first.to_lowercase()) && words.len() > 1;
    if !is_plain && super::super::is_nearly_command(first, words.get(1).map(|word| word.text)) {
        return None;
    }
    let named = |word: &Spoken<'_>| {
        let word = std::slice::from_ref(word);
        let found = NAMED.iter().find_map(|(slot, lines)| Some((fill(slot, word, session)?, lines)));
        found.map(|(found, lines)| {
            lines.iter().map(move |line| line.replace("{}", &found.value)).collect::<Vec<_>>()
        })
    };
    let mut lines: Vec<String> = words.iter().filter_map(named).flatten().collect();
    lines.dedup();
    lines.truncate(OFFERED);
    let says = "a line begins with a command: `help` lists them, `tour` shows them at work".to_owned();
    (!lines.is_empty()).then_some(Guess { says, answers: false, lines })
}
