//! Questions over whole accounts and organizations: who may do something, what somebody may do, and by what.
//!
//! INVARIANT: nothing is decided here. Every principal is asked about by itself, and what is said of it is the answer to
//! that question; what it may do is the difference that its policies make.
//!
//! Read first: [`WhoCan`], then [`WhatCan`].

mod as_policy;
mod covered;
mod in_shares;
mod matrix;
mod out_of_reach;
mod paths;
mod principals;
mod through_roles;
mod what_can;
mod who_can;

pub use as_policy::AsPolicy;
pub use covered::{CoveredAccess, CoveredExtent, WhoCanCovered};
pub use matrix::{Matrix, MatrixColumn, MatrixRequest};
pub use paths::{MetNeed, PathGoal, PathLead, PathStep, PathVerdict, Paths, RightsPath, StepGain};
pub use principals::{holder, principals};
pub use through_roles::{ChainLink, RoleChain};
pub use what_can::{ByLevel, WhatCan};
pub use who_can::{Access, WhoCan};
