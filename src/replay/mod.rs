//! Past calls asked again: the events of CloudTrail against a world, and what a change of it would have turned.
//!
//! INVARIANT: every event is counted once, as asked or as not asked for a reason that is told; and the order in which
//! events come changes nothing, so that several threads can share a log.
//!
//! Read first: [`Replay`], then [`Replayed`].

mod event_question;
mod run;
mod split;
mod tally;
mod turned_calls;

pub use run::Replay;
pub use split::{Chunk, EventSplitter};
pub use tally::{CallOutcome, CallTurn, Replayed};
pub use turned_calls::{TurnedBy, TurnedCalls, TurnedExample};
