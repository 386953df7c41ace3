//! A command, understood and ready to be executed.

use super::assume::{AssumeRole, AssumeRoot, Federate};
use super::compare::Comparison;
use super::control::{Edited, Loading, Setting, Shown};
use super::expect::{Expectation, ExpectationTable};
use super::identity::SignIn;
use super::later::Later;
use super::question::Posed;
use crate::names::AccountId;
use crate::source::Source;
use crate::world::Change;
use std::sync::Arc;

/// A command. What it names has been looked up and what it reads has been read.
#[derive(Clone, Debug)]
pub enum Command {
    /// Selects an account, and creates it if there is none of that id.
    Account {
        /// The id.
        id: AccountId,
        /// The name, if the account is to be created.
        name: Option<Box<str>>,
        /// The alias.
        alias: Option<Box<str>>,
    },
    /// Changes the world.
    Change(Box<Change>),
    /// Takes a policy that was edited.
    Edit(Box<Edited>),
    /// Reads a dump of an account.
    Load(Loading),
    /// Runs a script.
    Read(Arc<Source>),
    /// Signs in.
    SignIn(SignIn),
    /// Signs out.
    SignOut,
    /// Says who is signed in.
    WhoAmI,
    /// Opens the sign-in page of an account.
    Open(Box<str>),
    /// Assumes a role.
    Assume(Box<AssumeRole>),
    /// Begins a root session for a task.
    AssumeRoot(AssumeRoot),
    /// Begins a federated user session.
    Federate(Box<Federate>),
    /// Asks for a verdict.
    Can(Box<Posed>),
    /// Asks for a verdict and its reasons.
    Why(Box<Posed>),
    /// Explains the last answer.
    WhyLast,
    /// Shows the last answer again.
    LastAnswer,
    /// Asks about an answer.
    Later(Later),
    /// Compares two principals by the root-only tasks.
    Compare(Box<Comparison>),
    /// States a decision.
    Expect(Box<Expectation>),
    /// States decisions, one a row.
    ExpectTable(ExpectationTable),
    /// Calls an operation of AWS.
    Aws(Box<super::aws::Statement>),
    /// Switches a setting.
    Set(Setting),
    /// Takes the last change back.
    Undo,
    /// Makes a change again that was taken back.
    Redo,
    /// Lists what can be taken back.
    Changes,
    /// Lists things of a kind.
    List(Option<Box<str>>),
    /// Tells about a rule, an action, a key.
    Info(Box<str>),
    /// Shows something of the world.
    Show(Shown),
    /// Writes the world as a script.
    Save(Box<str>),
    /// Writes the questions asked as expectations.
    Record(Option<Box<str>>),
    /// Walks through the story.
    Tour,
    /// Lists the commands, or explains one.
    Help(Option<Box<str>>),
}

impl Command {
    /// Whether it can change the world or who is signed in, so that it can be undone.
    pub fn changes_world(&self) -> bool {
        match self {
            Self::Account { .. } | Self::Change(_) | Self::Load(_) | Self::Read(_) | Self::Set(_) => true,
            Self::Edit(edited) => edited.changes(),
            Self::Aws(statement) => statement.changes_world(),
            _ => false,
        }
    }

    /// Whether it states decisions; then the world stays as it is.
    pub(super) fn is_expectation(&self) -> bool {
        matches!(self, Self::Expect(_) | Self::ExpectTable(_))
    }
}
