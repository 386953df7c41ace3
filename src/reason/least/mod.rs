//! The least that a policy has to allow for some requests to stay allowed.

mod answer;
mod narrowed;
mod patterns;

pub use answer::{KeptRequest, LeastPrivilege, NarrowedStatement};
pub use patterns::place_of_resource;
