//! The search for a request.
//!
//! INVARIANT: nothing is guessed. Requests are tried, and the engine's trace says what kept them from what is looked
//! for: that is what the next try changes.
//!
//! There is one search: `descent` gives one key after the other a value of [`super::space`]. What is looked for says
//! what a request came to and which keys it lacks: a [`Goal`] by asking one question again, a [`Reach`] by asking of all
//! actions and resources of one statement.

mod budget;
mod context;
mod descent;
mod obstacle;
mod open;
mod reach;

pub use budget::{Budget, is_stopped, stop_by};
pub use context::{ContextSearch, Goal, values_for};
pub use obstacle::Obstacle;
pub use open::Statements;
pub use reach::{Reach, Spot, StatementId, places};
