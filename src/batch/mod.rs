//! Requests in, decisions out, one JSON a line.
//!
//! INVARIANT: every line gets exactly one answer, in order; a line that is wrong gets its error and the rest
//! goes on.
//!
//! Read first: [`Batch`].

mod error;
mod run;
mod schema;
mod stream;

pub use error::LineError;
pub use run::{Batch, Done};
pub use schema::SCHEMA;
pub use stream::{StreamError, Summary, stream};
