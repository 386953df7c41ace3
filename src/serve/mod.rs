//! AWS's own clients, answered on one port of this machine: what they ask of IAM, STS, Organizations and others is asked
//! of a world.
//!
//! INVARIANT: nothing here decides or changes anything: a call is an operation of the AWS command line that only reads,
//! asked for whoever the client says it is. What a client sends is bounded before it is looked at.
//!
//! Read first: [`converse`], then `answer`.

mod analyzer;
mod answer;
mod caller;
mod connection;
mod form;
mod guard;
mod head;
mod message;
mod paging;
mod protocol;
mod refusal;
mod route;
mod xml;

use std::sync::Arc;

pub use analyzer::Previews;
pub use connection::converse;
pub use guard::Hosts;

use crate::session::Session;

/// What is behind the port.
pub trait Counter: Sync {
    /// The session whose world is asked, as it is now.
    fn session(&self) -> Arc<Session>;

    /// The hosts under whose name it may be called.
    fn hosts(&self) -> &Hosts;

    /// The access previews that were made last: a client asks for what it made.
    fn previews(&self) -> &Previews;

    /// What the clock says, in epoch seconds.
    fn now(&self) -> i64;

    /// Whether no further call is taken.
    fn is_closing(&self) -> bool;
}
