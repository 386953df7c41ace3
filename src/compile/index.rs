//! From an action to the few statements that name it: by the exact name, by the literal stems that occur in its
//! service, and a short common list for `*`, `NotAction` and wildcards elsewhere.
//!
//! An accelerator without meaning: leaving it out changes no decision.

use std::sync::Arc;

use super::action_pattern::ActionKind;
use super::multimap::MultiMap;
use super::{CompiledPolicy, Covering, StatementRef};
use crate::names::{ActionName, fold_hash};
use crate::policy::Effect;

/// The index over a set of policies, denies and allows apart.
#[derive(Debug)]
pub(super) struct Index {
    allow: Names,
    deny: Names,
}

/// What a name leads to.
#[derive(Debug)]
struct Names {
    /// Exact names and stems, by their hash; stems with their `*`, so that they do not mix.
    lists: MultiMap<Entry>,
    /// The lengths of the stems of a service, by the hash of the service.
    stems: MultiMap<u32>,
    /// What may name any action.
    common: Box<[Entry]>,
}

/// A pattern of a statement that may cover an action.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    policy: u32,
    statement: u32,
    /// The number of the pattern; of a `NotAction` all have to be looked at.
    pattern: u32,
}

/// Tells the hash of a stem from that of a name.
const STEM: u64 = 0x5bd1_e995_9d1b_54a3;

impl Index {
    pub(super) fn new(policies: &[Arc<CompiledPolicy>]) -> Self {
        let (mut allow, mut deny) = (Collected::default(), Collected::default());
        for (policy, compiled) in policies.iter().enumerate() {
            for (statement, compiled_statement) in compiled.statements().iter().enumerate() {
                let names = match compiled_statement.effect {
                    Effect::Allow => &mut allow,
                    Effect::Deny => &mut deny,
                };
                names.add(compiled, policy as u32, statement as u32);
            }
        }
        Self { allow: allow.into(), deny: deny.into() }
    }

    pub(super) fn any_covering(
        &self,
        policies: &[Arc<CompiledPolicy>],
        action: &ActionName<'_>,
        effect: Effect,
        mut visit: impl FnMut(Covering) -> bool,
    ) -> bool {
        let names = match effect {
            Effect::Allow => &self.allow,
            Effect::Deny => &self.deny,
        };
        names
            .lists(action)
            .chain([&*names.common])
            .flatten()
            .any(|entry| entry.covering(policies, action).is_some_and(&mut visit))
    }

    pub(super) fn memory(&self) -> usize {
        [&self.allow, &self.deny]
            .map(|names| names.lists.memory() + names.stems.memory() + size_of_val(&*names.common))
            .iter()
            .sum()
    }
}

impl Entry {
    /// Whether the pattern really covers the action.
    fn covering(self, policies: &[Arc<CompiledPolicy>], action: &ActionName<'_>) -> Option<Covering> {
        let compiled = &policies[self.policy as usize];
        let statement = &compiled.statements()[self.statement as usize];
        let covers = match statement.not_action {
            true => compiled.action_pattern_of(statement, action).is_none(),
            false => compiled.actions(statement)[self.pattern as usize].matches(compiled, action),
        };
        let at = StatementRef { policy: self.policy, statement: self.statement };
        let pattern = (!statement.not_action).then_some(self.pattern);
        covers.then_some(Covering { statement: at, pattern })
    }
}

impl Names {
    fn lists(&self, action: &ActionName<'_>) -> impl Iterator<Item = &[Entry]> {
        let text = action.text().as_bytes();
        let lengths = self.stems.get(action.service_hash()).iter();
        let stems = lengths.map_while(move |length| text.get(..*length as usize));
        let stems = stems.map(|stem| self.lists.get(fold_hash(stem) ^ STEM));
        std::iter::once(self.lists.get(action.hash())).chain(stems)
    }
}

/// What is collected for [`Names`], hash and value.
#[derive(Default)]
struct Collected {
    lists: Vec<(u64, Entry)>,
    stems: Vec<(u64, u32)>,
    common: Vec<Entry>,
}

impl Collected {
    fn add(&mut self, compiled: &CompiledPolicy, policy: u32, statement: u32) {
        let compiled_statement = &compiled.statements()[statement as usize];
        if compiled_statement.not_action {
            self.common.push(Entry { policy, statement, pattern: 0 });
            return;
        }
        for (number, pattern) in compiled.actions(compiled_statement).iter().enumerate() {
            let entry = Entry { policy, statement, pattern: number as u32 };
            let text = compiled.slice(pattern.text);
            let service = pattern.service as usize;
            match pattern.kind {
                ActionKind::Never => {}
                ActionKind::Exact(hash) => self.lists.push((hash, entry)),
                ActionKind::Stem(length) => self.add_stem(text, service, length as usize, entry),
                // A wildcard inside the name: the literal text before it is a stem as well.
                ActionKind::Name => {
                    let length = text.find(['*', '?']).unwrap_or(text.len());
                    self.add_stem(text, service, length, entry);
                }
                ActionKind::Any | ActionKind::Whole => self.common.push(entry),
            }
        }
    }

    fn add_stem(&mut self, text: &str, service: usize, length: usize, entry: Entry) {
        self.stems.push((fold_hash(&text.as_bytes()[..service]), length as u32));
        self.lists.push((fold_hash(&text.as_bytes()[..length]) ^ STEM, entry));
    }
}

impl From<Collected> for Names {
    fn from(mut collected: Collected) -> Self {
        collected.stems.sort_unstable();
        collected.stems.dedup();
        Self {
            lists: MultiMap::new(&collected.lists),
            stems: MultiMap::new(&collected.stems),
            common: collected.common.into(),
        }
    }
}
