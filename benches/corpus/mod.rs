//! The policies that AWS manages, and all their versions.
#![allow(dead_code, reason = "each benchmark uses a part")]

use std::collections::BTreeMap;

use iamwhy::world::NamedDocument;

use super::common::unpacked;
use super::conditions::document;

/// Two versions of a policy, with what they are called.
pub(crate) struct VersionPair {
    /// The policy and its versions.
    pub(crate) name: String,
    /// The texts, the old one first.
    pub(crate) texts: [String; 2],
}

/// The default versions of all AWS managed policies.
pub(crate) fn managed() -> Vec<NamedDocument> {
    lines().into_iter().filter(|line| line.is_default).map(|line| document(&line.text)).collect()
}

/// All versions of AWS managed policies beside the next ones.
pub(crate) fn history() -> Vec<VersionPair> {
    let mut versions: BTreeMap<String, BTreeMap<u32, String>> = BTreeMap::new();
    for Line { name, version, text, .. } in lines() {
        versions.entry(name).or_default().insert(version, text);
    }
    versions.into_iter().flat_map(|(name, versions)| successive(&name, versions)).collect()
}

fn successive(name: &str, versions: BTreeMap<u32, String>) -> Vec<VersionPair> {
    let versions: Vec<(u32, String)> = versions.into_iter().collect();
    let pair = |two: &[(u32, String)]| VersionPair {
        name: format!("{name} v{} and v{}", two[0].0, two[1].0),
        texts: [two[0].1.clone(), two[1].1.clone()],
    };
    versions.windows(2).map(pair).collect()
}

/// A version of a policy.
struct Line {
    name: String,
    version: u32,
    is_default: bool,
    text: String,
}

fn lines() -> Vec<Line> {
    unpacked("tests/data/aws-managed-policies.jsonl.zst").lines().map(Line::of).collect()
}

impl Line {
    fn of(line: &str) -> Self {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let word = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let version = word("version").trim_start_matches('v').parse().unwrap_or_default();
        let is_default = line["default"] == true;
        Self { name: word("name"), version, is_default, text: line["document"].to_string() }
    }
}
