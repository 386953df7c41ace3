//! What a policy allows within some actions and resources.

use serde_json::{Value, json};

use super::anybody::{Anybody, made};
use super::check::{Check, CheckKind};
use super::difference::{Caveat, PolicyDifference};
use super::resource_policy::GovernedResource;
use super::scope::Scope;
use crate::catalog::Catalog;
use crate::policy::PolicyType;
use crate::source::Source;
use crate::world::{Document, NamedDocument};

/// The name of the policies that stand for what is asked about.
const NAME: &str = "<what is asked about>";

impl GovernedResource<'_> {
    /// Whether the policy of the resource lets nobody do anything within a scope who could not without it.
    pub fn nothing_granted(&self, policy: NamedDocument, scope: &Scope) -> Check {
        let nothing = nothing_of_resource();
        let mut granted = self.difference_within([nothing.clone(), policy], Some(scope));
        if granted.changes.is_empty() {
            let all = self.difference_within([nothing, of_resource(&scope.actions)], Some(scope));
            let why = "none of these actions is asked for any of these resources";
            granted.caveats.extend(all.changes.is_empty().then(|| Caveat::new(why)));
        }
        Check::new(CheckKind::AccessNotGranted, granted)
    }
}

/// A policy of a resource that allows nobody anything.
pub(super) fn nothing_of_resource() -> NamedDocument {
    of_resource(&["iamwhy:Nothing".into()])
}

/// A policy of a resource that allows everybody some actions.
fn of_resource(actions: &[Box<str>]) -> NamedDocument {
    let statement = json!({"Effect": "Allow", "Principal": "*", "Action": actions, "Resource": "*"});
    let text = json!({"Version": "2012-10-17", "Statement": statement}).to_string();
    let (document, _) = Document::read(&Source::new(NAME, text), PolicyType::ResourceBased);
    NamedDocument { name: NAME.into(), document }
}

impl Anybody<'_> {
    /// Whether a policy allows nothing within a scope.
    pub fn nothing_granted(&self, policy: NamedDocument, scope: &Scope) -> Check {
        let mut granted = self.granted(policy, scope);
        if granted.changes.is_empty() {
            granted.caveats.extend(self.asked_for_nothing(scope));
        }
        Check::new(CheckKind::AccessNotGranted, granted)
    }

    /// What a policy allows within a scope: what it makes out beside nothing at all.
    fn granted(&self, policy: NamedDocument, scope: &Scope) -> PolicyDifference {
        let others = scope.denies_others();
        let mut granted = self.difference([vec![others.clone()], vec![policy, others]]);
        for change in &mut granted.changes {
            change.except.retain(|limit| *limit.name != *NAME);
        }
        granted
    }

    /// That nothing is allowed of what nobody could ask for is no news: most likely something else was meant.
    fn asked_for_nothing(&self, scope: &Scope) -> Vec<Caveat> {
        let unlisted = scope.unlisted(self.world.catalog());
        if !unlisted.is_empty() {
            return unlisted;
        }
        let is_empty = |scope: &Scope| self.granted(scope.allows_all(), scope).changes.is_empty();
        let parts = scope.parts().into_iter().filter(|(_, part)| is_empty(part));
        parts.map(|(pattern, _)| Scope::asked_for_nothing(pattern)).collect()
    }
}

impl Scope {
    /// Denies everything else: the engine is asked what lies within, nobody else knows.
    fn denies_others(&self) -> NamedDocument {
        policy(json!([
            {"Effect": "Deny", "NotAction": self.actions, "Resource": "*"},
            {"Effect": "Deny", "Action": "*", "NotResource": self.resources},
        ]))
    }

    /// The actions that the catalog does not list.
    pub(super) fn unlisted(&self, catalog: &Catalog) -> Vec<Caveat> {
        let unlisted = self.actions.iter().filter(|action| catalog.matching_actions(action).next().is_none());
        unlisted.map(|action| Caveat::new(format!("the catalog lists no action {action}"))).collect()
    }

    /// That an action or a resource is asked for with none of the others.
    pub(super) fn asked_for_nothing(pattern: &str) -> Caveat {
        Caveat::new(match pattern == "*" || pattern.starts_with("arn:") {
            true => format!("none of these actions is asked for {pattern}"),
            false => format!("{pattern} is asked for none of these resources"),
        })
    }

    fn allows_all(&self) -> NamedDocument {
        policy(json!([{"Effect": "Allow", "Action": self.actions, "Resource": "*"}]))
    }

    /// One for each of the actions, and one for each of the resources.
    fn parts(&self) -> Vec<(&str, Self)> {
        let one = |list: &[Box<str>]| list.iter().map(|one| vec![one.clone()]).collect::<Vec<_>>();
        let by_action = one(&self.actions).into_iter().map(|actions| Self { actions, ..self.clone() });
        let by_resource =
            one(&self.resources).into_iter().map(|resources| Self { resources, ..self.clone() });
        self.actions
            .iter()
            .chain(&self.resources)
            .map(AsRef::as_ref)
            .zip(by_action.chain(by_resource))
            .collect()
    }
}

fn policy(statements: Value) -> NamedDocument {
    made(NAME, json!({"Version": "2012-10-17", "Statement": statements}).to_string())
}
