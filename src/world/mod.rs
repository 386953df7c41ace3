//! Accounts and what is in them, organizations, resources; and requests made ready for a decision.
//!
//! INVARIANT: a world holds only what was declared, nothing derived, and changes only by applying a [`Change`];
//! a change that fails leaves it as it was. `prepare` is the only place where request values are parsed.
//!
//! Read first: [`World`].

mod account;
mod apply;
mod builtin;
mod change;
mod document;
mod error;
mod organization;
mod resource;
mod settings;
mod state;

pub use account::{Account, AccountState, Group, InlinePolicy, Permissions, Role, RootUser, Tags, User};
pub use change::{Applied, Change, Entity, Target};
pub use document::{Document, ManagedPolicy, PolicyVersion};
pub use error::WorldError;
pub use organization::{Node, Organization, OrganizationalUnit};
pub use resource::{Endpoint, Grant, PublicAccessBlock, Resource};
pub use settings::Settings;
pub use state::World;
