//! Sets of the actions that a catalog lists, and the patterns that mean them.

use super::action::ActionFacts;
use super::blob::{Catalog, TableRow};
use super::fewest::fewest;

/// Some of the actions that a catalog lists.
///
/// ```
/// use iamwhy::catalog::{ActionSet, Catalog};
/// let mut set = ActionSet::none(Catalog::embedded());
/// assert!(set.add("s3:getobjectT*"));
/// assert_eq!(set.patterns(), ["s3:GetObjectT*"]);
/// ```
#[derive(Clone)]
pub struct ActionSet<'c> {
    catalog: &'c Catalog,
    /// For each row of the catalog whether its action is in the set.
    members: Vec<bool>,
}

impl<'c> ActionSet<'c> {
    /// The set without actions.
    pub fn none(catalog: &'c Catalog) -> Self {
        Self { catalog, members: vec![false; catalog.actions().len()] }
    }

    /// Adds the actions that a pattern matches, in any letter case (A35); tells whether there are any.
    pub fn add(&mut self, pattern: &str) -> bool {
        let mut matches = false;
        for action in self.catalog.matching_actions(pattern) {
            matches = true;
            self.members[usize::from(action.0.index)] = true;
        }
        matches
    }

    /// Adds the actions of another set.
    pub fn include(&mut self, other: &Self) {
        self.change(other, |own, other| own | other);
    }

    /// Takes the actions of another set away.
    pub fn exclude(&mut self, other: &Self) {
        self.change(other, |own, other| own & !other);
    }

    /// Keeps only the actions of another set.
    pub fn keep(&mut self, other: &Self) {
        self.change(other, |own, other| own & other);
    }

    fn change(&mut self, other: &Self, to: fn(bool, bool) -> bool) {
        for (own, other) in self.members.iter_mut().zip(&other.members) {
            *own = to(*own, *other);
        }
    }

    /// The actions of the catalog that are not in the set.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self { catalog: self.catalog, members: self.members.iter().map(|member| !member).collect() }
    }

    /// How many actions it has.
    pub fn len(&self) -> usize {
        self.members.iter().filter(|member| **member).count()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The actions, service by service.
    pub fn actions(&self) -> impl Iterator<Item = ActionFacts<'c>> {
        (0..=u16::MAX)
            .zip(&self.members)
            .filter(|(_, member)| **member)
            .map(|(index, _)| ActionFacts(TableRow { catalog: self.catalog, index }))
    }

    /// The fewest names and patterns that match these actions and no other of the catalog, where a wildcard may stand
    /// at the end alone: what it matches can be seen at a glance, and there is one such list.
    pub fn patterns(&self) -> Vec<String> {
        if !self.members.is_empty() && self.members.iter().all(|member| *member) {
            return vec!["*".to_owned()];
        }
        let mut patterns = Vec::new();
        for service in self.catalog.services() {
            let names: Vec<&str> = service.actions().map(ActionFacts::name).collect();
            let range = service.action_range();
            let members = &self.members[usize::from(range.start)..usize::from(range.end)];
            patterns
                .extend(fewest(&names, members).iter().map(|name| format!("{}:{name}", service.prefix())));
        }
        patterns
    }
}

impl PartialEq for ActionSet<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.members == other.members
    }
}

impl std::fmt::Debug for ActionSet<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.actions()).finish()
    }
}
