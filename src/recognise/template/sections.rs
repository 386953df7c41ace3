//! What functions of a template look into.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::open_text::OpenText;
use crate::names::AccountId;
use crate::syntax::json::Cursor;

/// The sections that functions look into, by the names of what is in them: a template may name one thing many times.
pub(in super::super) struct Template<'t> {
    sections: [(&'static str, BTreeMap<Cow<'t, str>, Cursor<'t>>); 4],
    /// What names of AWS stand for, where it is known in which account it is deployed.
    given: Vec<(&'static str, String)>,
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
        let sections = ["Parameters", "Resources", "Conditions", "Mappings"].map(section);
        Self { sections, given: Vec::new() }
    }

    /// As it is deployed in an account.
    pub(super) fn deployed_in(mut self, account: AccountId) -> Self {
        self.given = vec![
            ("AWS::AccountId", account.to_string()),
            ("AWS::Partition", "aws".to_owned()),
            ("AWS::URLSuffix", "amazonaws.com".to_owned()),
        ];
        self
    }

    /// What a name of AWS stands for.
    pub(super) fn given(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(own, _)| *own == name).map(|(_, text)| text.as_str())
    }

    /// A part of a text, known where a name of AWS is.
    pub(super) fn filled_in(&self, part: OpenText) -> OpenText {
        match &part {
            OpenText::Open(name) => {
                self.given(name).map(|text| OpenText::Known(text.to_owned())).unwrap_or(part)
            }
            OpenText::Known(_) => part,
        }
    }

    /// All things of a section.
    pub(super) fn all_of(&self, section: &str) -> impl Iterator<Item = (&str, Cursor<'t>)> {
        let named = self.sections.iter().filter(move |(own, _)| *own == section);
        named.flat_map(|(_, named)| named.iter().map(|(name, value)| (name.as_ref(), *value)))
    }

    /// A named thing of a section.
    pub(super) fn of_section(&self, section: &str, name: &str) -> Option<Cursor<'t>> {
        let (_, named) = self.sections.iter().find(|(own, _)| *own == section)?;
        named.get(name).copied()
    }
}
