//! Requests in, decisions out, one JSON a line.
//!
//! INVARIANT: every line gets exactly one answer, in order; a line that is wrong gets its error and the rest
//! goes on.
//!
//! Read first: [`Batch`].

mod error;
mod policies;
mod request;
mod run;
mod schema;
mod stream;

pub use error::LineError;
pub use request::{BatchRequest, read_context, read_principal, read_request, read_request_of};
pub use run::{Batch, Done, principal_of};
pub use schema::SCHEMA;
pub use stream::{StreamError, Summary, stream};
