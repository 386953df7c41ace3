//! What AWS tells about an account, read as changes to a world.
//!
//! INVARIANT: an import never stops at what is missing or broken: it says so in a finding and goes on, and what
//! could not be read is stored as such, so that every answer that needs it can say so.
//!
//! Read first: [`Imported`].

mod collected;
mod details;
mod document;
mod entry;
mod policies;

use crate::names::AccountId;
use crate::source::Diagnostic;
use crate::world::Change;

pub use collected::{Collected, HOW, collected};
pub(crate) use details::LISTS;
pub use details::account_authorization_details;

/// What was found in a dump.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The changes, in an order in which they can be applied.
    pub changes: Vec<Change>,
    /// The account that they are about; `None` if the text is not a dump.
    pub account: Option<AccountId>,
    /// What is missing, broken or was read otherwise than it is written.
    pub findings: Vec<Diagnostic>,
}
