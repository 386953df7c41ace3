//! How an operation is written: its options are read from the words that people read, too.

use super::names::{action_of, spelled};
use crate::catalog::{ActionFacts, Catalog};

/// How an operation is written, and what it does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signature {
    pub(super) service: &'static str,
    /// The operation, in kebab case.
    pub(super) name: &'static str,
    /// Its options: those in `[ ]` may be left out, `...` takes several values; behind ` | ` the names of those that
    /// AWS takes and that decide nothing here.
    pub(super) options: &'static str,
    /// What it does, a few words.
    pub(super) help: &'static str,
}

/// An option of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, without the dashes.
    pub name: &'static str,
    /// What it takes: `USER`, `POLICY`, `DOCUMENT` …; empty if nothing.
    pub takes: &'static str,
    /// Whether it takes several values.
    pub several: bool,
    /// Whether the operation needs it.
    pub required: bool,
    /// Whether the world keeps what it says; what it does not keep decides nothing here.
    pub kept: bool,
}

impl Signature {
    /// The action that it needs. What is modelled is part of the program, and so is its name, whatever catalog a world
    /// has.
    pub(super) fn action(&self) -> Option<ActionFacts<'static>> {
        action_of(Catalog::in_use(), self.service, self.name)
    }

    /// Its name as AWS spells it in messages.
    pub(super) fn spelled(&self) -> String {
        spelled(Catalog::in_use(), self.service, self.name)
    }

    pub(super) fn usage(&self) -> String {
        format!("aws {} {} {}", self.service, self.name, self.usage_of_options()).trim_end().to_owned()
    }

    /// The options, in order; those that the world does not keep stand behind `|`.
    pub(super) fn parameters(&self) -> Vec<Parameter> {
        let mut found: Vec<Parameter> = Vec::new();
        for word in self.usage_of_options().split_whitespace() {
            let bare = word.trim_matches(['[', ']']);
            match bare.strip_prefix("--") {
                Some(name) => {
                    let required = !word.starts_with('[');
                    found.push(Parameter { name, takes: "", several: false, required, kept: true });
                }
                None => {
                    if let Some(last) = found.last_mut() {
                        last.takes = bare.trim_end_matches("...");
                        last.several = bare.ends_with("...");
                    }
                }
            }
        }
        let (_, others) = self.options.split_once(" | ").unwrap_or_default();
        found.extend(others.split_whitespace().map(|name| Parameter {
            name,
            takes: "",
            several: true,
            required: false,
            kept: false,
        }));
        found
    }

    /// The word that the operation takes without an option, `S3-PATH`.
    pub(super) fn positional(&self) -> Option<&'static str> {
        self.options.split(' ').next().filter(|word| !word.is_empty() && !word.starts_with(['-', '[', '|']))
    }

    /// The options that decide something, as people write them.
    pub(super) fn usage_of_options(&self) -> &'static str {
        self.options.split_once(" | ").map_or(self.options, |(kept, _)| kept)
    }
}
