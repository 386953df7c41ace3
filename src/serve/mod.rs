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
mod counter;
mod form;
mod guard;
mod head;
mod message;
mod paging;
mod protocol;
mod refusal;
mod route;
mod xml;

pub use analyzer::Previews;
pub use connection::converse;
pub use counter::Counter;
pub use guard::Hosts;
