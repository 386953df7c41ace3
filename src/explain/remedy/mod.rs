//! What would turn an answer: every change that is proposed has been tried by the engine.

mod after;
mod alike;
mod allow;
mod as_role;
mod authority;
mod aws_lines;
mod barred_root;
mod blocks;
mod call_words;
mod caution;
mod changed;
mod changes;
mod cloudfront;
mod consequence;
mod context;
mod decider;
mod deny_exception;
mod difference;
mod doubt;
mod draft;
mod edit;
mod everyday;
mod first_step;
mod gate;
mod grouped;
mod isolation;
mod joined;
mod listed;
mod location;
mod meant_name;
mod mended;
mod narrow;
mod one_more;
mod opened;
mod other_call;
mod pattern;
mod people;
mod permission_set;
mod permitted;
mod possible;
mod proposal;
mod public_access;
mod recommended;
mod rights;
mod root_session;
mod set_name;
mod slip;
mod statement_words;
mod support;
mod tags;
mod widened;

pub use edit::{Edit, Remedy};
pub use permitted::{Authority, Permitted};
pub use recommended::{TOLD, choice};
pub use support::Support;

pub(super) use set_name::role_in_words;
pub(super) use support::support;

use super::Cause;
use crate::question::Asked;
use crate::question::search::Budget;
use crate::trace::GateName;
use draft::RemedyDraft;
use edit::Takes;
use recommended::recommend;
use slip::Favour;

/// How many remedies are proposed, beside other ways to make the call.
const PROPOSED: usize = 2;

/// How many changes are tried, at most.
const TRIED: usize = 2_000;

/// The changes that would turn a denial: another way to make the call, then the smallest first; and whether there were
/// more to be tried.
pub(super) fn remedies(asked: &Asked<'_>, causes: &[Cause]) -> (Vec<Remedy>, bool) {
    let left = Budget::of(asked, TRIED);
    let found = remedies_within(asked, causes, &left);
    (found, left.left() == 0)
}

fn remedies_within(asked: &Asked<'_>, causes: &[Cause], left: &Budget) -> Vec<Remedy> {
    if asked.trace.gate.as_ref().is_some_and(|gate| gate.name == GateName::RootOnly) {
        return asked.past_the_bar();
    }
    let start = RemedyDraft::of(asked, left);
    if start.blocks.is_none() || asked.is_operation() {
        return Vec::new();
    }
    let firsts = start.first_choice(asked, PROPOSED);
    let mut found: Vec<Remedy> =
        firsts.into_iter().filter_map(|first| first.completed(asked, causes)).collect();
    if !found.iter().any(|remedy| remedy.edits.iter().all(Edit::is_call)) && asked.trace.gate.is_none() {
        let other = asked.other_call().and_then(|call| start.with(asked, call)?.completed(asked, causes));
        if let Some(other) = other {
            found.retain(|remedy| !remedy.edits[0].is_call()); // one call is better than another with an edit
            found.push(other);
        }
    }
    drop_what_fails_next(&mut found);
    drop_what_misses_the_aim(&mut found);
    found.sort_by_key(|remedy| {
        let first = &remedy.edits[0];
        let is_far = remedy.edits.iter().any(|edit| edit.is_far);
        (remedy.favour(), remedy.takes(), !first.is_same_deed(), first.is_call(), is_far, remedy.edits.len())
    });
    another_deed_second(&mut found);
    other_side_second(&mut found);
    recommend(&mut found);
    found
}

/// Passing a role to a service that it does not trust helps nobody, where another remedy ends with one that it trusts.
fn drop_what_fails_next(found: &mut Vec<Remedy>) {
    let fails = |remedy: &Remedy| remedy.then.iter().any(|one| one.service.is_some() && one.is_denied());
    if !found.iter().all(fails) {
        found.retain(|remedy| !(fails(remedy) && remedy.edits.iter().all(Edit::is_call)));
    }
}

/// What is about another topic, what nobody who is known can do, and what copies a slip onto a user are dropped where
/// there is something better.
fn drop_what_misses_the_aim(found: &mut Vec<Remedy>) {
    let misses: [fn(&Remedy) -> bool; 3] = [
        |remedy| remedy.takes() == Takes::Subject && remedy.edits.iter().all(|edit| edit.provided.is_none()),
        |remedy| remedy.takes() == Takes::Identity && !remedy.edits.iter().all(Edit::has_somebody),
        |remedy| remedy.favour() == Favour::Doubtful && remedy.edits.iter().any(Edit::is_of_tags),
    ];
    for misses in misses {
        if !found.iter().all(misses) {
            found.retain(|remedy| !misses(remedy));
        }
    }
}

/// What can be done instead of what was asked for stands before a wider change of a policy.
fn another_deed_second(found: &mut [Remedy]) {
    let is_another = |edit: &Edit| edit.is_call() && !edit.is_same_deed();
    let at = found.iter().position(|remedy| remedy.edits.iter().all(is_another));
    let is_pair = |found: &[Remedy]| found[1].is_in_place_of(&found[0]);
    if let Some(at) = at.filter(|at| *at > 1 && !is_pair(found)) {
        found[1..=at].rotate_right(1);
    }
}

/// Of a slip both sides are told, before what else would do.
fn other_side_second(found: &mut [Remedy]) {
    let other = |remedy: &Remedy| remedy.edits.iter().any(Edit::takes_a_side);
    if let [first, others @ ..] = found
        && other(first)
        && let Some(at) = others.iter().position(other)
    {
        others[..=at].rotate_right(1);
    }
}

impl Asked<'_> {
    /// Whether the question has the name of an operation in place of an action: no policy can help it.
    fn is_operation(&self) -> bool {
        let action = self.request.action.text();
        self.request.facts.is_none() && self.request.world.catalog().operation(action).is_some()
    }
}
