//! What could be typed at the cursor.

use std::path::Path;

use super::names;
use super::vocabulary::Vocabulary;
use crate::catalog::{self, ActionFacts};
use crate::session::{rows, usages};
use crate::source::Span;
use crate::syntax::script::{Expected, SlotKind, TokenKind, expected_at, tokens};

/// Something that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// What is typed.
    pub(super) text: String,
    /// A few words about it; may be empty.
    pub(super) about: String,
    /// Whether the word is not complete with it.
    pub(super) goes_on: bool,
}

impl Candidate {
    /// A complete word.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), about: String::new(), goes_on: false }
    }

    /// With a few words about it.
    pub(super) fn about(self, about: &str) -> Self {
        Self { about: about.to_owned(), ..self }
    }

    /// As the start of a word.
    pub(super) fn goes_on(self) -> Self {
        Self { goes_on: true, ..self }
    }

    /// With something in front.
    pub(super) fn within(self, prefix: &str) -> Self {
        Self { text: format!("{prefix}{}", self.text), ..self }
    }
}

/// The statement that is being typed: its complete words, and the one that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed<'t> {
    words: Vec<&'t str>,
    begun: &'t str,
}

impl<'t> Typed<'t> {
    /// Cuts a text that ends at the cursor; the word at the cursor starts at `start`.
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        let (before, begun) = text.split_at_checked(start).unwrap_or((text, ""));
        let found = tokens(before);
        let statement = found.rsplit(|token| token.kind == TokenKind::Newline).next().unwrap_or_default();
        let word = |span: Span| before.get(span.start as usize..span.end as usize).unwrap_or_default();
        Self { words: statement.iter().map(|token| word(token.span)).collect(), begun }
    }

    fn head(&self) -> &'t str {
        self.words.first().copied().unwrap_or_default()
    }

    fn before(&self) -> &'t str {
        self.words.last().copied().unwrap_or_default()
    }

    /// The action that the statement names.
    pub(super) fn action(&self) -> Option<ActionFacts> {
        self.words.iter().find_map(|word| catalog::action(word))
    }

    /// The word at the cursor.
    pub(super) fn begun(&self) -> &'t str {
        self.begun
    }
}

/// What the parser expects at the end of a text, where the word there starts, and the statement so far.
///
/// A known action is read as one, though it could be the name of a principal, too.
pub(super) fn wanted(text: &str) -> (usize, Typed<'_>, Vec<Expected<'static>>) {
    let at = expected_at(text, usages());
    let typed = Typed::new(text, at.start);
    let is =
        |expected: &Expected<'_>, kind| matches!(expected, Expected::Slot { kind: own, .. } if *own == kind);
    let asked = typed.action().is_some() && at.expected.iter().any(|one| is(one, SlotKind::Resource));
    let other = |one: &Expected<'_>| is(one, SlotKind::Action) || *one == Expected::Keyword("_");
    let kept = at.expected.into_iter().filter(|one| !(asked && other(one)));
    (at.start, typed, kept.collect())
}

/// What could be typed where something is expected.
pub(super) fn candidates(
    expected: &Expected<'_>,
    typed: &Typed<'_>,
    vocabulary: &Vocabulary,
) -> Vec<Candidate> {
    match *expected {
        Expected::End => Vec::new(),
        Expected::Keyword(word) => vec![Candidate::new(word).about(about_head(word, typed))],
        Expected::Slot { kind, label } => in_slot(kind, label, typed, vocabulary),
    }
}

/// What a command does, behind its first word.
fn about_head(word: &str, typed: &Typed<'_>) -> &'static str {
    let row = rows().iter().find(|row| typed.words.is_empty() && row.name() == word);
    row.map_or("", |row| row.help)
}

fn in_slot(kind: SlotKind, label: &str, typed: &Typed<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    match kind {
        SlotKind::Principal if typed.head() == "assume" => names::of_kind("role", vocabulary),
        SlotKind::Principal => names::principals(typed.begun, vocabulary),
        SlotKind::Action => names::actions(typed.begun),
        SlotKind::Resource => or_star(names::arns(typed.begun, vocabulary)),
        SlotKind::Arn => names::arns(typed.begun, vocabulary),
        SlotKind::Policy => names::policies(vocabulary),
        SlotKind::Account => names::accounts(vocabulary),
        SlotKind::AccountId => names::account_ids(vocabulary),
        SlotKind::Pair if typed.words.contains(&"with") => names::condition_keys(typed.action()),
        SlotKind::Verdict => kind.choices().iter().copied().map(Candidate::new).collect(),
        SlotKind::Layer => names::layers(),
        SlotKind::File => files(typed.begun),
        SlotKind::Name => named(typed, vocabulary),
        SlotKind::Word => worded(label, typed, vocabulary),
        _ => Vec::new(),
    }
}

/// Every resource, where there is none to choose; beside others it would only stand in the way of the key.
fn or_star(found: Vec<Candidate>) -> Vec<Candidate> {
    if found.is_empty() { vec![Candidate::new("*")] } else { found }
}

/// Names that exist. A command that starts with the kind makes a new one, except that a policy gets a new version.
fn named(typed: &Typed<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    match typed.before() {
        "sign-in" => names::all_users(&vocabulary.world),
        kind if typed.words.len() > 1 || kind == "policy" => names::of_kind(kind, vocabulary),
        _ => Vec::new(),
    }
}

/// What a slot takes that takes any word.
fn worded(label: &str, typed: &Typed<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    match (label, typed.head(), typed.before()) {
        ("EMAIL", ..) => names::root_emails(&vocabulary.world),
        (_, _, "without") => names::layers().into_iter().chain(names::policies(vocabulary)).collect(),
        (_, _, "because") => names::layers(),
        (_, _, "task") => {
            crate::facts::root_task_policies().iter().map(|policy| Candidate::new(policy.name)).collect()
        }
        (_, _, kind @ ("policy" | "resource")) => names::of_kind(kind, vocabulary),
        (_, "help", _) => heads(),
        (_, "list", "list") => listed(),
        (_, "info", _) => names::things(typed.begun, vocabulary),
        (_, "show", _) => shown(typed, vocabulary),
        _ => Vec::new(),
    }
}

/// The first words of all commands.
fn heads() -> Vec<Candidate> {
    rows().iter().map(|row| Candidate::new(row.name()).about(row.help)).collect()
}

/// What can be listed, as the help of the command tells it.
fn listed() -> Vec<Candidate> {
    let row = rows().iter().find(|row| row.name() == "list");
    let kinds = row.and_then(|row| row.help.strip_prefix("lists ")).unwrap_or_default();
    kinds.split(", ").filter_map(|kind| kind.split(' ').next()).map(Candidate::new).collect()
}

fn shown(typed: &Typed<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let identities = names::principals(typed.begun, vocabulary);
    let groups = names::of_kind("group", vocabulary);
    let own = identities.into_iter().filter(|one| one.about == "IAM user" || one.about == "role");
    let arns = names::of_kind("resource", vocabulary);
    own.chain(groups)
        .chain(names::policies(vocabulary))
        .chain(names::accounts(vocabulary))
        .chain(arns)
        .collect()
}

/// Files, quoted as paths are.
pub(super) fn files(begun: &str) -> Vec<Candidate> {
    let path = begun.trim_start_matches(['"', '\'']);
    let folder = path.rfind('/').map_or("", |at| path.get(..=at).unwrap_or_default());
    let read = std::fs::read_dir(if folder.is_empty() { Path::new(".") } else { Path::new(folder) });
    let mut found: Vec<Candidate> = read
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_folder = entry.path().is_dir();
            let hidden = name.starts_with('.') && path.len() == folder.len();
            let text = if is_folder { format!("\"{folder}{name}/") } else { format!("\"{folder}{name}\"") };
            let candidate = Candidate::new(text);
            (!hidden).then_some(if is_folder { candidate.goes_on() } else { candidate })
        })
        .collect();
    found.sort_by(|left, right| left.text.cmp(&right.text));
    found
}
