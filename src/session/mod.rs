//! The kernel of a session: a world, who is signed in, what was asked; statements that are understood and executed.
//!
//! INVARIANT: nothing here knows a command: whoever makes a session hands it the [`Table`] of those there are. Nothing
//! decides, prints, reads a file or a clock. Decisions come from `eval` by way of `explain`; the outside is reached
//! through [`Outside`] alone.
//!
//! Read first: [`Command`] and [`Row`], then [`Session::run`].

mod as_role;
mod asked_again;
mod asking;
mod aws_policy;
mod blame;
mod carry_out;
mod clauses;
mod command;
mod context;
mod documents;
mod expectation;
mod expectation_warnings;
mod failure;
mod federated_session;
mod file_of;
mod files;
mod found_at_once;
mod given_texts;
mod guess;
mod history;
mod kept_expectations;
mod need;
mod outcome;
mod outside;
mod past;
mod phrase;
mod posed;
mod principals;
mod read_only;
mod reason;
mod role_session;
mod root_session;
mod run;
mod scoped_session;
mod script;
mod signed_in;
pub(crate) mod slots;
mod state;
mod stream;
mod undo;

pub(crate) use asking::{REMEMBERED, nobody_asks, nothing_asked};
pub(crate) use context::relative_to;
pub(crate) use federated_session::{Federate, begin_federation, federation_needs};
pub(crate) use file_of::FileOf;
pub(crate) use found_at_once::FoundAtOnce;
pub(crate) use history::MOST_CHANGES;
pub(crate) use need::Need;
pub(crate) use past::PastQuestion;
pub(crate) use principals::{find_account, find_principal, find_role, find_user};
pub(crate) use role_session::{AssumeRole, begin_role, role_needs};
pub(crate) use root_session::{AssumeRoot, begin_root, check_organization, root_need};
pub(crate) use scoped_session::{SCOPE, begin_scope, scope_need};
pub(crate) use signed_in::{authorize, check_session_name, enter, nobody};
pub(crate) use state::Draft;

pub use aws_policy::aws_policy_in_place_of;
pub use carry_out::CarriedOut;
pub use command::{Command, Guess, Guesser, Heading, Made, Row, Table, Unusual, command};
pub use context::Context;
pub use documents::documents;
pub use expectation::{Expectation, ExpectedVerdict};
pub use expectation_warnings::warnings_at;
pub use failure::{Failure, placed};
pub use given_texts::GivenTexts;
pub use kept_expectations::{Held, Worlds};
pub use outcome::{Outcome, Part, Status, Tally};
pub use outside::{EditedText, Existing, Outside, Unreadable, Wrote};
pub use phrase::Precision;
pub use posed::Posed;
pub use read_only::ReadOnly;
pub use reason::Reason;
pub use run::Mode;
pub use script::{Ran, Run, run_script};
pub use state::Session;
pub use stream::run_stream;
