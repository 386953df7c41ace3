//! What is known while a line is typed.

use crate::assist::Vocabulary;

/// The names that can be completed, and what the last line should have been.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownNames {
    pub(super) vocabulary: Vocabulary,
    /// What is offered at an empty prompt.
    pub(super) correction: Option<String>,
}
