//! Questions about all that patterns cover: every action that one names, on every resource that the other does.
//!
//! The keys of such a question are those that it gives, as in a question about one request. So what is said of all
//! agrees with what the engine says of each.
//!
//! Read first: [`AskedPattern`], then [`PatternAnswer`].

mod alike;
mod answer;
mod asked;
mod found;
mod look;
mod survey;

pub use answer::{PatternAnswer, PatternOutcome, PatternPart, PatternReason, PatternVerdict};
pub use asked::AskedPattern;
