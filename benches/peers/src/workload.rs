//! Policies and requests, as the benchmark data has them.

#[path = "../../../tests/packed/mod.rs"]
mod packed;

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use packed::unpacked;

/// A workload: policies, requests and the right answers.
pub struct Workload {
    /// Its name.
    pub name: &'static str,
    /// A list of policy documents.
    pub policies: String,
    /// The policies as Cedar text.
    pub cedar: String,
    /// Who asks.
    pub principal: String,
    /// Context keys and values.
    pub context: Vec<(String, String)>,
    /// What is asked.
    pub requests: Vec<Asked>,
    /// Whether each is allowed.
    pub expected: Vec<bool>,
}

/// What is asked.
pub struct Asked {
    /// Its name.
    pub name: String,
    /// The action.
    pub action: String,
    /// The resource.
    pub resource: String,
    /// The request's context for Cedar, as JSON.
    pub cedar_context: String,
}

impl Workload {
    /// Reads the files of a workload.
    pub fn read(name: &'static str) -> Result<Self> {
        let all: Value = serde_json::from_str(&unpacked("../data/requests.json.zst"))?;
        let rows = all["requests"].as_array().context("requests")?;
        let context = all["context"].as_object().context("context")?;
        let expected = all["expected"][name].as_array().context("expected")?;
        Ok(Self {
            name,
            policies: unpacked(&format!("../data/{name}.json.zst")),
            cedar: unpacked(&format!("data/{name}.cedar.zst")),
            principal: text(&all["principal"])?,
            context: context
                .iter()
                .map(|(key, value)| Ok((key.clone(), text(value)?)))
                .collect::<Result<_>>()?,
            requests: rows.iter().map(Asked::read).collect::<Result<_>>()?,
            expected: expected.iter().map(|word| word == "allow").collect(),
        })
    }

    /// The policy documents.
    pub fn documents(&self) -> Result<Vec<Value>> {
        Ok(serde_json::from_str(&self.policies)?)
    }
}

impl Asked {
    fn read(row: &Value) -> Result<Self> {
        let name = text(&row["name"])?;
        let cedar_context = file(&format!("cedar-context-{}.json", name.replace(':', "_")))?;
        Ok(Self { name, action: text(&row["action"])?, resource: text(&row["resource"])?, cedar_context })
    }
}

/// A file of this package's own data.
pub fn file(name: &str) -> Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    std::fs::read_to_string(&path).with_context(|| path.display().to_string())
}

fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("no text: {value}"))
}
