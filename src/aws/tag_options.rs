//! The tags that the options of a call give, in all the forms in which services take them.

use std::borrow::Cow;

use serde_json::Value as Json;

use super::given::CallOption;
use super::shorthand::{Structure, text_of};
use crate::catalog::{ActionFacts, KeyFacts};
use crate::world::ContextValue;

/// Options that give tags, or keys of tags.
const OPTIONS: [&str; 8] = [
    "tags", "tag-list", "tag-set", "tagging", "tag-specifications", "tag-specification", "tag-keys",
    "resource-tags",
];

/// Whether an option is about tags.
pub(super) fn is_about_tags(option: &str) -> bool {
    OPTIONS.contains(&option)
}

/// Whether an option gives tags that can be read.
pub(super) fn are_read(option: &str, values: &[String]) -> bool {
    let sets = || TagSets::of(&[(option.to_owned(), values.to_vec())]);
    is_about_tags(option) && (values.is_empty() || !sets().is_empty())
}

type Tag = (String, String);

/// The tags of a call: for everything, for resources of one type, and keys alone.
#[derive(Debug, Default)]
pub(super) struct TagSets {
    all: Vec<Tag>,
    /// By the type of resource, as `--tag-specifications` names it.
    of_types: Vec<(String, Vec<Tag>)>,
    keys: Vec<String>,
}

impl TagSets {
    pub(super) fn of(options: &[CallOption]) -> Self {
        let mut sets = Self::default();
        for (name, values) in options.iter().filter(|(name, _)| is_about_tags(name)) {
            match &**name {
                "tag-keys" => sets.keys.extend(values.iter().cloned()),
                "tag-specifications" | "tag-specification" => sets.of_types.extend(specifications(values)),
                _ => sets.all.extend(values.iter().flat_map(|value| tags(value))),
            }
        }
        sets
    }

    fn is_empty(&self) -> bool {
        self.all.is_empty() && self.of_types.is_empty() && self.keys.is_empty()
    }

    /// The types of resources that get tags of their own.
    pub(super) fn types(&self) -> impl Iterator<Item = &str> {
        self.of_types.iter().map(|(kind, _)| &**kind)
    }

    /// The keys of tags in a request for an action on a resource (I9): of those that the catalog lists there.
    pub(super) fn keys(
        &self,
        action: ActionFacts<'_>,
        resource: &str,
        keys: &[KeyFacts<'_>],
    ) -> Vec<(String, ContextValue<'static>)> {
        let kind = action.resource_type_of(resource).map(|kind| kind.name());
        let own = self.of_types.iter().filter(|(own, _)| Some(&**own) == kind).flat_map(|(_, tags)| tags);
        let tags: Vec<&Tag> = self.all.iter().chain(own).collect();
        let mut found: Vec<(String, ContextValue<'static>)> = Vec::new();
        for prefix in keys.iter().filter_map(|key| request_tag(key.name())) {
            found.extend(tags.iter().map(|(tag, value)| {
                (format!("{prefix}{tag}"), ContextValue::One(Cow::Owned(value.clone())))
            }));
        }
        let names: Vec<Cow<'static, str>> =
            tags.iter().map(|(tag, _)| tag).chain(&self.keys).map(|tag| Cow::Owned(tag.clone())).collect();
        let lists = keys
            .iter()
            .map(|key| key.name())
            .filter(|key| ["aws:TagKeys", "s3:RequestObjectTagKeys"].contains(key));
        found.extend(
            lists
                .filter(|_| !names.is_empty())
                .map(|key| (key.to_owned(), ContextValue::Many(names.clone()))),
        );
        found
    }
}

/// The start of a key for tags of the request, `aws:RequestTag/`.
fn request_tag(key: &str) -> Option<&str> {
    let (start, _) = key.split_once(['$', '<'])?;
    ["RequestTag/", "RequestObjectTag/", "req-tag/"].iter().any(|end| start.ends_with(end)).then_some(start)
}

/// `ResourceType=instance,Tags=[{Key=a,Value=b}]`
fn specifications(values: &[String]) -> Vec<(String, Vec<Tag>)> {
    let read = values.iter().flat_map(|value| Structure::read(value).unwrap_or_default());
    let one = |one: Structure| {
        Some((one.text("ResourceType")?, one.field("Tags").map(tags_in).unwrap_or_default()))
    };
    read.filter_map(one).collect()
}

/// `Key=a,Value=b`, `a=b,c=d`, `TagSet=[…]`, `a=b&c=d`, or the same as JSON.
fn tags(value: &str) -> Vec<Tag> {
    if value.contains('&') && !value.contains(['{', ',']) {
        return value.split('&').filter_map(|pair| pair.split_once('=')).map(owned).collect();
    }
    let read = Structure::read(value).unwrap_or_default();
    read.iter().flat_map(|one| tags_of(one.fields())).collect()
}

fn owned((key, value): (&str, &str)) -> Tag {
    (key.to_owned(), value.to_owned())
}

fn tags_in(value: &Json) -> Vec<Tag> {
    match value {
        Json::Array(all) => all.iter().flat_map(tags_in).collect(),
        Json::Object(fields) => tags_of(fields.iter().map(|(name, value)| (&**name, value))),
        _ => Vec::new(),
    }
}

/// A tag with its fields `Key` and `Value`, a set of tags, or fields that are tags themselves.
fn tags_of<'j>(fields: impl Iterator<Item = (&'j str, &'j Json)>) -> Vec<Tag> {
    let fields: Vec<(&str, &Json)> = fields.collect();
    let find = |end: &str| {
        let called =
            |name: &str| name.eq_ignore_ascii_case(end) || name.eq_ignore_ascii_case(&format!("Tag{end}"));
        fields.iter().find(|(name, _)| called(name)).map(|(_, value)| text_of(value))
    };
    if let Some((_, set)) =
        fields.iter().find(|(name, value)| ["TagSet", "Tags", "Items"].contains(name) && value.is_array())
    {
        return tags_in(set);
    }
    match find("Key") {
        Some(key) => vec![(key, find("Value").unwrap_or_default())],
        None => fields.iter().map(|(name, value)| ((*name).to_owned(), text_of(value))).collect(),
    }
}
