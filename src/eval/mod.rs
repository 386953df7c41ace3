//! The decision.
//!
//! INVARIANT: pure and total. `authorize` reads nothing but the prepared request, does no I/O, reads no clock,
//! cannot fail, and allocates nothing while nobody listens and no gate decides, but for a table where a request has
//! hundreds of values. No other place decides anything.
//!
//! Read first: [`authorize`].

mod authorize;
mod buckets;
mod combine;
mod condition;
mod gates;
mod layers;
mod organizations;
mod principal;
mod public_access;
mod root_only;
mod shape;
mod statement;

pub use authorize::authorize;
pub use condition::holds_for;
pub use public_access::{is_narrow_network, public_statement};
pub use shape::{DenyReach, Sufficient, could_be_allowed, deny_reach, sufficient, sufficient_at_best};
pub use statement::{covers_resource, look_at, look_at_both, mismatches, named, needs};
