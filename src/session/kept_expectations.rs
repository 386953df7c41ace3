//! Expectations that were held to the engine, kept for whoever runs tests.

use std::sync::Arc;

use super::expectation::Expectation;
use crate::explain::Explanation;
use crate::names::AccountId;
use crate::source::{Diagnostic, Place};
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
    /// What in it cannot mean what it says, at its words.
    pub warnings: Vec<Diagnostic>,
    /// The answer.
    pub explanation: Arc<Explanation>,
    /// The world of that moment, if worlds are kept; expectations between two changes share it.
    pub world: Option<Arc<World>>,
    /// The account that was selected.
    pub selected: Option<AccountId>,
    /// What the clock said, in epoch seconds.
    pub now: i64,
}

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

impl Keeping {
    /// Keeps expectations from now on.
    pub(super) fn begin(&mut self, worlds: Worlds) {
        self.wanted = Some(worlds);
    }

    /// Hands the kept expectations out.
    pub(super) fn take(&mut self) -> Vec<Held> {
        std::mem::take(&mut self.held)
    }

    /// The world may change: what comes later happens in another one.
    pub(super) fn forget_snapshot(&mut self) {
        self.snapshot = None;
    }

    /// Keeps an expectation that was held to the engine in a world, where somebody wants it.
    pub(super) fn keep(&mut self, held: impl FnOnce() -> Held, world: &World) {
        let Some(worlds) = self.wanted else { return };
        let world = (worlds == Worlds::Keep).then(|| self.snapshot(world));
        self.held.push(Held { world, ..held() });
    }

    fn snapshot(&mut self, world: &World) -> Arc<World> {
        Arc::clone(self.snapshot.get_or_insert_with(|| Arc::new(world.clone())))
    }
}
