//! Expectations that were held to the engine, handed to whoever runs tests, one by one.

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
    /// Hands expectations out from now on.
    pub(super) fn begin(&mut self, worlds: Worlds) {
        self.wanted = Some(worlds);
    }

    /// The world may change: what comes later happens in another one.
    pub(super) fn forget_snapshot(&mut self) {
        self.snapshot = None;
    }

    /// An expectation that was held to the engine in a world, where somebody wants it.
    pub(super) fn wanted(&mut self, held: impl FnOnce() -> Held, world: &World) -> Option<Held> {
        let worlds = self.wanted?;
        let held = held();
        // Of all that a pattern covers it is not asked again under every change.
        let is_kept = worlds == Worlds::Keep
            && !held.expectation.question.is_pattern
            && held.expectation.question.as_role.is_none();
        let world = is_kept.then(|| self.snapshot(world));
        Some(Held { world, ..held })
    }

    fn snapshot(&mut self, world: &World) -> Arc<World> {
        Arc::clone(self.snapshot.get_or_insert_with(|| Arc::new(world.clone())))
    }
}
