//! Expectations that were held to the engine, kept for whoever runs tests.

use std::sync::Arc;

use super::expect::Expectation;
use super::state::Session;
use crate::explain::Explanation;
use crate::names::AccountId;
use crate::source::Place;
use crate::world::World;

/// An expectation and what the engine said to it.
#[derive(Clone, Debug)]
pub struct Held {
    /// What was expected.
    pub expectation: Expectation,
    /// Where it stands: a statement, or a row of a table.
    pub place: Place,
    /// What is wrong, if something is.
    pub wrong: Option<String>,
    /// The answer.
    pub explanation: Arc<Explanation>,
    /// The world of that moment, if worlds are kept; expectations between two changes share it.
    pub world: Option<Arc<World>>,
    /// The account that was selected.
    pub selected: Option<AccountId>,
    /// What the clock said, in epoch seconds.
    pub now: i64,
}

/// What a session keeps of its expectations.
#[derive(Clone, Debug, Default)]
pub(super) struct Keeping {
    wanted: Option<Worlds>,
    snapshot: Option<Arc<World>>,
    held: Vec<Held>,
}

/// Whether the worlds of expectations are kept, too: coverage and mutation ask again in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worlds {
    /// Not needed.
    Forget,
    /// Needed.
    Keep,
}

impl Session {
    /// Keeps the expectations from now on.
    pub fn keep_expectations(&mut self, worlds: Worlds) {
        self.keeping.wanted = Some(worlds);
    }

    /// Hands the kept expectations out.
    pub fn take_held(&mut self) -> Vec<Held> {
        std::mem::take(&mut self.keeping.held)
    }

    /// The world may change: what comes later happens in another one.
    pub(super) fn forget_snapshot(&mut self) {
        self.keeping.snapshot = None;
    }

    /// Keeps an expectation, where somebody wants it.
    pub(super) fn keep(
        &mut self,
        (expectation, place): (&Expectation, &Place),
        wrong: Option<&String>,
        explanation: &Arc<Explanation>,
        now: i64,
    ) {
        let Some(worlds) = self.keeping.wanted else { return };
        let world = (worlds == Worlds::Keep).then(|| self.snapshot());
        self.keeping.held.push(Held {
            expectation: expectation.clone(),
            place: place.clone(),
            wrong: wrong.cloned(),
            explanation: Arc::clone(explanation),
            world,
            selected: self.selected,
            now,
        });
    }

    fn snapshot(&mut self) -> Arc<World> {
        let world = &self.world;
        Arc::clone(self.keeping.snapshot.get_or_insert_with(|| Arc::new(world.clone())))
    }
}
