//! A policy whose actions are asked for, also where only a deployment knows all of it.

use crate::analysis::GrantedActions;
use crate::catalog::Catalog;
use crate::policy::{Policy, PolicyType};
use crate::recognise::PolicyInside;
use crate::session::Failure;
use crate::source::{Diagnostic, Parsed, Place};
use crate::syntax::json::Tree;

/// A policy by its texts: one, or where something is open several, each with something else in the place of that.
pub(super) struct GivenPolicy {
    texts: Vec<Policy>,
    /// What is open.
    unresolved: Option<Diagnostic>,
}

impl GivenPolicy {
    /// A policy that is known in full.
    pub(super) fn known(tree: Parsed<Tree>) -> Result<Self, Failure> {
        Ok(Self { texts: vec![policy(tree)?], unresolved: None })
    }

    /// A policy that something else holds, which can be written down.
    pub(super) fn inside(one: &PolicyInside) -> Result<Self, Failure> {
        match one.unresolved() {
            None => Self::known(one.tree()),
            unresolved => {
                Ok(Self { texts: one.trees().into_iter().filter_map(as_far).collect(), unresolved })
            }
        }
    }

    /// The name of its text.
    pub(super) fn name(&self) -> &str {
        self.texts.first().map_or("", |policy| policy.source().name())
    }

    /// The actions that it names whatever stands for what is open; and what is open, where more may be named.
    pub(super) fn granted<'c>(&self, catalog: &'c Catalog) -> (GrantedActions<'c>, Option<Diagnostic>) {
        let mut all = self.texts.iter().map(|policy| GrantedActions::of(policy, catalog));
        let Some(mut known) = all.next() else {
            return (GrantedActions::none(catalog), self.unresolved.clone());
        };
        let mut possible = known.actions.clone();
        for other in all {
            possible.include(&other.actions);
            known.actions.keep(&other.actions);
            known.taken_back_in_part.include(&other.taken_back_in_part);
            keep(&mut known.unlisted, &other.unlisted);
            keep(&mut known.unlisted_exceptions, &other.unlisted_exceptions);
        }
        known.taken_back_in_part.keep(&known.actions);
        let more = possible.len() - known.actions.len();
        let told = || self.unresolved.clone().map(|open| open.help(in_any_case(more)));
        (known, if more > 0 { told() } else { None })
    }
}

fn in_any_case(more: usize) -> String {
    let may = if more == 1 { "1 more may be" } else { &format!("up to {more} more may be") };
    format!("what is listed is allowed whatever that is; {may}")
}

/// Keeps the names that others have, too.
fn keep(own: &mut Vec<Place>, other: &[Place]) {
    own.retain(|place| other.iter().any(|one| one.text() == place.text()));
}

/// A policy of some kind: which actions it names does not depend on who is meant.
fn policy(tree: Parsed<Tree>) -> Result<Policy, Failure> {
    let as_kind = |kind| Policy::of(tree.clone(), kind).accept();
    let read = as_kind(PolicyType::IdentityBased);
    let read = read.or_else(|wrong| as_kind(PolicyType::ResourceBased).map_err(|_| wrong));
    read.map(|(policy, _)| policy).map_err(Failure::from)
}

/// What is understood of a policy: what stands for something open need not be an action.
fn as_far(tree: Parsed<Tree>) -> Option<Policy> {
    Policy::of(tree, PolicyType::ResourceBased).value
}
