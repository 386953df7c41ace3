//! What a decision looked like, as data, and who may listen while it is made.
//!
//! INVARIANT: a recorder hears, it never answers: nothing that it does can change a decision.
//!
//! Read first: [`Trace`].

mod decision;
mod gate;
mod recorder;
mod statement;
mod view;

pub use decision::{CouldAllow, Decision, LevelOutcome, LevelTrace, Trace};
pub use gate::{Gate, GateName};
pub use recorder::Recorder;
pub use statement::{ConditionMismatch, Matched, Mismatch, StatementAt, StatementTrace, Strengths, Truth};
pub use view::StatementView;
