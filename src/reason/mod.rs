//! One answer for all requests at once: what a change of policies allows that was not allowed, and what it no longer
//! allows.
//!
//! Actions are enumerated; those under which the same statements stand are one class. In a class a statement is a cube:
//! these resources, these atoms of each condition key. The solver looks for requests that one version allows and the
//! other does not.
//!
//! INVARIANT: nothing is shown that the engine has not decided on both sides. What was not looked at is a caveat, and
//! turns `equal` into `unknown`.
//!
//! Read first: [`TwoVersions`], then [`PolicyDifference`].

mod actions;
mod address;
mod anybody;
mod asked_resource;
mod bits;
mod callers_told_apart;
mod candidates;
mod check;
mod class;
mod compare;
mod compared_resources;
mod content;
mod cube;
mod dead;
mod dead_in_world;
mod delegation;
mod difference;
mod dimension;
mod division;
mod everybody;
mod fold;
mod found;
mod goal;
mod granted;
mod how_much;
mod kept;
mod lead;
mod least;
mod one_policy;
mod pattern;
mod piece;
mod public;
mod resource_grants;
mod resource_policy;
mod resources;
mod said;
mod scope;
mod solver;
mod stand_in;
mod texts;
mod truths;
mod two_versions;
mod unheld;
mod universe;
mod variables;
mod witness;
mod worlds;

pub use actions::ListedActions;
pub use anybody::{Anybody, EVERYTHING, everything};
pub use check::{Check, CheckKind, CheckVerdict};
pub use dead::{DeadPart, DeadParts, DeadPolicy};
pub use difference::{
    Caveat, ChangedStatement, DiffVerdict, PolicyDifference, StatementChange, Turn, Witness,
};
pub use everybody::{Everybody, WhoAsks};
pub use kept::KeptParts;
pub use least::{KeptRequest, LeastPrivilege, NarrowedStatement, place_of_resource};
pub use one_policy::OnePolicy;
pub use pattern::{AskedPattern, PatternAnswer, PatternOutcome, PatternPart, PatternReason, PatternVerdict};
pub use public::{PublicAccess, PublicVerdict, Stranger};
pub use resource_grants::ResourceGrant;
pub use resource_policy::GovernedResource;
pub use scope::Scope;
pub use two_versions::{AskedVersion, KnownOfCaller, TwoVersions};
pub use worlds::TwoWorlds;
