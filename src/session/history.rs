//! What can be undone and done again: a list of worlds, one for each entry at the prompt that changed something. They share
//! whatever the entries between them left alone.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::names::AccountId;
use crate::world::{Principal, World};

/// How many changes can be taken back; of more the oldest are forgotten, so that a long stream of changes takes the memory of
/// the world that it makes.
pub(crate) const MOST_CHANGES: usize = 1_000;

/// The moments before and after the present one.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    /// How everything was before the first change.
    pub(super) first: Option<Arc<Moment>>,
    /// What can be undone, oldest first.
    pub(super) past: VecDeque<Arc<Moment>>,
    /// What can be done again, the next one last.
    pub(super) future: Vec<Arc<Moment>>,
    /// How many changes were too many to be kept.
    pub(crate) forgotten: usize,
}

/// The world at some moment, and the entry that led away from it.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) world: World,
    pub(super) selected: Option<AccountId>,
    pub(super) signed_in: Option<Principal>,
    /// Its first line.
    pub(super) entry: Box<str>,
}

impl History {
    /// The entries that can be undone, oldest first.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &str> {
        self.past.iter().map(|moment| &*moment.entry)
    }

    /// Remembers the moment before an entry that changed something.
    pub(super) fn push(&mut self, before: Moment) {
        let before = Arc::new(before);
        self.first.get_or_insert_with(|| Arc::clone(&before));
        self.past.push_back(before);
        if self.past.len() > MOST_CHANGES {
            self.past.pop_front();
            self.forgotten += 1;
        }
        self.future.clear();
    }
}
