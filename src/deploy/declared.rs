//! A resource as a plan or a template declares it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::notes::Notes;
use crate::policy::{Policy, PolicyType};
use crate::source::Source;
use crate::syntax::json::{Cursor, Kind, Tree, parse_json};
use crate::world::{Document, Tags};

/// A resource as a plan or a template declares it.
pub(super) struct Declared {
    /// What people call it: `aws_iam_role.deploy`, `Deploy (AWS::IAM::Role)`.
    pub(super) label: String,
    /// Its type.
    pub(super) kind: String,
    /// What it is called where AWS gives it its name.
    pub(super) own_name: String,
    /// What is said of it.
    pub(super) members: BTreeMap<&'static str, Member>,
    /// The same before, where a plan says it.
    pub(super) before: BTreeMap<&'static str, Member>,
    /// Whether it is taken away.
    pub(super) is_gone: bool,
}

/// What is said under a name.
pub(super) enum Member {
    Known(Tree),
    /// Only a deployment knows it.
    Unknown,
}

/// What is said of something.
pub(super) enum DeclaredValue<T> {
    Known(T),
    /// Only a deployment knows it: what it is called.
    Unknown(&'static str),
    Nothing,
}

impl<T> DeclaredValue<T> {
    /// What is known.
    pub(super) fn known(self) -> Option<T> {
        if let Self::Known(it) = self { Some(it) } else { None }
    }

    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> DeclaredValue<U> {
        match self {
            Self::Known(it) => DeclaredValue::Known(change(it)),
            Self::Unknown(name) => DeclaredValue::Unknown(name),
            Self::Nothing => DeclaredValue::Nothing,
        }
    }
}

impl Declared {
    /// Whether a template declares it.
    pub(super) fn is_of_template(&self) -> bool {
        self.kind.contains("::")
    }

    /// What is said under the first of some names that is there.
    pub(super) fn member(&self, names: &[&'static str]) -> DeclaredValue<Cursor<'_>> {
        said(&self.members, names)
    }

    /// The same before.
    pub(super) fn before(&self, names: &[&'static str]) -> DeclaredValue<Cursor<'_>> {
        said(&self.before, names)
    }

    pub(super) fn text(&self, names: &[&'static str]) -> DeclaredValue<Box<str>> {
        match self.member(names) {
            DeclaredValue::Known(value) => {
                value.string().map_or(DeclaredValue::Nothing, |text| DeclaredValue::Known(text.into()))
            }
            DeclaredValue::Unknown(name) => DeclaredValue::Unknown(name),
            DeclaredValue::Nothing => DeclaredValue::Nothing,
        }
    }

    /// A list of texts, or a text alone.
    pub(super) fn texts(&self, names: &[&'static str]) -> DeclaredValue<Vec<Box<str>>> {
        self.member(names).map(texts_of)
    }

    /// A policy; nothing where there is none, or an empty text.
    pub(super) fn document(&self, names: &[&'static str], kind: PolicyType) -> DeclaredValue<Document> {
        match self.member(names).map(|value| document_of(value, &self.label, kind)) {
            DeclaredValue::Known(Some(document)) => DeclaredValue::Known(document),
            DeclaredValue::Known(None) | DeclaredValue::Nothing => DeclaredValue::Nothing,
            DeclaredValue::Unknown(name) => DeclaredValue::Unknown(name),
        }
    }

    /// The text under some names; that only a deployment knows it is noted.
    pub(super) fn needed(&self, names: &[&'static str], notes: &mut Notes) -> Option<Box<str>> {
        match self.text(names) {
            DeclaredValue::Known(text) => Some(text),
            DeclaredValue::Unknown(name) => {
                notes.left_out(&self.label, unknown(name));
                None
            }
            DeclaredValue::Nothing => {
                notes.left_out(&self.label, format!("it has no `{}`", names.first().unwrap_or(&"")));
                None
            }
        }
    }

    /// The tags: pairs of `Key` and `Value`, or members.
    pub(super) fn tags(&self) -> Tags {
        let DeclaredValue::Known(tags) = self.member(&["tags_all", "tags", "Tags"]) else {
            return Tags::new();
        };
        let text = |value: Cursor<'_>| value.string().map(Box::<str>::from);
        let pairs =
            tags.items().filter_map(|tag| Some((text(tag.member("Key")?)?, text(tag.member("Value")?)?)));
        pairs.chain(tags.members().filter_map(|(key, value)| Some((text(key)?, text(value)?)))).collect()
    }
}

fn said<'m>(
    members: &'m BTreeMap<&'static str, Member>,
    names: &[&'static str],
) -> DeclaredValue<Cursor<'m>> {
    let found = names.iter().find_map(|name| Some((*name, members.get(name)?)));
    match found {
        Some((_, Member::Known(tree))) => DeclaredValue::Known(tree.root()),
        Some((name, Member::Unknown)) => DeclaredValue::Unknown(name),
        None => DeclaredValue::Nothing,
    }
}

/// Why something is not carried out of which this is not known.
pub(super) fn unknown(name: &str) -> String {
    format!("what its `{name}` is shows when it is deployed")
}

/// The texts of a list, or a text alone.
pub(super) fn texts_of(value: Cursor<'_>) -> Vec<Box<str>> {
    match value.kind() {
        Kind::Array => value.items().filter_map(|item| Some(item.string()?.into())).collect(),
        _ => value.string().map(Box::from).into_iter().collect(),
    }
}

/// A policy, as an object or as a text that holds one.
pub(super) fn document_of(value: Cursor<'_>, label: &str, kind: PolicyType) -> Option<Document> {
    if value.kind() == Kind::Object {
        return Some(Document::from_parsed(Policy::lower(value, kind)).0);
    }
    let text = value.string().filter(|text| !text.trim().is_empty())?;
    let source = Source::new(format!("{} ({label})", value.source().name()), text);
    Some(Document::read(&source, kind).0)
}

/// A text as a tree, if it is JSON.
pub(super) fn tree(source: &Arc<Source>) -> Option<Tree> {
    parse_json(source).accept().ok().map(|(tree, _)| tree)
}
