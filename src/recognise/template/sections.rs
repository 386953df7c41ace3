//! What functions of a template look into.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::syntax::json::Cursor;

/// The sections that functions look into, by the names of what is in them: a template may name one thing many times.
pub(in super::super) struct Template<'t> {
    sections: [(&'static str, BTreeMap<Cow<'t, str>, Cursor<'t>>); 4],
}

impl<'t> Template<'t> {
    /// The template that a value is, or one of nothing.
    pub(in super::super) fn of(root: Cursor<'t>) -> Self {
        let section = |name: &'static str| {
            let members = root.member(name).into_iter().flat_map(|section| section.members());
            // Of two of a name the first counts, as for whoever reads the text.
            let mut named = BTreeMap::new();
            for (key, value) in members.filter_map(|(key, value)| Some((key.string()?, value))) {
                named.entry(key).or_insert(value);
            }
            (name, named)
        };
        Self { sections: ["Parameters", "Resources", "Conditions", "Mappings"].map(section) }
    }

    /// A named thing of a section.
    pub(super) fn of_section(&self, section: &str, name: &str) -> Option<Cursor<'t>> {
        let (_, named) = self.sections.iter().find(|(own, _)| *own == section)?;
        named.get(name).copied()
    }
}
