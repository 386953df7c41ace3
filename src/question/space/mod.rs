//! Where requests are looked for: the actions, resources, principals and values of context keys that policies speak
//! of, the likeliest first.
//!
//! INVARIANT: nothing here decides. What a request comes to is for the engine to say.

mod actions;
mod filler;
mod key_test;
mod keys;
mod meet;
mod principals;
mod ranges;
mod resources;
mod samples;
mod values;

pub use actions::actions;
pub use filler::{ANY_REGION, Filler};
pub use key_test::{KeyTest, Known, by_key, template, variables};
pub use keys::Keys;
pub use principals::{inhabitants, mentioned, named, named_principals};
pub use ranges::{addresses, dates, numbers};
pub use resources::{pieces, resources};
pub use samples::{Sample, samples};
pub use values::values;
