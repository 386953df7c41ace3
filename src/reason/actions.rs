//! The actions that are told apart: all that the catalog lists, and those that policies name and no catalog lists.

use std::ops::Range;

use super::bits::Bits;
use crate::catalog::Catalog;
use crate::compile::{ActionPattern, CompiledPolicy, CompiledStatement};
use crate::names::{ActionName, has_wildcard};

/// The actions of a catalog, to be kept for many comparisons: making them costs more than a small one.
#[derive(Clone, Debug)]
pub struct ListedActions {
    /// In the order of their letters, whatever the case: those that begin alike stand together.
    pub(super) names: Vec<Box<str>>,
    /// They in small letters, to be searched.
    folded: Vec<Box<str>>,
}

impl ListedActions {
    /// Those of a catalog.
    pub fn of(catalog: &Catalog) -> Self {
        let name = |(service, name): (&str, &str)| [service, ":", name].concat();
        Self::named(catalog.actions().map(|action| name((action.service().prefix(), action.name()))))
    }

    /// Those of a list: of two versions that differ in nothing else the rest need not be looked at.
    pub fn named(actions: impl Iterator<Item = String>) -> Self {
        let is_name = |name: &String| ActionName::parse(name).is_some();
        let both = |name: String| (name.to_ascii_lowercase().into_boxed_str(), name.into_boxed_str());
        let mut all: Vec<(Box<str>, Box<str>)> = actions.filter(is_name).map(both).collect();
        // A catalog has them nearly in this order, which a stable sort makes use of.
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all.dedup_by(|one, other| one.0 == other.0);
        let (folded, names) = all.into_iter().unzip();
        Self { names, folded }
    }

    /// The number of an action; `None` where the list does not have it.
    pub fn number(&self, action: &str) -> Option<usize> {
        let action = action.to_ascii_lowercase();
        self.folded.binary_search_by(|name| (**name).cmp(&*action)).ok()
    }

    /// For each action the number of a group: no statement of some policies tells those of one group apart.
    pub fn told_apart<'p>(&self, policies: impl Iterator<Item = &'p CompiledPolicy>) -> Vec<usize> {
        let mut groups = vec![Bits::all(self.names.len())];
        for policy in policies {
            for statement in policy.statements() {
                divide(&mut groups, &self.covered_by_statement(policy, statement));
            }
        }
        let mut numbers = vec![0; self.names.len()];
        for (group, members) in groups.iter().enumerate() {
            members.iter().for_each(|action| numbers[action] = group);
        }
        numbers
    }

    /// The actions that the action element of a statement covers.
    fn covered_by_statement(&self, policy: &CompiledPolicy, statement: &CompiledStatement) -> Bits {
        let mut covered = Bits::none(self.names.len());
        for pattern in policy.actions(statement) {
            self.covered_by(pattern, policy).for_each(|number| covered.insert(number));
        }
        if statement.not_action { Bits::all(self.names.len()).without(&covered) } else { covered }
    }

    /// The numbers of those that begin so, in any letter case.
    pub(super) fn beginning_with(&self, start: &str) -> Range<usize> {
        let start = start.to_ascii_lowercase();
        let first = self.folded.partition_point(|name| **name < *start);
        let count = self.folded[first..].partition_point(|name| name.starts_with(&start));
        first..first + count
    }

    /// The numbers of those that a pattern covers: all of a range, or some of it.
    fn covered_by(&self, pattern: &ActionPattern, policy: &CompiledPolicy) -> impl Iterator<Item = usize> {
        let (start, is_all) = pattern.beginning(policy);
        let covers = |name: &str| ActionName::parse(name).is_some_and(|name| pattern.matches(policy, &name));
        self.beginning_with(start).filter(move |number| is_all || covers(&self.names[*number]))
    }
}

/// Divides groups of actions into those that lie in a set and those that do not.
pub(super) fn divide(groups: &mut Vec<Bits>, by: &Bits) {
    for at in 0..groups.len() {
        let outside = groups[at].without(by);
        if !outside.is_empty() && outside != groups[at] {
            groups[at].keep(by);
            groups.push(outside);
        }
    }
}

/// The actions of a comparison, by their numbers.
pub(super) struct NumberedActions<'l> {
    listed: &'l ListedActions,
    /// Names that no catalog lists; they are numbered behind the others.
    others: ListedActions,
}

impl<'l> NumberedActions<'l> {
    /// With the names that policies write and no catalog lists. A pattern that covers nothing in the catalog stands
    /// for a name of its own.
    pub(super) fn new<'p>(
        listed: &'l ListedActions,
        policies: impl Iterator<Item = &'p CompiledPolicy>,
    ) -> Self {
        let patterns = policies.flat_map(|policy| {
            let all = policy.statements().iter().flat_map(|statement| policy.actions(statement));
            all.map(move |pattern| (pattern, policy))
        });
        let is_listed = |(pattern, policy): &(&ActionPattern, &CompiledPolicy)| {
            listed.covered_by(pattern, policy).next().is_some()
        };
        let unlisted = patterns.filter(|one| !is_listed(one));
        let others = ListedActions::named(unlisted.filter_map(|(pattern, policy)| own_name(pattern, policy)));
        Self { listed, others }
    }

    pub(super) fn len(&self) -> usize {
        self.listed.names.len() + self.others.names.len()
    }

    pub(super) fn name(&self, number: usize) -> &str {
        let listed = &self.listed.names;
        listed.get(number).unwrap_or_else(|| &self.others.names[number - listed.len()])
    }

    /// The actions that the action element of a statement covers.
    pub(super) fn of_statement(&self, policy: &CompiledPolicy, statement: &CompiledStatement) -> Bits {
        let mut covered = Bits::none(self.len());
        for pattern in policy.actions(statement) {
            self.listed.covered_by(pattern, policy).for_each(|number| covered.insert(number));
            let others = self.others.covered_by(pattern, policy);
            others.for_each(|number| covered.insert(self.listed.names.len() + number));
        }
        if statement.not_action { Bits::all(self.len()).without(&covered) } else { covered }
    }
}

/// The name that a pattern stands for that covers none of the catalog, if it can cover any.
fn own_name(pattern: &ActionPattern, policy: &CompiledPolicy) -> Option<String> {
    let text = pattern.text(policy);
    let name = if has_wildcard(text) { text.replace(['*', '?'], "X") } else { text.to_owned() };
    let is_covered = ActionName::parse(&name).is_some_and(|name| pattern.matches(policy, &name));
    is_covered.then_some(name)
}
