//! What a Terraform plan or a CloudFormation template makes of a world: users, groups, roles, their policies, and the
//! policies of resources.
//!
//! INVARIANT: nothing is guessed. What only a deployment knows, and what is not carried out, is said by name.
//!
//! Read first: [`deploy`].

mod declared;
mod deployed;
mod holders;
mod kind;
mod notes;
mod plan;
mod principals;
mod references;
mod resources;
mod site;
mod template;

pub use deployed::{Deployed, deploy, is_deployment};
