//! What is known while a line is typed.

use std::collections::BTreeSet;

use crate::assist::Vocabulary;

/// The names that can be completed, and what the last line should have been.
#[derive(Clone, Debug, Default)]
pub struct KnownNames {
    /// The world, and where files are looked up.
    pub vocabulary: Vocabulary,
    /// What is offered at an empty prompt.
    pub correction: Option<String>,
    /// The lines that were refused: how they went on is not offered again.
    pub refused: BTreeSet<String>,
}
