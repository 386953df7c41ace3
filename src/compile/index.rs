//! From an action to the few statements that name it: by the exact name, by the literal stems that occur in its
//! service, and a short common list for `*`, `NotAction` and wildcards elsewhere.
//!
//! An accelerator without meaning: leaving it out changes no decision.

use std::sync::Arc;

use super::action_pattern::ActionKind;
use super::multimap::MultiMap;
use super::{CompiledPolicy, Covering, StatementRef};
use crate::names::{ActionName, fold_hash, same_name};
use crate::policy::Effect;

type Policies = [Arc<CompiledPolicy>];

/// The index over a set of policies, denies and allows apart.
#[derive(Debug)]
pub(super) struct Index {
    allow: Names,
    deny: Names,
}

/// What a name leads to.
#[derive(Debug)]
struct Names {
    /// Patterns without wildcards, by the hash of the name. The patterns of one list have the same name, so that
    /// it is compared once.
    exact: MultiMap<Entry>,
    /// Patterns with a wildcard in the name, by the hash of the text before it; those of one list share that.
    stems: MultiMap<Entry>,
    /// The lengths of the stems of a service, ascending, by the hash of the service.
    lengths: MultiMap<u32>,
    /// What may name any action, and names that share the hash of another name.
    common: Box<[Entry]>,
}

/// A pattern of a statement that may cover an action.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    policy: u32,
    statement: u32,
    /// The number of the pattern; of a `NotAction` all have to be looked at.
    pattern: u32,
    /// The length of the name or stem by which it is found.
    name: u32,
    /// Whether nothing is left to compare behind that.
    settled: bool,
}

impl Index {
    pub(super) fn new(policies: &Policies) -> Self {
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
        Self { allow: allow.into_names(policies), deny: deny.into_names(policies) }
    }

    #[inline]
    pub(super) fn any_covering(
        &self,
        policies: &Policies,
        action: &ActionName<'_>,
        effect: Effect,
        mut visit: impl FnMut(Covering) -> bool,
    ) -> bool {
        let names = match effect {
            Effect::Allow => &self.allow,
            Effect::Deny => &self.deny,
        };
        let mut visit_list = |(name, list): (&[u8], &[Entry])| {
            let named = list.first().is_some_and(|first| same_name(first.name(policies), name));
            named && list.iter().any(|entry| entry.covering(policies, action).is_some_and(&mut visit))
        };
        names.lists(action).any(&mut visit_list)
            || names.common.iter().any(|entry| entry.covering(policies, action).is_some_and(&mut visit))
    }

    pub(super) fn memory(&self) -> usize {
        let bytes = |names: &Names| {
            let maps = names.exact.memory() + names.stems.memory() + names.lengths.memory();
            maps + size_of_val(&*names.common)
        };
        bytes(&self.allow) + bytes(&self.deny)
    }
}

impl Names {
    /// The lists of the action's name and of all stems that it begins with, each with that.
    #[inline]
    fn lists<'i>(&'i self, action: &ActionName<'i>) -> impl Iterator<Item = (&'i [u8], &'i [Entry])> {
        let text = action.text().as_bytes();
        let lengths = self.lengths.get(action.service_hash()).iter();
        let stems = lengths.map_while(move |length| text.get(..*length as usize));
        let stems = stems.map(|stem| (stem, self.stems.get(fold_hash(stem))));
        std::iter::once((text, self.exact.get(action.hash()))).chain(stems)
    }
}

impl Entry {
    /// Whether the pattern really covers an action that has the entry's name or stem.
    #[inline]
    fn covering(&self, policies: &Policies, action: &ActionName<'_>) -> Option<Covering> {
        let statement = StatementRef { policy: self.policy, statement: self.statement };
        if self.settled {
            return Some(Covering { statement, pattern: Some(self.pattern) });
        }
        let compiled = &policies[self.policy as usize];
        let compiled_statement = &compiled.statements()[self.statement as usize];
        if compiled_statement.not_action {
            let excluded = compiled.action_pattern_of(compiled_statement, action).is_some();
            return (!excluded).then_some(Covering { statement, pattern: None });
        }
        let pattern = compiled.actions(compiled_statement)[self.pattern as usize];
        let covers = pattern.matches(compiled, action);
        covers.then_some(Covering { statement, pattern: Some(self.pattern) })
    }

    /// The name or stem.
    fn name<'p>(&self, policies: &'p Policies) -> &'p [u8] {
        let compiled = &policies[self.policy as usize];
        let statement = &compiled.statements()[self.statement as usize];
        let pattern = compiled.actions(statement)[self.pattern as usize];
        &compiled.bytes(pattern.text)[..self.name as usize]
    }
}

/// What is collected for [`Names`]: hash and value.
#[derive(Default)]
struct Collected {
    exact: Vec<(u64, Entry)>,
    stems: Vec<(u64, Entry)>,
    lengths: Vec<(u64, u32)>,
    common: Vec<Entry>,
}

impl Collected {
    fn add(&mut self, compiled: &CompiledPolicy, policy: u32, statement: u32) {
        let compiled_statement = &compiled.statements()[statement as usize];
        let entry = Entry { policy, statement, ..Entry::default() };
        if compiled_statement.not_action {
            self.common.push(entry);
            return;
        }
        for (number, pattern) in compiled.actions(compiled_statement).iter().enumerate() {
            let entry = Entry { pattern: number as u32, ..entry };
            let text = compiled.bytes(pattern.text);
            match pattern.kind {
                ActionKind::Never => {}
                ActionKind::Exact => {
                    let entry = Entry { name: text.len() as u32, settled: true, ..entry };
                    self.exact.push((fold_hash(text), entry));
                }
                ActionKind::Stem(length) => {
                    let entry = Entry { name: length, settled: true, ..entry };
                    self.add_stem(text, pattern.service as usize, entry);
                }
                ActionKind::Name => {
                    let wildcard = text.iter().position(|b| matches!(b, b'*' | b'?'));
                    let entry = Entry { name: wildcard.unwrap_or(text.len()) as u32, ..entry };
                    self.add_stem(text, pattern.service as usize, entry);
                }
                ActionKind::Any | ActionKind::Whole => self.common.push(entry),
            }
        }
    }

    fn add_stem(&mut self, text: &[u8], service: usize, entry: Entry) {
        self.lengths.push((fold_hash(&text[..service]), entry.name));
        self.stems.push((fold_hash(&text[..entry.name as usize]), entry));
    }

    fn into_names(mut self, policies: &Policies) -> Names {
        self.lengths.sort_unstable();
        self.lengths.dedup();
        let same = |one: &Entry, other: &Entry| same_name(one.name(policies), other.name(policies));
        let (exact, strangers) = MultiMap::new(&self.exact, same);
        let (stems, more) = MultiMap::new(&self.stems, same);
        let unsettled = |entry: Entry| Entry { settled: false, ..entry };
        self.common.extend(strangers.into_iter().chain(more).map(unsettled));
        // Services that share a hash share the lengths, which does no harm.
        let (lengths, _) = MultiMap::new(&self.lengths, |_, _| true);
        Names { exact, stems, lengths, common: self.common.into() }
    }
}
