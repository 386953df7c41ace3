//! Resources for which requests are compared together.

use crate::names::TextSet;

/// Resources of a kind that nothing but the patterns of statements tells apart.
#[derive(Clone)]
pub(super) struct ComparedResources {
    /// All of the kind; `None` where requests name no resource.
    pub(super) kind: Option<TextSet>,
    /// They lie in all of these, and in none of those.
    pub(super) inside: Vec<TextSet>,
    pub(super) outside: Vec<TextSet>,
    /// One of them.
    pub(super) sample: Option<String>,
    /// Whether they are declared, or lie in what is.
    pub(super) is_known: bool,
    /// Whether some could not be told apart.
    pub(super) is_partial: bool,
}
