//! A template of CloudFormation, SAM or the CDK: what its functions give, as far as it says.
//!
//! INVARIANT: nothing is guessed. What only a deployment knows stays open; a text is then written several times, each time
//! with something else in its place, so that what holds of all of them hangs on none.

mod attribute;
mod condition;
mod deployed;
mod functions;
mod open_text;
mod resolved;
mod sections;
mod template_value;
mod written;

pub use deployed::{DeclaredResource, DeployedTemplate};
pub(super) use functions::function_in;
pub use resolved::OpenFunction;
pub(super) use resolved::{MOST_STEPS, Resolved, resolve};
pub(super) use sections::Template;
