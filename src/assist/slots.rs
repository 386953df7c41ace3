//! What could be typed where the parser expects something: here commands are known by name.

use super::candidate::Candidate;
use super::files::files;
use super::names;
use super::resources::resources;
use super::typed::Typing;
use super::values;
use super::vocabulary::Vocabulary;
use crate::commands::{lists, table};
use crate::lint::lint_rules;
use crate::syntax::script::{Expected, SlotKind};
use crate::trace::GateName;
use crate::world::Settings;

/// What could be typed where something is expected.
pub(super) fn candidates(
    expected: &Expected<'_>,
    typed: &Typing<'_>,
    vocabulary: &Vocabulary,
) -> Vec<Candidate> {
    match *expected {
        Expected::End => Vec::new(),
        Expected::Keyword(word) if !can_stand(word, typed) => Vec::new(),
        Expected::Keyword(word) => vec![Candidate::new(word).about(about_head(word, typed))],
        Expected::Slot { kind, label } => in_slot(kind, label, typed, vocabulary),
    }
}

/// Whether a keyword makes sense: the grammar has one kind of target for all commands.
pub(super) fn can_stand(word: &str, typed: &Typing<'_>) -> bool {
    const TARGETS: [&str; 8] =
        ["user", "group", "role", "ou", "account", "organization-root", "policy", "resource"];
    let takes: &[&str] = match (typed.head(), typed.before()) {
        ("attach", "to") | ("detach", "from") => {
            &["user", "group", "role", "ou", "account", "organization-root"]
        }
        ("move", "to") => &["ou", "organization-root"],
        ("delete", "delete") => &["user", "group", "role", "policy", "resource", "ou", "account"],
        ("tag", "tag") => &["user", "role", "resource"],
        _ => &TARGETS,
    };
    takes.contains(&word) || !TARGETS.contains(&word)
}

/// What a command does, behind its first word.
fn about_head(word: &str, typed: &Typing<'_>) -> &'static str {
    let row = table().rows.iter().find(|row| typed.words().is_empty() && row.name() == word);
    row.map_or("", |row| row.help)
}

fn in_slot(kind: SlotKind, label: &str, typed: &Typing<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    match kind {
        SlotKind::Principal if typed.head() == "assume" => names::of_kind("role", vocabulary),
        SlotKind::Principal => names::principals(typed.begun(), vocabulary),
        SlotKind::Action => actions(typed, vocabulary),
        SlotKind::Resource => {
            or_star(resources(typed.begun(), typed.action(vocabulary.catalog()), vocabulary))
        }
        SlotKind::Arn => names::arns(typed.begun(), vocabulary),
        SlotKind::Policy => names::policies(typed.begun(), vocabulary),
        SlotKind::Account => names::accounts(vocabulary),
        SlotKind::AccountId => names::account_ids(vocabulary),
        SlotKind::Pair if typed.words().contains(&"with") => {
            values::pairs(typed.begun(), typed.action(vocabulary.catalog()), vocabulary)
        }
        SlotKind::Verdict => kind.choices().iter().copied().map(Candidate::new).collect(),
        SlotKind::Layer => names::layers(),
        SlotKind::File => files(typed.begun(), vocabulary.folder),
        SlotKind::Name => named(typed, vocabulary),
        SlotKind::Number if typed.head() == "apply" => fixes(vocabulary),
        SlotKind::Word => worded(label, typed, vocabulary),
        _ => Vec::new(),
    }
}

/// Actions; where a principal could stand as well, hundreds of services would only hide the principals.
fn actions(typed: &Typing<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    match typed.begun().is_empty() && typed.words().len() == 1 {
        true => Vec::new(),
        false => names::actions(typed.begun(), vocabulary),
    }
}

/// Every resource, where there is none to choose; beside others it would only stand in the way of the key.
fn or_star(found: Vec<Candidate>) -> Vec<Candidate> {
    if found.is_empty() { vec![Candidate::new("*")] } else { found }
}

/// The fixes of the last explanation.
fn fixes(vocabulary: &Vocabulary) -> Vec<Candidate> {
    let numbered = (1..).zip(&vocabulary.remedies);
    numbered.map(|(number, words): (usize, _)| Candidate::new(number.to_string()).about(words)).collect()
}

/// Names that exist. A command that starts with the kind makes a new one, except that a policy gets a new version.
fn named(typed: &Typing<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    match (typed.head(), typed.before()) {
        (_, "sign-in") => names::all_users(&vocabulary.world),
        ("organization" | "endpoint" | "region", _) => Vec::new(),
        (_, kind) if typed.words().len() > 1 || matches!(kind, "policy" | "scp" | "rcp") => {
            names::of_kind(kind, vocabulary)
        }
        _ => Vec::new(),
    }
}

/// What a slot takes that takes any word.
fn worded(label: &str, typed: &Typing<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    match (label, typed.head(), typed.before()) {
        ("EMAIL", ..) => names::root_emails(&vocabulary.world),
        ("URL", ..) => names::sign_in_pages(vocabulary),
        (_, _, "without") => {
            names::layers().into_iter().chain(names::policies(typed.begun(), vocabulary)).collect()
        }
        (_, _, "because") => reasons(),
        (_, "expect" | "todo", before) if names::layers().iter().any(|layer| layer.text == before) => {
            names::policies(typed.begun(), vocabulary)
        }
        (_, _, "task") => {
            crate::facts::root_task_policies().iter().map(|policy| Candidate::new(policy.name)).collect()
        }
        (_, "set", _) => settings(typed),
        (_, "edit", "edit") => names::own_policies(vocabulary),
        (_, "fmt", "fmt") => looked_at(typed, vocabulary),
        (_, "lint", "lint") => {
            let all = Candidate::new("all").about("every policy of the world");
            std::iter::once(all).chain(looked_at(typed, vocabulary)).collect()
        }
        (_, "expect" | "todo", "lint") => {
            let codes = lint_rules().map(|rule| Candidate::new(rule.code).about(rule.what));
            std::iter::once(Candidate::new("clean").about("nothing worse than a suggestion"))
                .chain(codes)
                .collect()
        }
        (_, "show", "policy") => names::policies(typed.begun(), vocabulary),
        (_, "show", "account") => names::accounts(vocabulary),
        (_, _, kind @ ("user" | "group" | "role" | "policy" | "resource")) => {
            names::of_kind(kind, vocabulary)
        }
        (_, "help", _) => heads(),
        (_, "list", "list") => lists().map(Candidate::new).collect(),
        (_, "info", _) => names::things(typed.begun(), vocabulary),
        (_, "show", _) => shown(typed, vocabulary),
        _ => Vec::new(),
    }
}

/// What an expectation can give as the reason.
fn reasons() -> Vec<Candidate> {
    let gates =
        GateName::ALL.into_iter().map(|gate| Candidate::new(gate.as_str()).about("no policy decides"));
    let narrow = ["trust", "key", "task"].map(Candidate::new);
    names::layers().into_iter().chain(narrow).chain(gates).collect()
}

/// Settings, and what the one that is named takes.
fn settings(typed: &Typing<'_>) -> Vec<Candidate> {
    const WORDS: [&str; 7] = ["on", "off", "strict", "any-listed", "inherit", "now", "today"];
    match typed.words() {
        [_, name] => {
            let takes = |word: &&str| Settings::default().set(name, word).is_ok();
            WORDS.into_iter().filter(takes).map(Candidate::new).collect()
        }
        _ => Settings::names().map(|name| Candidate::new(name.replace('_', "-"))).collect(),
    }
}

/// The first words of all commands.
fn heads() -> Vec<Candidate> {
    table().rows.iter().map(|row| Candidate::new(row.name()).about(row.help)).collect()
}

/// What has a policy: policies by name, users, groups, roles, resources.
fn looked_at(typed: &Typing<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let holders = ["user", "group", "role", "resource"];
    let holders = holders.into_iter().flat_map(|kind| names::of_kind(kind, vocabulary));
    names::policies(typed.begun(), vocabulary).into_iter().chain(holders).collect()
}

fn shown(typed: &Typing<'_>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let identities = names::principals(typed.begun(), vocabulary);
    let groups = names::of_kind("group", vocabulary).into_iter().map(|group| group.about("group"));
    let own = identities.into_iter().filter(|one| one.about == "IAM user" || one.about == "role");
    let arns = names::of_kind("resource", vocabulary);
    own.chain(groups)
        .chain(names::policies(typed.begun(), vocabulary))
        .chain(names::accounts(vocabulary))
        .chain(arns)
        .collect()
}
