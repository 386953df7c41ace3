//! The search for context keys with which a question comes out otherwise.

use super::open::{Statements, known_value};
use crate::eval::needs;
use crate::question::space::{Filler, KeyTest, Keys};
use crate::question::{Asked, Variation};
use crate::trace::{Decision, LevelTrace, StatementAt};
use crate::world::{ContextEntry, ContextValue};

/// How many keys are varied, at most.
const VARIED: usize = 12;

/// How many values of a key are tried together with those of others, where not one stands for many.
const TOGETHER: usize = 12;

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
/// Every value is tried alone first. Those that leave the same statements open are alike, and one of them stands for
/// all where several keys are tried together; what no open key can change any more is not gone into.
pub struct ContextSearch<'s, 'a> {
    /// The question, or versions of it in several worlds.
    versions: &'s [Asked<'a>],
    keys: Keys<'s>,
    /// What is tried of each key together with others; `None` leaves a key as the question has it.
    choices: Vec<Vec<Option<usize>>>,
    /// The values alone: the key, which of its values, and what it comes to.
    alone: Vec<(usize, usize, Attempt)>,
    budget: usize,
    left: usize,
}

/// The values that a test suggests for its key, with the variables that have a value.
pub fn values_for(asked: &Asked<'_>, test: KeyTest<'_>) -> Vec<ContextValue<'static>> {
    let mut keys = Keys::new(std::iter::once(test), &filler(asked), |key: &str| known_value(asked, key));
    let mut found: Vec<ContextValue<'static>> = Vec::new();
    for value in 0..keys.values(0) {
        keys.choose(0, Some(value));
        let value = keys.fill("").1.swap_remove(0).1;
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

fn filler<'f>(asked: &'f Asked<'_>) -> Filler<'f> {
    Filler::new(&asked.request.caller, asked.request.world.catalog())
}

/// What a request came to.
#[derive(Clone, Debug, Default)]
struct Attempt {
    /// By version.
    decisions: Vec<Decision>,
    hangs: bool,
    levels: Vec<LevelTrace>,
    /// The statements that could apply, and whether they do.
    open: Vec<(StatementAt, bool)>,
    /// The keys that could bring the goal about.
    needs: Vec<usize>,
}

impl<'s, 'a> ContextSearch<'s, 'a> {
    /// Tries the values that the keys that are free may have, each alone. `budget` is how many requests are tried at
    /// most, alone and for each goal.
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
        let mut names = statements.keys(free);
        names.truncate(VARIED);
        let is_varied = |key: &str| names.iter().any(|name| name.eq_ignore_ascii_case(key));
        let tests = statements.tests().filter(|test| is_varied(&test.key()));
        let known = |key: &str| known_value(asked, key);
        let mut keys = Keys::new(tests, &filler(asked), known);
        for (key, value) in statements.values_of_variables(asked).filter(|(key, _)| is_varied(key)) {
            keys.add(&key, &value);
        }
        keys.retain(may_be);
        let mut search =
            Self { versions, keys, choices: Vec::new(), alone: Vec::new(), budget, left: budget };
        for key in 0..search.keys.len() {
            search.try_alone(key);
            let choices = search.choices_of(key, &statements);
            search.choices.push(choices);
        }
        search
    }

    /// A context that brings a goal about, of as few keys as the ones that were found first need.
    pub fn find(&mut self, goal: Goal) -> Option<Vec<ContextEntry<'static>>> {
        self.left = self.budget;
        let start = self.ask(Some(goal));
        if goal.is_met(&start) {
            return Some(Vec::new());
        }
        let alone = self.alone.iter().find(|(.., seen)| goal.is_met(seen));
        let found = match alone.map(|(key, value, _)| (*key, *value)) {
            Some((key, value)) => {
                self.keys.choose(key, Some(value));
                true
            }
            None => self.dive(goal, &start, &mut vec![false; self.keys.len()]) && self.drop_needless(goal),
        };
        let context = found.then(|| self.keys.fill("").1);
        (0..self.keys.len()).for_each(|key| self.keys.choose(key, None));
        context
    }

    fn try_alone(&mut self, key: usize) {
        for value in 0..self.keys.values(key).min(self.left) {
            self.keys.choose(key, Some(value));
            let seen = self.ask(None);
            self.alone.push((key, value, seen));
            self.left -= 1;
        }
        self.keys.choose(key, None);
    }

    /// Of the values that leave the same open one; of a key that has a value, or hangs together with others by
    /// variables, the first ones, too.
    fn choices_of(&self, key: usize, statements: &Statements<'_>) -> Vec<Option<usize>> {
        let name = self.keys.name(key);
        let has_value = !self.versions[0].is_not_given(name);
        let each = has_value || statements.hangs_together(name);
        let mut chosen: Vec<&Attempt> = Vec::new();
        let mut found: Vec<Option<usize>> = if has_value { vec![None] } else { Vec::new() };
        for (_, value, seen) in self.alone.iter().filter(|(own, ..)| *own == key) {
            let is_new = !chosen.iter().any(|own| own.is_like(seen));
            if is_new || (each && chosen.len() < TOGETHER) {
                chosen.push(seen);
                found.push(Some(*value));
            }
        }
        found
    }

    /// Chooses of one key after the other what leaves the goal open, until it is met.
    fn dive(&mut self, goal: Goal, seen: &Attempt, decided: &mut [bool]) -> bool {
        let fixed = |key: &usize| self.choices[*key].first() == Some(&None);
        let undecided = |key: &usize| !decided[*key];
        let mut fixed = (0..decided.len()).filter(fixed).filter(undecided);
        let Some(key) = fixed.next().or_else(|| seen.needs.iter().copied().find(undecided)) else {
            return false;
        };
        let more = fixed.next().is_some();
        decided[key] = true;
        for choice in self.choices[key].clone() {
            if self.left == 0 {
                break;
            }
            self.keys.choose(key, choice);
            let next = self.ask(Some(goal));
            self.left -= 1;
            if goal.is_met(&next) || ((more || goal.is_open(&next)) && self.dive(goal, &next, decided)) {
                return true;
            }
        }
        self.keys.choose(key, None);
        decided[key] = false;
        false
    }

    /// Leaves each key as the question has it that the goal does not need; `true`.
    fn drop_needless(&mut self, goal: Goal) -> bool {
        for key in 0..self.keys.len() {
            let chosen = self.keys.chosen(key);
            self.keys.choose(key, None);
            if !goal.is_met(&self.ask(None)) {
                self.keys.choose(key, chosen);
            }
        }
        true
    }

    /// Asks all versions with the keys as they are chosen.
    fn ask(&self, goal: Option<Goal>) -> Attempt {
        let variation = Variation { keys: self.keys.fill("").1, ..Variation::default() };
        let mut seen = Attempt::default();
        for version in self.versions {
            variation.ask(&version.request, |again| {
                let needs = goal.map(|goal| goal.needs(again)).unwrap_or_default();
                let open = again.trace.statements.iter().filter(|trace| trace.truth.could_hold);
                seen.decisions.push(again.decision);
                seen.hangs |= again.trace.hangs;
                seen.levels.extend_from_slice(&again.trace.levels);
                seen.open.extend(open.map(|trace| (trace.at, trace.found.is_ok())));
                seen.needs.extend(needs.iter().filter_map(|key| self.keys.position(key)));
            });
        }
        seen
    }
}

impl Attempt {
    /// Whether it leaves the same open.
    fn is_like(&self, other: &Self) -> bool {
        self.levels == other.levels && self.open == other.open
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

    /// Whether keys that nobody gave could bring it about.
    fn is_open(self, seen: &Attempt) -> bool {
        match self {
            Self::Allowed(_) | Self::Differs { .. } => seen.hangs,
            Self::Applies(at) => seen.open.contains(&(at, false)),
        }
    }

    /// The keys that nobody gave and that could bring it about.
    fn needs(self, asked: &Asked<'_>) -> Vec<String> {
        match self {
            Self::Allowed(_) | Self::Differs { .. } => asked.needs(),
            Self::Applies(at) => needs(&asked.request, at).into_iter().map(str::to_owned).collect(),
        }
    }
}
