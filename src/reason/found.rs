//! What is found class by class, confirmed by the engine, and put together by statement.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::actions::ListedActions;
use super::class::Class;
use super::cube::Region;
use super::difference::{Caveat, ChangedStatement, PolicyDifference, StatementChange, add_new};
use super::goal::Way;
use super::how_much::HowMuch;
use super::lead::{Lead, Limiting, SIDES, Side, Standing, leads};
use super::resources::Resources;
use super::solver::{Solved, solve};
use super::two_versions::VersionPair;
use super::witness::{self, Confirmed};
use crate::facts::RuleId;
use crate::names::TextSet;
use crate::question::Question;
use crate::question::search::is_stopped;
use crate::source::first_of;
use crate::world::Prepared;

/// How many requests are tried where a gate decides what was expected of the policies.
const TRIED: usize = 3;

/// How many actions a caveat names, at most.
const NAMED: usize = 3;

/// What was found so far.
#[derive(Default)]
pub(super) struct Findings {
    how_much: HowMuch,
    changes: Vec<StatementChange>,
    caveats: BTreeSet<Caveat>,
    /// The actions of which something else decides than was looked at, by the rule of the gate that does.
    others: BTreeMap<Option<RuleId>, BTreeSet<Box<str>>>,
    assumed: BTreeSet<&'static str>,
}

/// What is looked at: a way round, the requests that stand for a class, its actions.
#[derive(Clone, Copy)]
struct Examined<'l> {
    side: Side,
    asked: &'l [Question; 2],
    actions: &'l [&'l str],
    comparison: &'l VersionPair<'l>,
}

impl Findings {
    pub(super) fn of(how_much: HowMuch) -> Self {
        Self { how_much, ..Self::default() }
    }

    /// Whether nothing more is looked for: enough was found, or somebody said to stop.
    pub(super) fn is_done(&mut self) -> bool {
        if is_stopped() {
            self.caveat(Caveat::of_stop());
            return true;
        }
        self.wants_anything() && !self.changes.is_empty()
    }

    /// Whether one request that differs is all that is looked for.
    pub(super) fn wants_anything(&self) -> bool {
        self.how_much == HowMuch::Anything
    }

    pub(super) fn caveat(&mut self, caveat: Caveat) {
        self.caveats.insert(caveat);
    }

    pub(super) fn assume(&mut self, sentence: &'static str) {
        self.assumed.insert(sentence);
    }

    pub(super) fn into_difference(mut self, listed: &ListedActions) -> PolicyDifference {
        self.changes.sort_by_key(|change| change.turn);
        for change in &mut self.changes {
            change.folded = listed.folded(&change.actions);
            change.all_but = listed.all_but(change);
        }
        PolicyDifference {
            changes: self.changes,
            gone: Vec::new(),
            new: Vec::new(),
            caveats: self.caveats.into_iter().chain(of_others(&self.others)).collect(),
            assumed: self.assumed.into_iter().map(str::to_owned).collect(),
        }
    }

    /// Looks for differences in a class. `asked` is what stands for it in both versions.
    pub(super) fn add(
        &mut self,
        class: &mut Class,
        asked: &[Question; 2],
        actions: &[&str],
        comparison: &VersionPair<'_>,
    ) {
        for side in SIDES.into_iter().filter(|side| comparison.asked.turns.contains(&side.turn)) {
            self.add_side(class, Examined { side, asked, actions, comparison });
        }
        if class.resources.gave_up || class.is_partial() {
            self.caveat(Caveat::new("a class of requests has more parts than are looked at"));
        }
    }

    /// Adds what the engine decides otherwise of examples, where that is told of no statement.
    pub(super) fn add_examples(
        &mut self,
        asked: &[Question; 2],
        actions: &[&str],
        comparison: &VersionPair<'_>,
    ) {
        for side in SIDES.into_iter().filter(|side| comparison.asked.turns.contains(&side.turn)) {
            let is_told = |action: &&&str| {
                self.changes.iter().any(|change| {
                    change.turn == side.turn && change.actions.iter().any(|one| **one == ***action)
                })
            };
            let open: Vec<&str> = actions.iter().filter(|action| !is_told(action)).copied().collect();
            let confirmed = witness::confirm(asked, &open, side.turn, comparison);
            let lead = Lead { suspect: None, layer: None, ways: Vec::new() };
            self.take(confirmed, &lead, &(Vec::new(), false), side, comparison);
        }
    }

    fn add_side(&mut self, class: &mut Class, examined: Examined<'_>) {
        let Class { resources, versions, all, dimensions } = class;
        let Some(leads) = leads(versions, examined.side) else {
            return self.caveat(Caveat::new("there are too many ways of not being allowed"));
        };
        let limiting = Limiting::new(versions, examined.side);
        for lead in leads {
            if self.is_done() {
                return;
            }
            let mut limits = None;
            for way in &lead.ways {
                let mut start = all.clone();
                for _ in 0..TRIED {
                    let Some(region) = self.solved(resources, &start, way) else { break };
                    let made = witness::questions(examined.asked, resources, dimensions, &region);
                    let limits = limits.get_or_insert_with(|| limiting.of(lead.suspect, all, resources));
                    if self.note(&made, &lead, limits, examined) {
                        break;
                    }
                    let Some(name) = &made[0].resource else { break };
                    let set = resources.add(TextSet::text(name));
                    start = start.with_resource((set, false));
                }
            }
        }
    }

    fn solved(&mut self, resources: &mut Resources, start: &Region, way: &Way<'_>) -> Option<Region> {
        match solve(resources, start, way) {
            Solved::Found(region) => Some(region),
            Solved::None => None,
            Solved::GaveUp => {
                self.caveat(Caveat::new("a class of requests took more steps than it may"));
                None
            }
        }
    }

    /// Adds what the engine confirms of a request; whether it is anything.
    fn note(
        &mut self,
        made: &[Question; 2],
        lead: &Lead<'_>,
        limits: &(Vec<Standing>, bool),
        examined: Examined<'_>,
    ) -> bool {
        let mut confirmed = witness::confirm(made, examined.actions, examined.side.turn, examined.comparison);
        std::mem::take(&mut confirmed.others).into_iter().for_each(|(rule, action)| {
            self.others.entry(rule).or_default().insert(action);
        });
        self.take(confirmed, lead, limits, examined.side, examined.comparison)
    }

    /// Adds what was confirmed; whether it is anything.
    fn take(
        &mut self,
        confirmed: Confirmed,
        lead: &Lead<'_>,
        limits: &(Vec<Standing>, bool),
        side: Side,
        comparison: &VersionPair<'_>,
    ) -> bool {
        let Some(witness) = confirmed.witness else { return false };
        let prepared = [0, 1].map(|version| comparison.prepare(version, &witness.questions[version]).ok());
        let named = |standing: Standing| named(prepared[standing.version].as_ref()?, standing);
        let (turn, because, layer) = (side.turn, lead.suspect.and_then(named), lead.layer);
        let (limits, has_more_exceptions) = limits;
        let limits: Vec<ChangedStatement> = limits.iter().copied().filter_map(named).collect();
        drop(prepared);
        let is_it = |change: &StatementChange| {
            (change.turn, change.layer) == (turn, layer) && change.because == because
        };
        let place = self.changes.iter().position(is_it);
        let plainer = place.map(|_| witness.clone());
        let known = place.unwrap_or_else(|| {
            self.changes.push(StatementChange {
                turn,
                callers: Vec::new(),
                because,
                layer,
                actions: Vec::new(),
                folded: Vec::new(),
                all_but: Vec::new(),
                except: Vec::new(),
                has_more_exceptions: false,
                witness,
            });
            self.changes.len() - 1
        });
        let change = &mut self.changes[known];
        if let Some(witness) = plainer.filter(|other| other.length() < change.witness.length()) {
            change.witness = witness;
        }
        change.actions.extend(confirmed.actions);
        change.actions.sort();
        change.actions.dedup();
        add_new(&mut change.except, limits);
        change.has_more_exceptions |= has_more_exceptions;
        true
    }
}

/// The statement that stands there, in words that can be shown.
fn named(request: &Prepared<'_>, Standing { version, at }: Standing) -> Option<ChangedStatement> {
    let view = request.statement(at)?;
    Some(ChangedStatement {
        is_new: version == 1,
        effect: view.statement.effect,
        name: view.origin()?.name.clone(),
        policy: Arc::clone(view.policy.policy()),
        statement: view.number,
    })
}

/// A caveat for each rule by which something else decides.
fn of_others(others: &BTreeMap<Option<RuleId>, BTreeSet<Box<str>>>) -> Vec<Caveat> {
    let told = |(rule, actions): (&Option<RuleId>, &BTreeSet<Box<str>>)| {
        let actions: Vec<&str> = actions.iter().map(AsRef::as_ref).collect();
        let by = rule.map(|rule| format!(" ({rule})")).unwrap_or_default();
        let why = format!("something else than the policies decides {}{by}", first_of(NAMED, &actions));
        Caveat { rule: *rule, why }
    };
    others.iter().map(told).collect()
}
