//! Trials of scripts: what their expectations make of the policies, which changes they notice, and what to start with.
//!
//! INVARIANT: nothing here runs a script or prints: what a script expected is handed in, what was found is data.
//!
//! Read first: [`mutate`].

mod mutation;
mod starter_script;

pub use mutation::{MutationWork, mutate};
pub use starter_script::{ReachingQuestions, starter_script};

use crate::analysis::Coverage;
use crate::session::Held;
use crate::world::World;

/// Asks the expectations of a script again and collects what each consulted; `end` is the world at its end.
pub fn coverage(held: &[Held], end: &World) -> Coverage {
    let mut coverage = Coverage::default();
    coverage.declare(end);
    for held in held {
        let Some(world) = &held.world else { continue };
        // It was asked before in the same world, so it is not refused now.
        if let Ok(asked) = held.expectation.question.ask(world) {
            coverage.add(&asked.request, asked.decision, &asked.trace);
        }
    }
    coverage
}
