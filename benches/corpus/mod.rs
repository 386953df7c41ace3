//! The policies that AWS manages, and pairs of versions of them.
#![allow(dead_code, reason = "each benchmark uses a part")]

use std::collections::BTreeMap;

use iamwhy::analysis::{Mutant, mutants};
use iamwhy::catalog::Catalog;
use iamwhy::compile::CompiledPolicy;
use iamwhy::world::NamedDocument;

use super::common::{unpacked, unpacked_from};
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
    unpacked("tests/data/aws-managed-policies.jsonl.zst")
        .lines()
        .map(|line| document(&Line::of(line).text))
        .collect()
}

/// All versions of AWS managed policies beside the next ones, of the file that `IAMWHY_HISTORY` names: lines with `name`,
/// `version` and `document`, packed with zstd. Without it as many policies of today beside mutants of them.
pub(crate) fn history() -> Vec<VersionPair> {
    match std::env::var("IAMWHY_HISTORY") {
        Ok(path) => successive(&unpacked_from(path.as_ref())),
        Err(_) => mutated(4_600),
    }
}

/// A line of a corpus.
struct Line {
    name: String,
    version: u32,
    text: String,
}

impl Line {
    fn of(line: &str) -> Self {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let word = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let version = word("version").trim_start_matches('v').parse().unwrap_or_default();
        Self { name: word("name"), version, text: line["document"].to_string() }
    }
}

fn successive(text: &str) -> Vec<VersionPair> {
    let mut versions: BTreeMap<String, BTreeMap<u32, String>> = BTreeMap::new();
    for Line { name, version, text } in text.lines().map(Line::of) {
        versions.entry(name).or_default().insert(version, text);
    }
    let pairs = versions.into_iter().flat_map(|(name, versions)| {
        let versions: Vec<(u32, String)> = versions.into_iter().collect();
        let pair = |two: &[(u32, String)]| VersionPair {
            name: format!("{name} v{} and v{}", two[0].0, two[1].0),
            texts: [two[0].1.clone(), two[1].1.clone()],
        };
        versions.windows(2).map(pair).collect::<Vec<_>>()
    });
    pairs.collect()
}

/// Pairs of a policy and a mutant of it, spread over all policies.
fn mutated(count: usize) -> Vec<VersionPair> {
    let text = unpacked("tests/data/aws-managed-policies.jsonl.zst");
    let of_line = |Line { name, text, .. }: Line| {
        let policy = document(&text);
        let Some(own) = policy.document.compiled() else { return Vec::new() };
        let mutants =
            mutants(own, Catalog::embedded()).map(|mutant| text_of(own, &mutant)).step_by(3).take(4);
        mutants.map(|mutant| VersionPair { name: name.clone(), texts: [text.clone(), mutant] }).collect()
    };
    text.lines().map(Line::of).flat_map(of_line).take(count).collect()
}

fn text_of(original: &CompiledPolicy, mutant: &Mutant) -> String {
    let alone = mutant.alone.policy();
    let says = alone.source().slice(alone.statements()[0].span);
    original.policy().with_statement(mutant.statement, Some(says))
}
