//! What came of a log.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::event_question::Unasked;
use super::turned_calls::{TurnedBy, TurnedCalls};
use crate::reason::DiffVerdict;

/// How many groups are kept apart, at most.
const MOST_GROUPS: usize = 20_000;

/// Of how many it is kept apart for each reason why events were not asked, at most.
const MOST_REASONS: usize = 1_000;

/// How a call is decided, or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallOutcome {
    /// It is allowed.
    Allowed,
    /// It is denied.
    Denied,
    /// It hangs on what neither the event nor the world tells.
    Open,
}

/// How an event turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallTurn {
    /// It was allowed and is denied now.
    NewlyDenied,
    /// It was denied and is allowed now.
    NewlyAllowed,
    /// How it is decided now hangs on what neither the event nor the world tells.
    Open,
    /// AWS decided otherwise than the old world does.
    UnlikeRecorded,
}

impl CallTurn {
    /// The word of people and programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::NewlyDenied => "newly denied",
            Self::NewlyAllowed => "newly allowed",
            Self::Open => "open",
            Self::UnlikeRecorded => "unlike recorded",
        }
    }
}

/// What came of a log; every event is counted in `asked` or in `not_asked`.
#[derive(Clone, Debug, Default)]
pub struct Replayed {
    /// How many events were asked again.
    pub asked: u64,
    /// How many of them turned, each way.
    pub turned: BTreeMap<CallTurn, u64>,
    /// Those that turned, by who asked for what and what decides.
    pub groups: BTreeMap<TurnedBy, TurnedCalls>,
    /// Events that turned and found no room in a group of their own.
    pub ungrouped: u64,
    /// Events that were not asked, by the reason and by whom or what it is about.
    pub not_asked: BTreeMap<&'static str, BTreeMap<String, u64>>,
    /// How many of the recorded outcomes the old world was held to.
    pub compared: u64,
    /// Whether the log was not read to its end.
    pub is_cut: bool,
    /// When the first event was and when the last, in epoch seconds.
    pub span: Option<(i64, i64)>,
}

impl Replayed {
    /// How many events there were.
    pub fn events(&self) -> u64 {
        self.asked + self.not_asked.values().flat_map(BTreeMap::values).sum::<u64>()
    }

    /// How many events turned in a way.
    pub fn count(&self, turned: CallTurn) -> u64 {
        self.turned.get(&turned).copied().unwrap_or_default()
    }

    /// The word for the change. `unknown` where nothing turned and not every event that was asked has an answer.
    pub fn verdict(&self) -> DiffVerdict {
        match (self.count(CallTurn::NewlyDenied), self.count(CallTurn::NewlyAllowed)) {
            (0, 0) if self.asked == 0 || self.is_cut || self.count(CallTurn::Open) > 0 => {
                DiffVerdict::Unknown
            }
            (0, 0) => DiffVerdict::Equal,
            (_, 0) => DiffVerdict::Narrower,
            (0, _) => DiffVerdict::Wider,
            _ => DiffVerdict::Both,
        }
    }

    /// The groups that turned in a way, those of most events first.
    pub fn groups_of(&self, turned: CallTurn) -> Vec<(&TurnedBy, &TurnedCalls)> {
        let mut groups: Vec<_> = self.groups.iter().filter(|(key, _)| key.turned == turned).collect();
        groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.count));
        groups
    }

    /// Takes in what came of another part of the log.
    pub fn join(&mut self, other: Self) {
        self.asked += other.asked;
        self.ungrouped += other.ungrouped;
        self.compared += other.compared;
        self.is_cut |= other.is_cut;
        other.turned.into_iter().for_each(|(turned, count)| *self.turned.entry(turned).or_default() += count);
        for (why, all) in other.not_asked {
            all.into_iter().for_each(|(what, count)| self.leave_out(Unasked { why, what }, count));
        }
        other.groups.into_iter().for_each(|(key, group)| self.add(key, group));
        other.span.into_iter().for_each(|(first, last)| self.reach(first, last));
    }

    /// Counts an event that was asked.
    pub(super) fn count_asked(&mut self, at: i64) {
        self.asked += 1;
        self.reach(at, at);
    }

    fn reach(&mut self, first: i64, last: i64) {
        let (from, to) = self.span.unwrap_or((first, last));
        self.span = Some((from.min(first), to.max(last)));
    }

    pub(super) fn leave_out(&mut self, unasked: Unasked, count: u64) {
        let known = self.not_asked.entry(unasked.why).or_default();
        let is_full = known.len() >= MOST_REASONS && !known.contains_key(&unasked.what);
        let what = if is_full { "others".to_owned() } else { unasked.what };
        *known.entry(what).or_default() += count;
    }

    /// Counts an event that turned.
    pub(super) fn turn(&mut self, key: TurnedBy, group: TurnedCalls) {
        *self.turned.entry(key.turned).or_default() += group.count;
        self.add(key, group);
    }

    fn add(&mut self, key: TurnedBy, group: TurnedCalls) {
        let is_full = self.groups.len() >= MOST_GROUPS;
        match self.groups.entry(key) {
            Entry::Occupied(mut own) => own.get_mut().join(group),
            Entry::Vacant(_) if is_full => self.ungrouped += group.count,
            Entry::Vacant(room) => drop(room.insert(group)),
        }
    }
}
