//! Two versions of the policy of a resource, for everybody who may ask for it.

use std::sync::Arc;

use super::actions::ListedActions;
use super::anybody::everything;
use super::difference::{PolicyDifference, Turn};
use super::scope::Scope;
use super::stand_in::{EVERYBODY, EXAMPLE_OWNER, StandIn, stand_ins};
use super::two_versions::{AskedVersion, KnownOfCaller, TwoVersions};
use crate::names::{AccountId, Arn};
use crate::question::Question;
use crate::world::{GivenPolicies, NamedDocument, World};

/// A resource of whose policy there are two versions.
pub struct GovernedResource<'w> {
    /// The world, which has nothing but a catalog.
    pub world: &'w World,
    /// The actions.
    pub listed: &'w ListedActions,
    /// The resource.
    pub resource: Arn<'w>,
}

impl GovernedResource<'_> {
    /// All that differs between having this policy and having that: for strangers, for principals of other accounts and
    /// of its own, for services, and for whoever the policies name.
    pub fn difference(&self, versions: [NamedDocument; 2]) -> PolicyDifference {
        self.difference_within(versions, None)
    }

    pub(super) fn difference_within(
        &self,
        versions: [NamedDocument; 2],
        within: Option<&Scope>,
    ) -> PolicyDifference {
        let owner = self.resource.account_id().or(AccountId::parse(EXAMPLE_OWNER));
        let Some(owner) = owner else { return PolicyDifference::default() };
        let partition = if self.resource.partition().is_empty() { "aws" } else { self.resource.partition() };
        let (groups, caveats) = stand_ins((partition, owner), &versions);
        let mut all = PolicyDifference { caveats, ..PolicyDifference::default() };
        for group in groups {
            let without_permissions = group.is_of_owner.then(Vec::new);
            for identity in without_permissions.into_iter().chain([vec![everything()]]) {
                let found = self.of_group(&group, &identity, (owner, within), &versions);
                let found = found.untold(group.within, &all).by(&group.label);
                all.add(found);
            }
        }
        all.changes.iter_mut().for_each(|change| join_callers(&mut change.callers));
        all.ranked(self.world.catalog())
    }

    fn of_group(
        &self,
        group: &StandIn,
        identity: &[NamedDocument],
        (owner, within): (AccountId, Option<&Scope>),
        versions: &[NamedDocument; 2],
    ) -> PolicyDifference {
        let versions = versions.each_ref().map(|policy| {
            let policies = GivenPolicies {
                identity: Some(identity.to_vec()),
                resource: Some(policy.clone()),
                ..GivenPolicies::default()
            };
            let mut question = Question::new(Arc::clone(&group.principal), "s3:GetObject").policies(policies);
            question.assumptions.context.clone_from(&group.context);
            question.assumptions.resource_account = Some(owner);
            AskedVersion { world: self.world, question }
        });
        let on = Some(self.resource.text().into());
        let known = KnownOfCaller::Name;
        TwoVersions { versions, known, on, within, turns: &Turn::BOTH, listed: self.listed }.difference()
    }
}

/// Says in one word that it is everybody.
fn join_callers(callers: &mut Vec<Box<str>>) {
    let is_one = |label: &str| EVERYBODY.contains(&label);
    if EVERYBODY.iter().all(|group| callers.iter().any(|label| **label == **group)) {
        callers.retain(|label| !is_one(label));
        callers.insert(0, "everybody".into());
    }
}
