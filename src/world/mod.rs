//! Accounts and what is in them, organizations, resources; and requests made ready for a decision.
//!
//! INVARIANT: a world holds only what was declared, nothing derived, and changes only by applying a [`Change`];
//! a change that fails leaves it as it was. `prepare` is the only place where request values are parsed.
//!
//! Read first: [`World`], then [`Prepared`].

mod account;
mod account_index;
mod apply;
mod aws_policies;
mod caller;
mod change;
pub mod claims;
mod containers;
mod context;
mod document;
mod documents;
mod edit;
mod entity;
mod error;
mod identity;
mod lattice;
mod level;
mod lookup;
mod missing;
mod organization;
mod organizations;
mod policy_kind;
mod prepare;
mod principal;
mod principal_keys;
mod request;
mod request_keys;
mod resource;
mod rewrite;
mod settings;
mod shared_map;
mod state;
mod tag_keys;
mod tree;
mod uses;
mod without;

pub use account::{Account, AccountState, Group, InlinePolicy, Permissions, Role, RootUser, Tags, User};
pub use caller::{Caller, CallerRef, ServiceLinked};
pub use change::{
    AccountSetting, Applied, Change, OrganizationChange, PublicAccessLevel, ResourceChange, Target,
};
pub use context::{ContextEntry, ContextValue, Key, Presence, is_request_tag};
pub use document::{Document, ManagedPolicy, PolicyVersion};
pub use documents::is_of_aws;
pub use edit::LevelEdit;
pub use entity::Entity;
pub use error::{About, Thing, WorldError};
pub use identity::Identity;
pub use lattice::auth_policy_of;
pub use level::{Level, Origin};
pub use lookup::ResourceSide;
pub use organization::{ControlKind, ControlPolicies, Node, Organization, OrganizationalUnit};
pub use policy_kind::policy_kind;
pub use prepare::{KindOfAction, Prepared, UnknownPolicy};
pub use principal::{Credentials, Principal, PrincipalKind, SessionDetails};
pub use request::{GivenPolicies, NamedDocument, Request};
pub use resource::{Endpoint, Grant, PublicAccessBlock, Resource};
pub use settings::{DOUBTS, MODES, Settings, Switch};
pub use shared_map::{Iter, SharedMap};
pub use state::World;
pub use without::LeftOut;
