//! From an action to the few statements that may name it: by the exact name, by the literal stems that occur in
//! its service, and a short common list for `*`, `NotAction` and wildcards elsewhere.
//!
//! An accelerator without meaning: leaving it out changes no decision.

use std::collections::HashMap;
use std::sync::Arc;

use super::action_pattern::{ActionKind, ActionPattern};
use super::{CompiledPolicy, StatementRef};
use crate::names::{ActionName, HashedKeys, fold_hash};
use crate::policy::Effect;

/// The index over a set of policies, denies and allows apart.
#[derive(Debug, Default)]
pub(super) struct Index {
    allow: Names,
    deny: Names,
}

/// What a name leads to.
#[derive(Debug, Default)]
struct Names {
    /// Exact names and stems, by their hash; stems with their `*`, so that they do not mix.
    lists: HashMap<u64, Vec<StatementRef>, HashedKeys>,
    /// The lengths of the stems of a service, by the hash of the service.
    stems: HashMap<u64, Vec<u32>, HashedKeys>,
    /// What may name any action.
    common: Vec<StatementRef>,
}

/// Tells the hash of a stem from that of a name.
const STEM: u64 = 0x5bd1_e995_9d1b_54a3;

impl Index {
    pub(super) fn new(policies: &[Arc<CompiledPolicy>]) -> Self {
        let mut index = Self::default();
        for (policy, compiled) in policies.iter().enumerate() {
            for (statement, compiled_statement) in compiled.statements().iter().enumerate() {
                let names = match compiled_statement.effect {
                    Effect::Allow => &mut index.allow,
                    Effect::Deny => &mut index.deny,
                };
                let at = StatementRef { policy: policy as u32, statement: statement as u32 };
                match compiled_statement.not_action {
                    true => names.common.push(at),
                    false => names.add(compiled, compiled.actions(compiled_statement), at),
                }
            }
        }
        index
    }

    pub(super) fn any_candidate(
        &self,
        action: &ActionName<'_>,
        effect: Effect,
        mut visit: impl FnMut(StatementRef) -> bool,
    ) -> bool {
        let names = match effect {
            Effect::Allow => &self.allow,
            Effect::Deny => &self.deny,
        };
        names.lists(action).chain([&names.common]).flatten().any(|statement| visit(*statement))
    }
}

impl Names {
    fn add(&mut self, compiled: &CompiledPolicy, patterns: &[ActionPattern], at: StatementRef) {
        for pattern in patterns {
            let text = compiled.slice(pattern.text);
            let list = match pattern.kind {
                ActionKind::Never => continue,
                ActionKind::Exact(hash) => self.lists.entry(hash).or_default(),
                ActionKind::Stem(length) => self.stem_list(text, pattern.service as usize, length),
                // A wildcard inside the name: the literal text before it is a stem as well.
                ActionKind::Name => {
                    let stem = text.find(['*', '?']).unwrap_or(text.len());
                    self.stem_list(text, pattern.service as usize, stem as u32)
                }
                ActionKind::Any | ActionKind::Whole => &mut self.common,
            };
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
    }

    fn stem_list(&mut self, text: &str, service: usize, length: u32) -> &mut Vec<StatementRef> {
        let lengths = self.stems.entry(fold_hash(&text.as_bytes()[..service])).or_default();
        if let Err(at) = lengths.binary_search(&length) {
            lengths.insert(at, length);
        }
        let stem = &text.as_bytes()[..length as usize];
        self.lists.entry(fold_hash(stem) ^ STEM).or_default()
    }

    fn lists(&self, action: &ActionName<'_>) -> impl Iterator<Item = &Vec<StatementRef>> {
        let text = action.text().as_bytes();
        let lengths = self.stems.get(&action.service_hash());
        let lengths = lengths.map(Vec::as_slice).unwrap_or_default();
        let stems = lengths.iter().map_while(move |length| text.get(..*length as usize));
        let stems = stems.filter_map(|stem| self.lists.get(&(fold_hash(stem) ^ STEM)));
        self.lists.get(&action.hash()).into_iter().chain(stems)
    }
}
