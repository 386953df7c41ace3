//! The commands: one table of them, what each does to a world and says of it, and the scripts made of them.
//!
//! INVARIANT: nothing here decides, prints, reads a file or a clock. Decisions come from `eval` by way of
//! `explain`; the outside is reached through [`Outside`] alone.
//!
//! Read first: [`Row`], then [`Session::run`].

mod again;
mod assume;
mod assumptions;
pub mod aws;
mod command;
mod compare;
mod context;
mod control;
mod execute;
mod expect;
mod failure;
mod held;
mod identity;
mod later;
mod mutation;
mod need;
mod outcome;
mod outside;
mod phrase;
mod principals;
mod question;
mod reason;
mod record;
mod rows;
mod script;
mod starting;
mod state;
mod stream;
mod table;

pub use assume::{AssumeRole, AssumeRoot, Federate};
pub use command::Command;
pub use compare::Comparison;
pub use context::Context;
pub use control::{Edited, Loading, Setting, Shown, command_list, lists};
pub use execute::execute;
pub use expect::{Expectation, ExpectationTable, Expected};
pub use failure::{Failure, placed};
pub use held::{Held, Worlds};
pub use identity::SignIn;
pub use later::{Later, Message};
pub use mutation::mutate;
pub use outcome::{Outcome, Part, Status, Tally};
pub use outside::{Outside, Unreadable};
pub use phrase::Precision;
pub use question::Posed;
pub use reason::Reason;
pub use script::{Ran, Run, run_script};
pub use starting::starting_script;
pub use state::{Mode, Session};
pub use stream::run_stream;
pub use table::{Group, Row, rows, usages};
