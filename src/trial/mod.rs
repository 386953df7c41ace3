//! Trials of scripts: what their expectations make of the policies, which changes they notice, and what to start with.
//!
//! INVARIANT: nothing here runs a script or prints: what a script expected is handed in, what was found is data.
//!
//! Read first: [`mutate`].

mod coverage;
mod mutation;
mod starter_script;

pub use coverage::coverage;
pub use mutation::mutate;
pub use starter_script::starter_script;
