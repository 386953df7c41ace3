//! Keys that are given twice, letter case aside (B3).

use std::collections::BTreeMap;

use crate::syntax::json::Cursor;

/// Up to how many keys are compared with each other one by one.
const FEW: usize = 8;

/// The keys of an object that have come by.
pub(super) enum Seen<'t> {
    /// What conditions ordinarily have, without allocation.
    Few([Option<Cursor<'t>>; FEW]),
    /// Any number, by the name in small letters.
    Many(BTreeMap<String, Cursor<'t>>),
}

impl<'t> Seen<'t> {
    pub(super) fn new(object: Cursor<'t>) -> Self {
        match object.members().nth(FEW) {
            None => Self::Few([None; FEW]),
            Some(_) => Self::Many(BTreeMap::new()),
        }
    }

    /// Remembers a key, and returns the last one of the same name.
    pub(super) fn insert(&mut self, name: &str, key: Cursor<'t>) -> Option<Cursor<'t>> {
        match self {
            Self::Many(keys) => keys.insert(name.to_lowercase(), key),
            Self::Few(keys) => {
                let same = |slot: &&mut Option<Cursor<'_>>| slot.is_none_or(|first| is_named(first, name));
                keys.iter_mut().find(same)?.replace(key)
            }
        }
    }
}

fn is_named(key: Cursor<'_>, name: &str) -> bool {
    key.string().is_some_and(|other| {
        other.eq_ignore_ascii_case(name)
            || (!(name.is_ascii() && other.is_ascii()) && other.to_lowercase() == name.to_lowercase())
    })
}
