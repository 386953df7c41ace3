//! The search for a request.
//!
//! INVARIANT: nothing is guessed. Requests are tried, and the engine's trace says what kept them from what is looked
//! for: that is what the next try changes.

mod context;
mod obstacle;
mod open;
mod statement;

pub use context::{ContextSearch, Goal, values_for};
pub use obstacle::Obstacle;
pub use open::Statements;
pub use statement::{Reach, Spot, StatementId, places};
