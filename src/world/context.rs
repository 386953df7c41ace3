//! Context keys and their values, ready to be compared.

use std::borrow::Cow;

use crate::names::{fold_hash, same_name};
use crate::syntax::script::write;

/// A value that a question gives for a context key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ContextValue<'a> {
    /// `null`: the key is absent.
    Absent,
    /// A single value.
    One(Cow<'a, str>),
    /// A list: the key is multivalued.
    Many(Vec<Cow<'a, str>>),
}

impl<'a> From<&'a str> for ContextValue<'a> {
    fn from(value: &'a str) -> Self {
        Self::One(Cow::Borrowed(value))
    }
}

impl From<String> for ContextValue<'_> {
    fn from(value: String) -> Self {
        Self::One(Cow::Owned(value))
    }
}

impl ContextValue<'_> {
    /// The value with texts of its own.
    pub fn into_owned(self) -> ContextValue<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Absent => ContextValue::Absent,
            Self::One(text) => ContextValue::One(own(text)),
            Self::Many(texts) => ContextValue::Many(texts.into_iter().map(own).collect()),
        }
    }

    /// The only value, be it in a list.
    pub fn only(&self) -> Option<&str> {
        match self {
            Self::One(value) => Some(value),
            Self::Many(values) if values.len() == 1 => values.first().map(AsRef::as_ref),
            _ => None,
        }
    }

    /// `KEY=VALUE`, as a statement gives a key this value.
    pub fn pair(&self, key: &str) -> String {
        match self {
            Self::Absent => write::pair(key, write::NULL),
            Self::One(text) => write::pair(key, &write::value(text)),
            Self::Many(texts) => write::pair(key, &write::list(texts.iter().map(|text| &**text))),
        }
    }
}

/// A context key of a question with its value.
pub type ContextEntry<'a> = (Cow<'a, str>, ContextValue<'a>);

/// The tag that a key of the request gives.
pub(super) fn request_tag(key: &str) -> Option<&str> {
    const START: &str = "aws:RequestTag/";
    let (start, tag) = key.split_at_checked(START.len())?;
    start.eq_ignore_ascii_case(START).then_some(tag)
}

/// Whether a key tells tags that the request gives (I9).
pub fn is_request_tag(key: &str) -> bool {
    key.eq_ignore_ascii_case("aws:TagKeys") || request_tag(key).is_some()
}

/// The name of a key that this tool fills, with its hash.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) hash: u64,
}

impl Known {
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, hash: fold_hash(name.as_bytes()) }
    }
}

/// A key of a prepared request.
#[derive(Clone, Debug)]
pub struct Key<'a> {
    /// The case-folding hash of the name.
    pub hash: u64,
    /// The name as it was given.
    pub name: Cow<'a, str>,
    /// The value.
    pub value: ContextValue<'a>,
}

/// Whether a key is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence<'a> {
    /// The key has these values; a single-valued key has one.
    Known(&'a [Cow<'a, str>]),
    /// The request does not carry it.
    Absent,
    /// Nobody said. The decision takes it as absent, as AWS would; `needs` and strict mode tell it apart.
    NotGiven,
}

impl<'a> Key<'a> {
    /// A key with its value. An empty list, and a list of one empty string, count as absent (B12).
    pub fn new(name: impl Into<Cow<'a, str>>, value: ContextValue<'a>) -> Self {
        let name = name.into();
        let value = match value {
            ContextValue::Many(values) if values.iter().all(|v| v.is_empty()) && values.len() < 2 => {
                ContextValue::Absent
            }
            value => value,
        };
        Self { hash: fold_hash(name.as_bytes()), name, value }
    }

    /// A key with a single value.
    pub fn one(name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        Self::new(name, ContextValue::One(value.into()))
    }

    /// Its presence.
    pub fn presence(&self) -> Presence<'_> {
        match &self.value {
            ContextValue::Absent => Presence::Absent,
            ContextValue::One(value) => Presence::Known(std::slice::from_ref(value)),
            ContextValue::Many(values) => Presence::Known(values),
        }
    }
}

impl<'a> Presence<'a> {
    /// The values; none for a key that is not there.
    pub fn values(self) -> &'a [Cow<'a, str>] {
        match self {
            Self::Known(values) => values,
            Self::Absent | Self::NotGiven => &[],
        }
    }
}

pub(super) fn find<'k, 'a>(keys: &'k [Key<'a>], hash: u64, name: &str) -> Option<&'k Key<'a>> {
    let at = keys.partition_point(|key| key.hash < hash);
    keys[at..]
        .iter()
        .take_while(|key| key.hash == hash)
        .find(|key| same_name(key.name.as_bytes(), name.as_bytes()))
}
