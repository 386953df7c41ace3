//! What a dump is read as.

use crate::names::AccountId;
use crate::source::Diagnostic;
use crate::world::Change;

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
