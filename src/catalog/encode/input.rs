//! The lines that a catalog is made from.

use std::collections::BTreeMap;

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
    let mut services: Vec<ServiceInput> = lines(jsonl)?;
    services.sort_by_cached_key(|service| service.service.to_ascii_lowercase());
    for service in &mut services {
        service.actions.sort_by_cached_key(|action| action.name.to_ascii_lowercase());
    }
    let prefixes = services.iter().map(|service| service.service.to_ascii_lowercase());
    match prefixes.clone().zip(prefixes.skip(1)).find(|(one, next)| one == next) {
        Some((twice, _)) => Err(format!("service `{twice}` is there twice")),
        None => Ok(services),
    }
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
