//! The calls that principals made and still need.

use std::collections::BTreeMap;

use super::tally::Replayed;
use crate::question::Question;
use crate::reason::place_of_resource;

/// How many resources at either end of the order are kept of one place: as many as are named one by one at most, and where
/// there are more, what all have in common is what the first and the last have in common.
const AT_AN_END: usize = 2;

/// How many actions in places are kept of one principal, at most.
const MOST_PLACES: usize = 2_000;

/// How many calls are kept that a narrower policy would lose, at most.
const MOST_LOST: usize = 64;

/// What a log tells of the calls of users and roles.
#[derive(Clone, Debug, Default)]
pub struct NeededCalls {
    /// How many events there were, from when to when, and those that were left out.
    pub log: Replayed,
    /// By the ARN of the user or role.
    pub by: BTreeMap<String, NeededBy>,
}

/// The calls of one user or role.
#[derive(Clone, Debug, Default)]
pub struct NeededBy {
    /// How many are to stay allowed.
    pub calls: u64,
    /// How many of them the narrower policy denies.
    pub lost: u64,
    /// How many AWS did not deny and the world denies.
    pub denied_here: u64,
    /// One of those: action and resource.
    pub denied_example: Option<(String, String)>,
    /// Calls that stand for all, by action and place.
    kept: BTreeMap<(Box<str>, Box<str>), OfPlace>,
    /// Calls that a narrower policy would lose.
    found: BTreeMap<CallOrder, Question>,
}

/// Calls for one action in one place, by resource: of each resource the first call.
type OfPlace = BTreeMap<Box<str>, (CallOrder, Question)>;

/// The time and the id of a call.
type CallOrder = (i64, String);

impl NeededCalls {
    /// Takes in what came of another part of the log.
    pub fn join(&mut self, other: Self) {
        self.log.join(other.log);
        other.by.into_iter().for_each(|(arn, by)| self.by.entry(arn).or_default().join(by));
    }

    /// Takes from an earlier reading the calls that were lost then.
    pub(super) fn remember(&mut self, earlier: Self) {
        for (arn, by) in earlier.by {
            self.by.entry(arn).or_default().found.extend(by.found);
        }
    }
}

impl NeededBy {
    /// Calls that stand for all, each once.
    pub(super) fn questions(&self) -> impl Iterator<Item = &Question> {
        let kept = self.kept.values().flat_map(BTreeMap::values).map(|(_, question)| question);
        kept.chain(self.found.values())
    }

    pub(super) fn is_denied_here(&mut self, question: &Question) {
        self.denied_here += 1;
        let own = (question.action.to_string(), resource(question).to_owned());
        self.denied_example = self.denied_example.take().into_iter().chain([own]).min();
    }

    pub(super) fn is_lost(&mut self, id: String, question: Question) {
        self.calls += 1;
        self.lost += 1;
        self.found.insert((question.assumptions.now, id.clone()), question.clone());
        while self.found.len() > MOST_LOST {
            self.found.pop_last();
        }
        self.keep((question.assumptions.now, id), question);
    }

    pub(super) fn is_needed(&mut self, id: String, question: Question) {
        self.calls += 1;
        self.keep((question.assumptions.now, id), question);
    }

    fn join(&mut self, other: Self) {
        self.calls += other.calls;
        self.lost += other.lost;
        self.denied_here += other.denied_here;
        self.denied_example = self.denied_example.take().into_iter().chain(other.denied_example).min();
        self.found.extend(other.found);
        let kept = other.kept.into_values().flat_map(BTreeMap::into_values);
        kept.for_each(|(order, question)| self.keep(order, question));
    }

    /// Keeps a call, where it is the first or the last of its place in the order of resources.
    fn keep(&mut self, order: CallOrder, question: Question) {
        let place = (question.action.clone(), place_of_resource(resource(&question)).into());
        let of_place = self.kept.entry(place).or_default();
        let resource: Box<str> = resource(&question).into();
        match of_place.get_mut(&resource) {
            Some(known) if known.0 <= order => {}
            Some(known) => *known = (order, question),
            None => drop(of_place.insert(resource, (order, question))),
        }
        if of_place.len() > 2 * AT_AN_END {
            let middle = of_place.keys().nth(AT_AN_END).cloned();
            middle.and_then(|middle| of_place.remove(&middle));
        }
        while self.kept.len() > MOST_PLACES {
            self.kept.pop_last();
        }
    }
}

fn resource(question: &Question) -> &str {
    question.resource.as_deref().unwrap_or("*")
}
