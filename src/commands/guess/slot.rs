//! The slots of patterns: what a few words name in the world.

use super::aws_slot::{action, known_to_info, service};
use super::bucket_slot::{BUCKETS, bucket, bucket_name, object};
use super::deeds::deed;
use super::pattern::matched;
use super::tasks::TASKS;
use super::word::{Found, Spoken, exact, folded, is_name, known, label, one};
use crate::facts::{self, glossary_entry};
use crate::names::AccountId;
use crate::session::{Session, find_principal};
use crate::world::Account;

/// How the words of a slot are looked up.
type Lookup = fn(&[Spoken<'_>], &Session) -> Option<(String, bool)>;

/// The slots; one that ends with `!` takes nothing that is only near.
const SLOTS: &[(&str, Lookup)] = &[
    ("PERSON", person),
    ("USER", user),
    ("ARN-OF-SOMEBODY", |words, session| {
        person(words, session).filter(|(value, _)| value.starts_with("arn:"))
    }),
    ("GROUP", group),
    ("ENTITY", entity),
    ("POLICY", policy),
    ("POLICY-HERE", policy_here),
    ("ADMIN", admin),
    ("ACCOUNT", account),
    ("SHOWN", shown_name),
    ("EMAIL", email),
    ("ID", |words, _| one(words).filter(|word| AccountId::parse(word).is_some()).map(exact)),
    ("NAME", |words, _| one(words).filter(|word| is_name(word)).map(exact)),
    ("PATHED", |words, _| one(words).and_then(pathed).map(exact)),
    ("TERM", |words, _| glossary_entry(&folded(words)).map(|entry| exact(entry.term))),
    ("LISTED", listed),
    ("TASK", task),
    ("ACTION", action),
    ("ROLE", role),
    ("NEW-ROLE", |words, session| {
        one(words).filter(|word| is_name(word) && role(words, session).is_none()).map(exact)
    }),
    ("DEED", deed),
    ("KNOWN", known_to_info),
    ("SERVICE", service),
    ("NEW-BUCKET", |words, _| {
        one(words).and_then(bucket_name).map(|name| (format!("{BUCKETS}{name}"), false))
    }),
    ("BUCKET", bucket),
    ("OBJECT", object),
];

/// What a slot is filled with by these words.
pub(super) fn fill(slot: &str, words: &[Spoken<'_>], session: &Session) -> Option<Found> {
    let (name, strict) = slot.strip_suffix('!').map_or((slot, false), |name| (name, true));
    let (label, look_up) = SLOTS.iter().find(|(label, _)| *label == name)?;
    let (value, exact) = look_up(words, session)?;
    (exact || !strict).then_some(Found { label, value, exact })
}

fn selected(session: &Session) -> Option<&Account> {
    session.selected().and_then(|id| session.world().account(id)).map(AsRef::as_ref)
}

/// A principal of the selected account, or of one that is named; nobody for whoever is signed in.
fn person(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    if matches!(&*folded(words), "i" | "me" | "we") {
        return Some(exact(""));
    }
    if matches!(&*folded(words), "the root user" | "root user" | "the root") {
        return Some(exact("root"));
    }
    if matches!(&*folded(words), "everyone" | "everybody" | "anyone" | "anybody" | "the public") {
        return Some(exact("anonymous"));
    }
    let word = one(words)?;
    let found = is_name(word) || word.contains('/');
    let found = found.then(|| find_principal(session.world(), session.selected(), word))?;
    match found {
        Ok(_) => Some(exact(word)),
        Err(_) => user(words, session),
    }
}

/// A user of the selected account, or else of another one.
fn user(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let word = one(words)?;
    let here = selected(session).into_iter();
    let accounts = here.chain(session.world().accounts().map(AsRef::as_ref));
    known(word, accounts.flat_map(|account| account.users.keys()).map(|name| &**name))
}

fn group(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    known(one(words)?, selected(session)?.groups.keys().map(|name| &**name))
}

fn role(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    known(one(words)?, selected(session)?.roles.values().map(|role| &*role.name))
}

/// A user, group or role, with the word for what it is.
fn entity(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let (kind, word) = match words {
        [word] => (None, word.name()),
        [kind, word] if matches!(kind.text, "user" | "group" | "role") => (Some(kind.text), word.name()),
        _ => return None,
    };
    let account = selected(session)?;
    let of = |one: &&str| kind.is_none_or(|kind| kind == *one);
    ["user", "group", "role"].into_iter().filter(of).find_map(|kind| {
        let names: Vec<&str> = match kind {
            "user" => account.users.keys().map(|name| &**name).collect(),
            "group" => account.groups.keys().map(|name| &**name).collect(),
            _ => account.roles.keys().map(|name| &**name).collect(),
        };
        known(word, names.into_iter()).map(|(name, exact)| (format!("{kind} {name}"), exact))
    })
}

fn policy(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let own = selected(session)?.policies.values().map(|policy| &*policy.name);
    let aws = session.world().aws_policies().map(|policy| &*policy.name);
    known(one(words)?, own.chain(aws).chain(facts::managed_policy_names()))
}

/// A policy as it is called, of the account or of AWS, whose names have capital letters.
fn policy_here(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let word = one(words).filter(|word| word.contains(|c: char| c.is_ascii_uppercase()))?;
    let is_own = selected(session)?.policies.values().any(|policy| *policy.name == *word);
    (is_own || facts::managed_policy_names().any(|name| name == word)).then(|| exact(word))
}

/// What people call an administrator, or the policy that makes one.
fn admin(words: &[Spoken<'_>], _: &Session) -> Option<(String, bool)> {
    let said = folded(words);
    let is = matches!(
        &*said,
        "admin"
            | "admins"
            | "administrators"
            | "administrator"
            | "administratoraccess"
            | "adminaccess"
            | "admin access"
            | "administrator access"
            | "admin rights"
            | "all rights"
            | "full access"
            | "superuser"
            | "sudo"
            | "poweruser"
    );
    is.then(|| exact("AdministratorAccess"))
}

/// An account by its alias, its id or the name that is shown.
fn account(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let said = folded(words);
    let accounts = || session.world().accounts();
    let named = |one: &&std::sync::Arc<Account>| one.name.to_lowercase() == said || one.id.as_str() == said;
    if let Some(found) = accounts().find(named) {
        return Some(exact(label(found)));
    }
    known(one(words)?, accounts().filter_map(|account| account.alias.as_deref()))
}

/// An account by the name that is only shown, where that is not its alias.
fn shown_name(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let said = folded(words);
    let typed: Vec<&str> = words.iter().map(|word| word.text).collect();
    let found = session.world().accounts().find(|one| one.name.to_lowercase() == said)?;
    (session.world().find_account(&typed.join(" ")).is_none()).then(|| exact(label(found)))
}

fn email(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let word = one(words)?;
    let (_, host) = word.split_once('@')?;
    let known = known(word, session.world().accounts().map(|account| &*account.root.email));
    known.or_else(|| (host.contains('.') && is_name(word)).then(|| (word.to_owned(), false)))
}

/// What can be listed.
fn listed(words: &[Spoken<'_>], _: &Session) -> Option<(String, bool)> {
    let said = folded(words);
    if matches!(&*said, "root-only tasks" | "root tasks" | "root only tasks" | "tasks of root") {
        return Some(exact("root-only"));
    }
    super::super::lists().find(|name| *name == said).map(exact)
}

/// A task in words, or the action itself.
fn task(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let said = TASKS.iter().find(|(pattern, _)| matched(pattern, words, session).is_some());
    said.map(|(_, action)| exact(*action))
}

/// A name behind a path, as statements write them.
fn pathed(word: &str) -> Option<String> {
    let (path, name) = word.trim_matches('/').rsplit_once('/')?;
    (is_name(name) && path.split('/').all(is_name)).then(|| format!("{name} path /{path}/"))
}
