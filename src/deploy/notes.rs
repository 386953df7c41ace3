//! What only a deployment knows, and what is not carried out.

use std::collections::{BTreeMap, BTreeSet};

/// What only a deployment knows, and what is not carried out.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// What has no name yet: what it is called, by its own name in the file.
    unnamed: BTreeMap<String, String>,
    /// What stands for itself, by its name in the file.
    open: BTreeSet<String>,
    /// What is not carried out, by the reason.
    left_out: BTreeMap<String, BTreeSet<String>>,
    /// What is taken to be what it refers to.
    referring: BTreeSet<String>,
    assumed: BTreeSet<String>,
}

/// Why something is left out.
pub(super) const NOT_FOLLOWED: &str = "resources of its type are not followed";

/// What stands for a Region, by AWS's name for it.
const REGION: &str = "AWS::Region";

impl Notes {
    /// That something gets its name from AWS.
    pub(super) fn unnamed(&mut self, own_name: &str, label: &str) {
        self.unnamed.insert(own_name.to_owned(), label.to_owned());
    }

    /// That something stands for itself.
    pub(super) fn open(&mut self, what: &str) {
        self.open.insert(what.to_owned());
    }

    /// That the Region is not known.
    pub(super) fn open_region(&mut self) {
        self.open(REGION);
    }

    /// That something is not carried out.
    pub(super) fn left_out(&mut self, label: &str, why: impl Into<String>) {
        self.left_out.entry(why.into()).or_default().insert(label.to_owned());
    }

    /// What is taken to be so.
    pub(super) fn assume(&mut self, sentence: String) {
        self.assumed.insert(sentence);
    }

    /// That something is taken to be the only thing to which it refers.
    pub(super) fn referring(&mut self, label: &str) {
        self.referring.insert(label.to_owned());
    }

    /// What is taken to be so, one sentence each.
    pub(super) fn assumed(&self) -> Vec<String> {
        let referring = (!self.referring.is_empty()).then(|| {
            format!(
                "what refers to one thing of the plan alone is that: {}",
                list(self.referring.iter().cloned())
            )
        });
        self.assumed.iter().cloned().chain(referring).collect()
    }

    /// Why a comparison with what is deployed is not exact, one sentence each.
    pub(super) fn unknown(&self) -> Vec<String> {
        let unnamed = list(self.unnamed.values().cloned());
        let unnamed = (!unnamed.is_empty())
            .then(|| format!("names that AWS gives are not known, and are as in the file: {unnamed}"));
        let region = self
            .open
            .contains(REGION)
            .then(|| "the Region is not known, and us-east-1 stands for it".to_owned());
        let open = self.open.iter().filter(|name| *name != REGION && !self.unnamed.contains_key(*name));
        let open = list(open.map(|name| format!("`{name}`")));
        let open = (!open.is_empty())
            .then(|| format!("what only a deployment knows stands for itself, and may be anything: {open}"));
        let left_out = self.left_out.iter();
        let left_out = left_out
            .map(|(why, labels)| format!("not carried out: {} ({why})", list(labels.iter().cloned())));
        unnamed.into_iter().chain(region).chain(open).chain(left_out).collect()
    }
}

fn list(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
