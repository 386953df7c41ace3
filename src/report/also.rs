//! What else a call needs, behind its labels: once for text, plain and pages.

use crate::explain::{CauseKind, Companion, Explanation, Remedy, Verdict};
use crate::names::AccountId;

/// How many of several are named.
const NAMED: usize = 6;

/// What else the call needs, a line each. In short what is there anyway is left out.
pub(super) fn also(explanation: &Explanation, in_short: bool) -> Vec<String> {
    let (certain, perhaps): (Vec<&Companion>, Vec<&Companion>) =
        explanation.also.iter().partition(|one| one.is_certain);
    let (there, mut lacking): (Vec<&Companion>, Vec<&Companion>) = certain.into_iter().partition(is_allowed);
    let fails = |one: &Companion| {
        explanation
            .causes
            .iter()
            .any(|cause| cause.kind == CauseKind::Fails && cause.title.contains(&one.what))
    };
    lacking.retain(|one| in_short || !fails(one)); // which a cause says
    let there: Vec<&Companion> =
        there.into_iter().filter(|one| !in_short || one.resource.is_some()).collect();
    let mut lines: Vec<String> = said_of(&lacking).into_iter().map(|said| format!("needs {said}")).collect();
    lines.extend((!there.is_empty()).then(|| format!("{}: allowed", together(&there))));
    lines.extend(if in_short { in_one_line(&perhaps) } else { by_answer(&perhaps) });
    lines
}

/// What the call needs only if it uses what that is for, but for what is there anyway.
fn in_one_line(perhaps: &[&Companion]) -> Vec<String> {
    let open: Vec<&str> =
        perhaps.iter().filter(|one| !is_allowed(one)).map(|one| one.action.as_str()).collect();
    let said = || format!("perhaps it needs {}, too; `why` tells more", named(&open));
    (!open.is_empty()).then(said).into_iter().collect()
}

/// The same, by what the engine answers.
fn by_answer(perhaps: &[&Companion]) -> Vec<String> {
    let said = |word: &str, is: fn(&Companion) -> bool| {
        let all: Vec<&str> = perhaps.iter().filter(|one| is(one)).map(|one| &*one.action).collect();
        (!all.is_empty()).then(|| format!("perhaps it needs {}, too: {word}", named(&all)))
    };
    let found = [
        said("denied", Companion::is_denied),
        said("say on what with `using ARN`", Companion::is_open),
        said("allowed", |one| one.verdict == Verdict::Allowed),
    ];
    found.into_iter().flatten().collect()
}

fn is_allowed(one: &&Companion) -> bool {
    one.verdict == Verdict::Allowed
}

/// What is not there, what is denied for the same reason in one.
fn said_of(lacking: &[&Companion]) -> Vec<String> {
    let alike =
        |one: &&Companion, other: &&Companion| one.is_denied() && other.is_denied() && one.by == other.by;
    let said = |group: &[&Companion]| match group {
        [one] => one.sentence(),
        several => format!("{}: denied ({})", together(several), several[0].by),
    };
    lacking.chunk_by(alike).map(said).collect()
}

/// What the call comes to after each of the fixes that are told: `1: allowed; 2: …`, or once what is so of all.
pub(super) fn after(explanation: &Explanation, told: usize, in_brief: bool) -> Option<String> {
    let remedies = explanation.remedies.iter().take(told);
    let also = explanation.other_side.map(other_side).unwrap_or_default();
    let mut said: Vec<String> = remedies.map(|remedy| outcome(remedy, &also, in_brief)).collect();
    let first = said.first()?.clone();
    if said.iter().any(|other| *other != first) {
        said = said.iter().enumerate().map(|(i, said)| format!("{}: {said}", i + 1)).collect();
    } else {
        said.truncate(1);
    }
    Some(said.join("; "))
}

const ALLOWED: &str = "allowed";
const ALL_ELSE: &str = ", and so is what else the call needs";

/// Of whom nothing is known who must allow it, too.
fn other_side(account: AccountId) -> String {
    format!(", if account {account} allows it, too, of which this world knows nothing")
}

/// Whether the call works, with all else that it needs, and what of that was not checked.
fn outcome(remedy: &Remedy, also: &str, in_brief: bool) -> String {
    let comes_to = comes_to(&remedy.then, also, in_brief);
    match &remedy.unchecked {
        Some(unchecked) => format!("{comes_to}; not checked: {unchecked}"),
        None => comes_to,
    }
}

fn comes_to(then: &[Companion], also: &str, in_brief: bool) -> String {
    let (then, idle): (Vec<&Companion>, Vec<&Companion>) = then.iter().partition(|one| one.is_certain);
    let all = |is: fn(&Companion) -> bool| -> Vec<&Companion> {
        then.iter().copied().filter(|one| is(one)).collect()
    };
    let (denied, open) = (said_of(&all(Companion::is_denied)), said_of(&all(Companion::is_open)));
    let there: Vec<&Companion> = then.iter().copied().filter(is_allowed).collect();
    match (&denied[..], &open[..], &there[..]) {
        ([], [], _) if !idle.is_empty() => {
            format!("allowed{also}, but of little use without {}", said_of(&idle).join("; "))
        }
        ([], [], []) => format!("{ALLOWED}{also}"),
        ([], [], there) if in_brief => format!("{ALLOWED}{also}{ALL_ELSE}{}", actions(there)),
        ([], [], there) => format!("{ALLOWED}{also}{ALL_ELSE}: {}", together(there)),
        ([], open, _) => format!("allowed{also}, but the call also needs {}", open.join("; ")),
        (denied, _, _) => format!("the call still fails, for it also needs {}", denied.join("; ")),
    }
}

/// The other actions alone, each once: what the same one needs of other resources is told by `why … in full`.
fn actions(all: &[&Companion]) -> String {
    let is_same = |one: &&&Companion| {
        one.service.is_none() && all.iter().filter(|other| other.action == one.action).count() > 1
    };
    let mut names: Vec<&str> = all.iter().filter(|one| !is_same(one)).map(|one| &*one.action).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() { String::new() } else { format!(" ({})", named(&names)) }
}

/// What is needed, the same action on several things said once.
fn together(all: &[&Companion]) -> String {
    let mut found: Vec<(String, Vec<&str>)> = Vec::new();
    for one in all {
        let lead = format!("{} on ", one.action);
        match (one.what.strip_prefix(&lead), found.last_mut()) {
            (Some(on), Some((action, others))) if *action == lead => others.push(on),
            (Some(on), _) => found.push((lead, vec![on])),
            (None, _) => found.push((String::new(), vec![&one.what])),
        }
    }
    let said: Vec<String> = found.iter().map(|(lead, on)| format!("{lead}{}", named(on))).collect();
    named(&said.iter().map(String::as_str).collect::<Vec<_>>())
}

fn named(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] if words.len() <= NAMED => format!("{} and {last}", first.join(", ")),
        many => format!("{} and {} more", many[..NAMED - 1].join(", "), many.len() + 1 - NAMED),
    }
}
