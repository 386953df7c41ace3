//! The lines that a catalog is made from.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Deserialize)]
pub(super) struct ServiceInput {
    pub(super) service: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) rcp: bool,
    pub(super) actions: Vec<Action>,
    pub(super) resources: BTreeMap<String, ResourceType>,
    pub(super) conditions: BTreeMap<String, String>,
}

#[derive(Deserialize)]
pub(super) struct Action {
    pub(super) name: String,
    pub(super) level: String,
    #[serde(default)]
    pub(super) resources: Vec<UseInput>,
    #[serde(default)]
    pub(super) conditions: Vec<String>,
    #[serde(default)]
    pub(super) dependent: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct UseInput {
    pub(super) r#type: String,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) conditions: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct ResourceType {
    pub(super) arn: Vec<String>,
    #[serde(default)]
    pub(super) conditions: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct GlobalKey {
    pub(super) key: String,
    pub(super) r#type: String,
    #[serde(default)]
    pub(super) types: Vec<String>,
    pub(super) multi: bool,
    pub(super) category: String,
    #[serde(default)]
    pub(super) always: bool,
    #[serde(default)]
    pub(super) legacy: bool,
}

/// Reads the services, each sorted as the blob wants it.
pub(super) fn services(jsonl: &str) -> Result<Vec<ServiceInput>, String> {
    ordered(lines(jsonl)?)
}

/// Sorts the services and what they hold.
pub(super) fn ordered(mut services: Vec<ServiceInput>) -> Result<Vec<ServiceInput>, String> {
    services.sort_by_cached_key(|service| service.service.to_ascii_lowercase());
    for service in &mut services {
        service.actions.sort_by_cached_key(|action| action.name.to_ascii_lowercase());
        service.complete_templates();
    }
    let prefixes = services.iter().map(|service| service.service.to_ascii_lowercase());
    match prefixes.clone().zip(prefixes.skip(1)).find(|(one, next)| one == next) {
        Some((twice, _)) => Err(format!("service `{twice}` is there twice")),
        None => Ok(services),
    }
}

impl ServiceInput {
    /// I8: the reference writes some templates for tags like the names of single keys.
    fn complete_templates(&mut self) {
        let keys = std::mem::take(&mut self.conditions).into_iter();
        self.conditions = keys.map(|(name, kind)| (as_template(name), kind)).collect();
        let of_types = self.resources.values_mut().map(|resource_type| &mut resource_type.conditions);
        let of_actions = self.actions.iter_mut().flat_map(|action| {
            let of_uses = action.resources.iter_mut().map(|used| &mut used.conditions);
            of_uses.chain([&mut action.conditions])
        });
        for names in of_types.chain(of_actions) {
            let mut known = BTreeSet::new();
            let templates = std::mem::take(names).into_iter().map(as_template);
            *names = templates.filter(|name| known.insert(name.to_ascii_lowercase())).collect();
        }
    }
}

/// `ssm:resourceTag/tag-key` and `glacier:ResourceTag/` stand for a key for each tag.
fn as_template(name: String) -> String {
    let start = name.strip_suffix("tag-key").unwrap_or(&name);
    if start.ends_with('/') { format!("{start}${{TagKey}}") } else { name }
}

pub(super) fn global_keys(jsonl: &str) -> Result<Vec<GlobalKey>, String> {
    lines(jsonl)
}

fn lines<T: DeserializeOwned>(jsonl: &str) -> Result<Vec<T>, String> {
    let numbered = jsonl.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(at, line)| serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1)))
        .collect()
}
