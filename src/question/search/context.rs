//! The search for context keys with which a question comes out otherwise.

use std::collections::HashSet;

use super::budget::Budget;
use super::descent::{Descent, Seen};
use super::open::{Statements, known_value};
use crate::eval::{mismatches, needs};
use crate::names::DistinctNames;
use crate::question::space::{Filler, KeyTest, Keys};
use crate::question::{Asked, Variation};
use crate::trace::{Decision, LevelTrace, Mismatch, StatementAt};
use crate::world::{ContextEntry, ContextValue};

/// How many keys are varied, at most.
const VARIED: usize = 12;

/// How many values of a key are tried together with those of others, where not one stands for many.
const TOGETHER: usize = 12;

/// How many goals may use up the whole of a budget.
const GOALS: usize = 4;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// That the request is allowed, or that it is not.
    Allowed(bool),
    /// That a statement applies.
    Applies(StatementAt),
    /// That two versions of the question come out apart; or are denied in different ways, at least.
    Differs {
        /// Whether the kind of a deny counts.
        in_kind: bool,
    },
}

/// A search among the values that the policies of a question speak of for some of its keys, and some others.
///
/// Every value is tried alone first. Those with which the same elements of statements fail are alike, and one of them
/// stands for all where several keys are tried together; what no open key can change any more is not gone into.
pub struct ContextSearch<'s, 'a> {
    /// The question, or versions of it in several worlds.
    versions: &'s [Asked<'a>],
    descent: Descent<'s>,
    /// The values alone: the key, which of its values, and what it comes to.
    alone: Vec<(usize, usize, Attempt)>,
    /// How many requests are tried at most for one goal.
    budget: usize,
    /// How many are left for all goals.
    left: Budget,
    /// Whether there was more to be tried.
    is_cut_short: bool,
}

/// The values that a test suggests for its key, with the variables that have a value.
pub fn values_for(asked: &Asked<'_>, test: KeyTest<'_>) -> Vec<ContextValue<'static>> {
    let mut keys = Keys::new(std::iter::once(test), &filler(asked), |key: &str| known_value(asked, key));
    let mut seen = HashSet::new();
    let many = keys.values(0);
    let all = (0..many).map(|value| {
        keys.choose(0, Some(value));
        keys.fill("").1.swap_remove(0).1
    });
    all.filter(|value| seen.insert(value.clone())).collect()
}

fn filler<'f>(asked: &'f Asked<'_>) -> Filler<'f> {
    Filler::new(&asked.request.caller, asked.request.world.catalog())
}

/// What a request came to.
#[derive(Clone, Debug, Default)]
struct Attempt {
    /// By version.
    decisions: Vec<Decision>,
    levels: Vec<LevelTrace>,
    /// The statements that could apply, and whether they do.
    open: Vec<(StatementAt, bool)>,
    /// All that keeps the statements about the action from it, of a value alone: what another key hides counts, too.
    failing: Vec<(StatementAt, Mismatch)>,
    /// The keys that could bring the goal about.
    needs: Vec<usize>,
    /// The keys that have a value only by what is chosen of others: the tag of a request settles `aws:TagKeys`.
    settled: Vec<usize>,
}

impl<'s, 'a> ContextSearch<'s, 'a> {
    /// Tries the values that the keys that are free may have, each alone. `budget` is how many requests are tried at
    /// most, alone and for each goal, of a question of ordinary size; of a larger one it is less.
    ///
    /// # Panics
    /// If there is no version of the question.
    pub fn new(
        versions: &'s [Asked<'a>],
        free: impl Fn(&str) -> bool,
        may_be: impl Fn(&str, &ContextValue<'_>) -> bool,
        budget: usize,
    ) -> Self {
        let asked = &versions[0];
        let statements = Statements::of(versions);
        let left = Budget::within(budget, statements.size());
        let budget = left.left();
        let mut names = statements.keys(free, usize::MAX);
        if names.len() > VARIED {
            // Those that could turn it as things are come first.
            let needs: DistinctNames<String> = asked.needs().into_iter().collect();
            names.sort_by_key(|name| !needs.contains(name));
        }
        let is_cut_short = names.len() > VARIED;
        names.truncate(VARIED);
        let is_varied = |key: &str| names.iter().any(|name| name.eq_ignore_ascii_case(key));
        let tests = statements.tests().filter(|test| is_varied(&test.key()));
        let known = |key: &str| known_value(asked, key);
        let mut keys = Keys::new(tests, &filler(asked), known);
        for (key, value) in statements.values_of_variables(asked).filter(|(key, _)| is_varied(key)) {
            keys.add(&key, &value);
        }
        keys.retain(may_be);
        let descent = Descent { keys, choices: Vec::new(), left };
        let left = Budget::new(GOALS * budget);
        let mut search = Self { versions, descent, alone: Vec::new(), budget, left, is_cut_short };
        for key in 0..search.descent.keys.len() {
            search.try_alone(key);
            let choices = search.choices_of(key, &statements);
            search.descent.choices.push(choices);
        }
        search
    }

    /// A context that brings a goal about, of as few keys as the ones that were found first need.
    pub fn find(&mut self, goal: Goal) -> Option<Vec<ContextEntry<'static>>> {
        let budget = self.budget.min(self.left.left());
        self.is_cut_short |= budget == 0;
        self.descent.left = Budget::new(budget.checked_sub(1)?);
        let found = self.find_within_budget(goal);
        let left = self.descent.left.left();
        self.is_cut_short |= found.is_none() && left == 0;
        self.left.take_all(budget - left);
        found
    }

    /// Whether every value that was tried alone was decided as the statements that applied tell it.
    pub fn is_told_by(&self, allowed: impl Fn(&dyn Fn(StatementAt) -> bool) -> bool) -> bool {
        let told = |seen: &Attempt| allowed(&|at| seen.open.contains(&(at, true)));
        self.alone.iter().all(|(.., seen)| told(seen) == seen.decisions[0].is_allowed())
    }

    /// How many requests were tried so far.
    pub fn tried(&self) -> usize {
        self.alone.len() + GOALS * self.budget - self.left.left()
    }

    /// Whether there was more to be tried, be it other keys or other values, than the budget let.
    pub fn is_cut_short(&self) -> bool {
        self.is_cut_short
    }

    fn find_within_budget(&mut self, goal: Goal) -> Option<Vec<ContextEntry<'static>>> {
        let versions = self.versions;
        let alone = self.alone.iter().find(|(.., seen)| goal.is_met(seen));
        match alone.map(|(key, value, _)| (*key, *value)) {
            _ if goal.is_met(&ask(versions, &self.descent.keys, None)) => {}
            Some((key, value)) => self.descent.keys.choose(key, Some(value)),
            None => {
                let end = self.descent.find(|keys| goal.seen(ask(versions, keys, Some(goal))));
                matches!(end, Seen::Found).then(|| self.drop_needless(goal))?;
            }
        }
        let context = self.descent.keys.fill("").1;
        self.descent.keys.choose_all(None);
        Some(context)
    }

    fn try_alone(&mut self, key: usize) {
        let Descent { keys, left, .. } = &mut self.descent;
        for value in 0..keys.values(key) {
            if !left.take() {
                self.is_cut_short = true;
                break;
            }
            keys.choose(key, Some(value));
            self.alone.push((key, value, ask_alone(self.versions, keys)));
        }
        keys.choose(key, None);
    }

    /// Of the values that leave the same open one; of a key that has a value, settles others, or hangs together with
    /// others by variables, the first ones, too. A key that nobody gave may also stay away, where no value of it helps.
    fn choices_of(&self, key: usize, statements: &Statements<'_>) -> Vec<Option<usize>> {
        let name = self.descent.keys.name(key);
        let has_value = !self.versions[0].is_not_given(name);
        let alone = || self.alone.iter().filter(|(own, ..)| *own == key);
        let settles = || alone().any(|(.., seen)| !seen.settled.is_empty());
        let each = has_value || statements.hangs_together(name) || settles();
        let mut chosen: Vec<&Attempt> = Vec::new();
        let mut found: Vec<Option<usize>> = if has_value { vec![None] } else { Vec::new() };
        for (_, value, seen) in alone() {
            let is_new = !chosen.iter().any(|own| own.is_like(seen));
            if is_new || (each && chosen.len() < TOGETHER) {
                chosen.push(seen);
                found.push(Some(*value));
            }
        }
        found.extend((!has_value).then_some(None));
        found
    }

    /// Leaves each key as the question has it that the goal does not need.
    fn drop_needless(&mut self, goal: Goal) {
        let keys = &mut self.descent.keys;
        for key in 0..keys.len() {
            let chosen = keys.chosen(key);
            keys.choose(key, None);
            if !goal.is_met(&ask(self.versions, keys, None)) {
                keys.choose(key, chosen);
            }
        }
    }
}

/// Asks all versions with one value, and looks at every element of the statements about the action.
fn ask_alone(versions: &[Asked<'_>], keys: &Keys<'_>) -> Attempt {
    let mut failing = Vec::new();
    let seen = ask_each(versions, keys, None, |again| {
        let other_action = |found: &_| matches!(found, Err(Mismatch::Action | Mismatch::NotAction(_)));
        let about = again.trace.statements.iter().filter(|trace| !other_action(&trace.found));
        failing.extend(about.flat_map(|trace| {
            mismatches(&again.request, trace.at).into_iter().map(|mismatch| (trace.at, mismatch))
        }));
    });
    Attempt { failing, ..seen }
}

/// Asks all versions with the keys as they are chosen.
fn ask(versions: &[Asked<'_>], keys: &Keys<'_>, goal: Option<Goal>) -> Attempt {
    ask_each(versions, keys, goal, |_| {})
}

fn ask_each(
    versions: &[Asked<'_>],
    keys: &Keys<'_>,
    goal: Option<Goal>,
    mut look: impl FnMut(&Asked<'_>),
) -> Attempt {
    let variation = Variation { keys: keys.fill("").1, ..Variation::default() };
    let mut seen = Attempt::default();
    for version in versions {
        variation.ask(&version.request, |again| {
            look(again);
            let needs = goal.map(|goal| goal.needs(again)).unwrap_or_default();
            let open = again.trace.statements.iter().filter(|trace| trace.truth.could_hold);
            seen.decisions.push(again.decision);
            seen.levels.extend_from_slice(&again.trace.levels);
            seen.open.extend(open.map(|trace| (trace.at, trace.found.is_ok())));
            seen.needs.extend(needs.iter().filter_map(|key| keys.position(key)));
            seen.settled.extend((0..keys.len()).filter(|key| {
                let name = keys.name(*key);
                keys.chosen(*key).is_none() && version.is_not_given(name) && !again.is_not_given(name)
            }));
        });
    }
    seen
}

impl Attempt {
    /// Whether it leaves the same open.
    fn is_like(&self, other: &Self) -> bool {
        self.levels == other.levels && self.open == other.open && self.failing == other.failing
    }
}

impl Goal {
    fn is_met(self, seen: &Attempt) -> bool {
        match self {
            Self::Allowed(allowed) => seen.decisions[0].is_allowed() == allowed,
            Self::Applies(at) => seen.open.contains(&(at, true)),
            Self::Differs { in_kind } => seen
                .decisions
                .windows(2)
                .any(|pair| pair[0].is_allowed() != pair[1].is_allowed() || (in_kind && pair[0] != pair[1])),
        }
    }

    fn seen(self, attempt: Attempt) -> Seen {
        match self.is_met(&attempt) {
            true => Seen::Found,
            false => Seen::Lacks([attempt.needs, attempt.settled].concat()),
        }
    }

    /// The keys that nobody gave and that could bring it about.
    fn needs(self, asked: &Asked<'_>) -> Vec<String> {
        match self {
            Self::Allowed(_) | Self::Differs { .. } => asked.needs(),
            Self::Applies(at) => match asked.trace.statement(at) {
                Some(trace) if trace.truth.could_hold => {
                    needs(&asked.request, at).into_iter().map(str::to_owned).collect()
                }
                _ => Vec::new(),
            },
        }
    }
}
