//! The AWS command line: `aws SERVICE OPERATION --option value`, as tutorials write it.
//!
//! INVARIANT: an operation is first authorized for whoever is signed in, by the one engine, with the resource and
//! the context keys that the call carries; only then it is applied, as a [`Change`](crate::world::Change) to the
//! world or as a session that begins. What an option says is used, or it is said that it is not.
//!
//! Read first: `operation::Operation`, then `execute`.

mod account;
mod answers;
mod api;
mod call;
mod call_option;
mod carried;
mod ec2;
mod execute;
mod given;
mod global;
mod help;
mod iam;
mod input;
mod joined;
mod kms;
mod lambda;
mod modelled;
mod named;
mod names;
mod operation;
mod organizations;
mod other;
mod plan;
mod refusal;
mod resource;
mod s3;
mod secrets;
mod shorthand;
mod signature;
mod sns;
mod sqs;
mod statement;
mod sts;
mod tag_options;
mod unsaved;

pub(crate) use execute::execute;
pub(crate) use help::overview;
pub(crate) use statement::read;

pub use api::{ApiAnswer, ApiCall, ApiRefusal, answer_api};
pub use global::names as global_options;
pub use help::help_on;
pub use modelled::{modelled_services, operation_names, parameters};
pub use names::service_names;
pub use signature::Parameter;
pub use statement::CommandLine;
