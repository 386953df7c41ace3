//! The actions that are told apart: all that the catalog lists, and those that policies name and no catalog lists.

use std::collections::HashMap;

use super::bits::Bits;
use crate::catalog::Catalog;
use crate::compile::{ActionPattern, CompiledPolicy, CompiledStatement};
use crate::names::{ActionName, has_wildcard};

/// The actions of a catalog, to be kept for many comparisons: making them costs more than a small one.
#[derive(Clone, Debug)]
pub struct ListedActions {
    pub(super) names: Vec<Box<str>>,
    /// The numbers of the actions of each service, by its folded name.
    pub(super) services: HashMap<String, std::ops::Range<usize>>,
}

impl ListedActions {
    /// Those of a catalog.
    pub fn of(catalog: &Catalog) -> Self {
        Self::named(catalog.actions().map(|action| action.to_string()))
    }

    /// Those of a list: of two versions that differ in nothing else the rest need not be looked at.
    pub fn named(actions: impl Iterator<Item = String>) -> Self {
        let mut names: Vec<Box<str>> = actions.map(Into::into).collect();
        names.sort_unstable_by_key(|name| name.to_ascii_lowercase());
        let mut services: HashMap<String, std::ops::Range<usize>> = HashMap::new();
        for (number, name) in names.iter().enumerate() {
            let service = name.split(':').next().unwrap_or_default().to_ascii_lowercase();
            services.entry(service).or_insert(number..number).end = number + 1;
        }
        Self { names, services }
    }
}

/// The actions of a comparison, by their numbers.
pub(super) struct NumberedActions<'l> {
    listed: &'l ListedActions,
    /// Names that no catalog lists.
    others: Vec<Box<str>>,
    known: HashMap<String, Bits>,
}

impl<'l> NumberedActions<'l> {
    /// With the names that policies write and no catalog lists. A pattern that covers nothing in the catalog stands
    /// for a name of its own.
    pub(super) fn new<'p>(
        listed: &'l ListedActions,
        policies: impl Iterator<Item = &'p CompiledPolicy>,
    ) -> Self {
        let mut actions = Self { listed, others: Vec::new(), known: HashMap::new() };
        for policy in policies {
            for pattern in policy.statements().iter().flat_map(|statement| policy.actions(statement)) {
                actions.add(pattern.text(policy), pattern, policy);
            }
        }
        actions
    }

    fn add(&mut self, text: &str, pattern: &ActionPattern, policy: &CompiledPolicy) {
        let is_listed = |number: usize| {
            ActionName::parse(&self.listed.names[number]).is_some_and(|name| pattern.matches(policy, &name))
        };
        if self.range(text).any(is_listed) {
            return;
        }
        let name = if has_wildcard(text) { text.replace(['*', '?'], "X") } else { text.to_owned() };
        let is_new = !self.others.iter().any(|other| other.eq_ignore_ascii_case(&name));
        let is_covered = ActionName::parse(&name).is_some_and(|name| pattern.matches(policy, &name));
        if is_new && is_covered {
            self.others.push(name.into());
        }
    }

    /// The numbers of the actions of the service that a pattern names, or of all.
    fn range(&self, pattern: &str) -> std::ops::Range<usize> {
        let service = pattern.split(':').next().unwrap_or_default();
        match has_wildcard(service) {
            true => 0..self.listed.names.len(),
            false => self.listed.services.get(&service.to_ascii_lowercase()).cloned().unwrap_or(0..0),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.listed.names.len() + self.others.len()
    }

    pub(super) fn name(&self, number: usize) -> &str {
        let listed = &self.listed.names;
        listed.get(number).unwrap_or_else(|| &self.others[number - listed.len()])
    }

    /// The actions that the action element of a statement covers.
    pub(super) fn of_statement(&mut self, policy: &CompiledPolicy, statement: &CompiledStatement) -> Bits {
        let mut covered = Bits::none(self.len());
        for pattern in policy.actions(statement) {
            covered.add(self.of_pattern(policy, pattern));
        }
        match statement.not_action {
            true => Bits::those(self.len(), |number| !covered.has(number)),
            false => covered,
        }
    }

    fn of_pattern(&mut self, policy: &CompiledPolicy, pattern: &ActionPattern) -> &Bits {
        let text = pattern.text(policy);
        if !self.known.contains_key(text) {
            let numbers = self.range(text).chain(self.listed.names.len()..self.len());
            let mut bits = Bits::none(self.len());
            for number in numbers {
                let name = ActionName::parse(self.name(number));
                if name.is_some_and(|name| pattern.matches(policy, &name)) {
                    bits.insert(number);
                }
            }
            self.known.insert(text.to_owned(), bits);
        }
        &self.known[text]
    }
}
