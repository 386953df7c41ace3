//! Keys that are given twice, letter case aside (B3).

use std::collections::BTreeMap;

use crate::syntax::json::Cursor;

/// Up to how many keys are compared with each other one by one.
const FEW: usize = 8;

/// The keys of an object that have come by.
pub(super) enum SeenKeys<'t> {
    /// The only one.
    One,
    /// The object, whose first keys are looked at again.
    Few(Cursor<'t>),
    /// Any number, by the name in small letters.
    Many(BTreeMap<String, Cursor<'t>>),
}

impl<'t> SeenKeys<'t> {
    pub(super) fn new(object: Cursor<'t>) -> Self {
        match object.members().count() {
            0 | 1 => Self::One,
            2..=FEW => Self::Few(object),
            _ => Self::Many(BTreeMap::new()),
        }
    }

    /// Remembers a key, and returns the last one of the same name.
    pub(super) fn insert(&mut self, name: &str, key: Cursor<'t>) -> Option<Cursor<'t>> {
        match self {
            Self::One => None,
            Self::Many(keys) => keys.insert(name.to_lowercase(), key),
            Self::Few(object) => {
                let earlier = object.members().map(|(earlier, _)| earlier);
                let earlier = earlier.take_while(|earlier| earlier.span().start < key.span().start);
                earlier.filter(|earlier| is_named(*earlier, name)).last()
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
