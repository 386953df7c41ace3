//! Some actions on some resources.

use crate::names::{LetterSet, TextSet, glob_fold};

/// Some actions on some resources, each a list of patterns as policies write them.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The actions.
    pub actions: Vec<Box<str>>,
    /// The resources.
    pub resources: Vec<Box<str>>,
}

impl Scope {
    /// Whether an action lies within.
    pub(super) fn has_action(&self, action: &str) -> bool {
        self.actions.iter().any(|pattern| glob_fold(pattern, action))
    }

    /// The resources.
    pub(super) fn words(&self) -> TextSet {
        let sets = self.resources.iter().map(|pattern| TextSet::glob(pattern, LetterSet::ANY));
        sets.fold(TextSet::none(), TextSet::or)
    }
}
