//! AWS's Service Reference: a feed of one index and one JSON document a service, as what a catalog is made from.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::input::{Action, ResourceType, ServiceInput, UseInput};

/// A service that the index of AWS's Service Reference lists.
#[derive(Debug, Clone, Deserialize)]
pub struct FeedEntry {
    /// The prefix of the service, as in `s3`.
    pub service: String,
    /// Where its document is.
    pub url: String,
    /// When the document was changed last, as the index says it.
    pub modified: Option<serde_json::Number>,
}

/// The document of a service, read and found to be well-formed.
pub struct FeedService(pub(super) ServiceInput);

impl FeedEntry {
    /// Reads the index.
    ///
    /// # Errors
    /// Says what is wrong with it: no JSON of this shape, no service, a name that is none, a service that is there twice.
    pub fn index(json: &str) -> Result<Vec<FeedEntry>, String> {
        let entries: Vec<FeedEntry> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let mut known = BTreeSet::new();
        for entry in &entries {
            let letter = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
            named("service", &entry.service, letter)?;
            named("address", &entry.url, |c| c.is_ascii_graphic())?;
            if !known.insert(&entry.service) {
                return Err(format!("service `{}` is there twice", entry.service));
            }
        }
        if entries.is_empty() { Err("it lists no service".to_owned()) } else { Ok(entries) }
    }
}

impl FeedService {
    /// Reads the document of a service.
    ///
    /// # Errors
    /// Says what is wrong with it: no JSON of this shape, another service, names that are none.
    pub fn read(service: &str, json: &str) -> Result<FeedService, String> {
        let document: FeedDocument = serde_json::from_str(json).map_err(|error| error.to_string())?;
        if document.name != service {
            return Err(format!("it is the document of another service, `{}`", shortened(&document.name)));
        }
        document.check()?;
        Ok(FeedService(document.into_input()))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FeedDocument {
    name: String,
    actions: Vec<ActionIn>,
    #[serde(default)]
    condition_keys: Vec<KeyIn>,
    #[serde(default)]
    resources: Vec<TypeIn>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ActionIn {
    name: String,
    #[serde(default)]
    action_condition_keys: Vec<String>,
    annotations: Annotations,
    #[serde(default)]
    resources: Vec<UseIn>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Annotations {
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Properties {
    is_list: bool,
    is_permission_management: bool,
    is_tagging_only: bool,
    is_write: bool,
}

/// A resource type where an action uses it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UseIn {
    name: String,
    #[serde(default)]
    condition_keys: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct KeyIn {
    name: String,
    types: Vec<String>,
}

#[derive(Deserialize)]
struct TypeIn {
    #[serde(rename = "Name")]
    name: String,
    #[serde(rename = "ARNFormats")]
    arns: Vec<String>,
    #[serde(default, rename = "ConditionKeys")]
    condition_keys: Vec<String>,
}

impl FeedDocument {
    /// Names are printed and matched, so each has the letters of its kind and no other.
    fn check(&self) -> Result<(), String> {
        let keys = self.condition_keys.iter().map(|key| &key.name).chain(self.used_keys());
        keys.into_iter().try_for_each(|key| named("condition key", key, |c| c.is_ascii_graphic()))?;
        for action in &self.actions {
            named("action", &action.name, |c| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_'))?;
        }
        for one in &self.resources {
            named("resource type", &one.name, |c| c.is_ascii_graphic() || c == b' ')?;
            one.arns.iter().try_for_each(|arn| named("ARN", arn, |c| c.is_ascii_graphic()))?;
        }
        Ok(())
    }

    fn used_keys(&self) -> impl Iterator<Item = &String> {
        let of_actions = self.actions.iter().flat_map(|action| {
            let of_uses = action.resources.iter().flat_map(|used| &used.condition_keys);
            of_uses.chain(&action.action_condition_keys)
        });
        of_actions.chain(self.resources.iter().flat_map(|one| &one.condition_keys))
    }

    fn into_input(self) -> ServiceInput {
        // A key that is used and defined nowhere is of the type that most have.
        let used = self.used_keys().map(|key| (key.clone(), "String".to_owned()));
        let mut conditions: BTreeMap<String, String> = used.collect();
        let defined = self.condition_keys.into_iter();
        conditions.extend(defined.filter_map(|key| Some((key.name, key.types.into_iter().next()?))));
        let types = self.resources.into_iter();
        let resources: BTreeMap<_, _> = types
            .map(|one| (one.name, ResourceType { arn: one.arns, conditions: one.condition_keys }))
            .collect();
        let actions = self.actions.into_iter().map(|action| action.into_input(&resources)).collect();
        ServiceInput {
            name: self.name.clone(),
            service: self.name,
            rcp: false,
            actions,
            resources,
            conditions,
        }
    }
}

impl ActionIn {
    /// A resource type that the document does not define is left out.
    fn into_input(self, types: &BTreeMap<String, ResourceType>) -> Action {
        let uses = self.resources.into_iter().filter(|used| types.contains_key(&used.name));
        let uses =
            uses.map(|used| UseInput { r#type: used.name, required: false, conditions: used.condition_keys });
        Action {
            level: self.annotations.properties.level().to_owned(),
            name: self.name,
            resources: uses.collect(),
            conditions: self.action_condition_keys,
            dependent: Vec::new(),
        }
    }
}

impl Properties {
    fn level(&self) -> &'static str {
        match self {
            Properties { is_permission_management: true, .. } => "Permissions management",
            Properties { is_tagging_only: true, .. } => "Tagging",
            Properties { is_write: true, .. } => "Write",
            Properties { is_list: true, .. } => "List",
            Properties { .. } => "Read",
        }
    }
}

/// Refuses what is no name of its kind.
fn named(what: &str, name: &str, letter: impl Fn(u8) -> bool) -> Result<(), String> {
    let is_name = !name.is_empty() && name.len() <= 255 && name.bytes().all(letter);
    if is_name { Ok(()) } else { Err(format!("`{}` is no name of a kind: {what}", shortened(name))) }
}

/// The beginning of a text that somebody else wrote, in letters that can be printed.
fn shortened(name: &str) -> String {
    name.chars().take(40).flat_map(char::escape_debug).collect()
}
