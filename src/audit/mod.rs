//! Questions over whole accounts and organizations: who may do something, and by what.
//!
//! INVARIANT: nothing is decided here. Every principal is asked about by itself, and what is said of it is the answer to
//! that question.
//!
//! Read first: [`WhoCan`].

mod principals;
mod who_can;

pub use principals::{holder, principals};
pub use who_can::{Access, WhoCan};
