//! Requests in, decisions out, one JSON a line.
//!
//! INVARIANT: every line gets exactly one answer, in order; a line that is wrong gets its error and the rest
//! goes on.
//!
//! Read first: [`Batch`].

mod error;
mod run;
mod stream;

pub use error::LineError;
pub use run::{Batch, Done, REQUESTS};
pub use stream::{StreamError, Summary, stream};

/// The contract of a batch: the JSON Schema (2020-12) of requests and answers, `$defs/request` and `$defs/answer`.
pub const SCHEMA: &str = include_str!("schema.json");
