//! What a text is that somebody has: a message of AWS, an event of CloudTrail, a decoded authorization message, an
//! answer of IAM Toolbox, a refused policy; and what it says. And which policies are inside of a file that is none itself.
//!
//! INVARIANT: a text is known by what is in it. Nothing here decides or guesses: what a text does not say stays unknown.
//!
//! Read first: [`recognise`], then [`Pasted`].

mod as_script;
mod bare;
mod body;
mod decoded;
mod event;
mod event_request;
mod field;
mod formatted;
mod frame;
mod in_world;
mod inside;
mod malformed;
mod meant;
mod message;
mod no_policy;
mod operation;
mod pasted;
mod policy_inside;
mod recognised;
mod script;
mod spelled;
mod structure;
mod template;
mod toolbox;

pub use as_script::is_script;
pub use event::each_event;
pub use formatted::{FormattedFile, format_file};
pub use in_world::{resource_in, with_role_path};
pub use inside::{HeldPolicies, policies_held, policies_inside};
pub use malformed::Malformed;
pub use meant::{of_type, only_in_part, only_of_type};
pub use message::{REFUSED, parse_message};
pub use no_policy::{BinaryForm, FileForm, file_form};
pub use pasted::{Pasted, PastedForm, PastedKind, PastedOutcome};
pub use policy_inside::PolicyInside;
pub use recognised::{Recognised, recognise};
pub use script::policies_of_script;
pub use spelled::CANONICAL;
pub use template::{DeclaredResource, DeployedTemplate, OpenFunction};
