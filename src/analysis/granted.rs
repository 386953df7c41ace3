//! Which actions a policy names in what it allows.

use crate::catalog::{ActionSet, Catalog};
use crate::names::glob_fold;
use crate::policy::{Effect, Policy, Statement, Text};
use crate::source::Place;

/// The actions that the `Allow` statements of a policy name, whatever the resources and conditions.
#[derive(Clone, Debug)]
pub struct GrantedActions<'c> {
    /// The actions, without those that a `Deny` takes back on every resource and without a condition.
    pub actions: ActionSet<'c>,
    /// Those of them that a `Deny` takes back on some resources, for somebody, or under a condition.
    pub taken_back_in_part: ActionSet<'c>,
    /// The names and patterns among what is allowed that match no action of the catalog.
    pub unlisted: Vec<Place>,
    /// Those of `NotAction` and `Deny`: they keep nothing back that is known.
    pub unlisted_exceptions: Vec<Place>,
}

impl<'c> GrantedActions<'c> {
    /// Those of nothing.
    pub fn none(catalog: &'c Catalog) -> Self {
        let none = ActionSet::none(catalog);
        let (unlisted, unlisted_exceptions) = (Vec::new(), Vec::new());
        Self { actions: none.clone(), taken_back_in_part: none, unlisted, unlisted_exceptions }
    }

    /// Those of a policy.
    pub fn of(policy: &Policy, catalog: &'c Catalog) -> Self {
        let mut granted = Self::none(catalog);
        let mut denied = ActionSet::none(catalog);
        for statement in policy.statements() {
            let actions = granted.named(policy, statement, catalog);
            match statement.effect {
                Effect::Allow => granted.actions.include(&actions),
                Effect::Deny if is_unbounded(policy, statement) => denied.include(&actions),
                Effect::Deny => granted.taken_back_in_part.include(&actions),
            }
        }
        granted.actions.exclude(&denied);
        granted.taken_back_in_part.keep(&granted.actions);
        granted.unlisted.retain(|place| !is_taken_back(policy, place.text()));
        granted
    }

    /// The actions that a statement is about.
    fn named(&mut self, policy: &Policy, statement: &Statement, catalog: &'c Catalog) -> ActionSet<'c> {
        let mut named = ActionSet::none(catalog);
        for text in policy.texts(statement.action.patterns) {
            if !named.add(&policy.text(text)) {
                let is_allowed = statement.effect == Effect::Allow && !statement.action.negated;
                let list = if is_allowed { &mut self.unlisted } else { &mut self.unlisted_exceptions };
                list.push(Place::new(policy.source(), text.span));
            }
        }
        if statement.action.negated { named.complement() } else { named }
    }
}

/// Whether a `Deny` takes an action that the catalog does not list back everywhere.
fn is_taken_back(policy: &Policy, action: &str) -> bool {
    let covers = |statement: &Statement| {
        let patterns = policy.texts(statement.action.patterns).iter();
        patterns.map(|text| policy.text(text)).any(|pattern| glob_fold(&pattern, action))
            != statement.action.negated
    };
    let mut statements = policy.statements().iter();
    statements.any(|one| one.effect == Effect::Deny && is_unbounded(policy, one) && covers(one))
}

/// Whether a statement is about every resource and everybody, without a condition.
fn is_unbounded(policy: &Policy, statement: &Statement) -> bool {
    let is_star = |text: &Text| policy.text(text) == "*";
    let every = statement
        .resource
        .as_ref()
        .is_some_and(|resource| !resource.negated && policy.texts(resource.patterns).iter().any(is_star));
    every && statement.condition.is_empty() && statement.principal.is_none()
}
