//! Calls from one account to another: the trails of both have an event of it, with the same `sharedEventID`.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

/// How many calls are kept apart, at most; what comes then is taken for the first of its kind.
const MOST: usize = 1 << 20;

/// The calls between accounts that were asked again so far, of all threads.
#[derive(Debug, Default)]
pub struct SharedCalls(Mutex<HashSet<u64>>);

impl SharedCalls {
    /// Whether the other event of a call was taken before; from now on it was.
    pub(super) fn is_second(&self, id: Option<&str>) -> bool {
        let Some(id) = id else { return false };
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let hash = hasher.finish();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.contains(&hash) || (known.len() < MOST && !known.insert(hash))
    }
}
