//! What can be undone and done again: a list of worlds, one for each entry at the prompt that changed something.

use std::sync::Arc;

use crate::names::AccountId;
use crate::world::{Principal, World};

/// The moments before and after the present one.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    /// What can be undone, oldest first.
    pub(super) past: Vec<Arc<Moment>>,
    /// What can be done again, the next one last.
    pub(super) future: Vec<Arc<Moment>>,
}

/// The world at some moment, and the entry that led away from it.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) world: World,
    pub(super) selected: Option<AccountId>,
    pub(super) signed_in: Option<Principal>,
    pub(super) entry: String,
}

impl History {
    /// The entries that can be undone, oldest first.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &str> {
        self.past.iter().map(|moment| &*moment.entry)
    }

    /// Remembers the moment before an entry that changed something.
    pub(super) fn push(&mut self, before: Moment) {
        self.past.push(Arc::new(before));
        self.future.clear();
    }
}
