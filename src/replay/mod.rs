//! Past calls asked again: the events of CloudTrail against a world, what a change of it would have turned, and the least that
//! policies have to allow for them.
//!
//! INVARIANT: every event is counted once, as asked or as not asked for a reason that is told; and the order in which
//! events come changes nothing, so that several threads can share a log.
//!
//! Read first: [`Replay`], then [`Replayed`]; [`Learning`], then [`LearnedPolicies`].

mod event_question;
mod learned;
mod learning;
mod needed;
mod run;
mod shared_calls;
mod split;
mod tally;
mod turned_calls;

pub use learned::{LearnedPolicies, LearnedPolicy, Narrower};
pub use learning::Learning;
pub use needed::{NeededBy, NeededCalls};
pub use run::Replay;
pub use shared_calls::SharedCalls;
pub use split::{Chunk, EventSplitter};
pub use tally::{CallOutcome, CallTurn, Replayed};
pub use turned_calls::{TurnedBy, TurnedCalls, TurnedExample};
