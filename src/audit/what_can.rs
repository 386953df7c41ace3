//! What a principal may do: all that it is allowed and would not be without policies of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::principals::name;
use crate::catalog::AccessLevel;
use crate::question::Question;
use crate::reason::{
    AskedVersion, KnownOfCaller, ListedActions, PolicyDifference, ResourceGrant, Turn, TwoVersions,
};
use crate::world::{GivenPolicies, World};

/// How many actions of each access level are allowed, and how many there are.
pub type ByLevel = BTreeMap<AccessLevel, (usize, usize)>;

/// What a principal may do.
#[derive(Clone, Debug)]
pub struct WhatCan {
    /// Who, as people call it within the account: `user bob`.
    pub who: String,
    /// Its ARN; of a session that of the role.
    pub arn: String,
    /// The answer that the root user has: no policy of its own allows what it may do.
    pub own_right: Option<String>,
    /// What each statement of its own policies allows.
    pub granted: PolicyDifference,
    /// What the policies of resources and roles allow that would not be allowed without them.
    pub by_resources: Vec<ResourceGrant>,
    /// The services of which something is allowed.
    pub services: BTreeMap<String, ByLevel>,
}

impl WhatCan {
    /// Looks at all requests of the principal of a question; action and resource are not looked at.
    pub fn ask(world: &World, question: &Question) -> Self {
        let caller = question.caller(world);
        let own_right = caller.principal.is_root().then(|| OWN_RIGHT.to_owned());
        let listed = ListedActions::of(world.catalog());
        let mut without = GivenPolicies::clone(&question.assumptions.policies);
        without.identity = Some(Vec::new());
        let nothing = question.clone().policies(without);
        let versions = [nothing, question.clone()].map(|question| AskedVersion { world, question });
        let known = KnownOfCaller::OfWorld;
        let granted = match own_right {
            Some(_) => PolicyDifference::default(),
            None => {
                let turns = &[Turn::NewlyAllowed];
                TwoVersions { versions, known, on: None, within: None, turns, listed: &listed }.difference()
            }
        };
        let by_resources = match own_right {
            Some(_) => Vec::new(),
            None => ResourceGrant::all(world, question, &listed),
        };
        let services = by_service(world, &granted, &by_resources);
        let arn = caller.principal.role_arn().unwrap_or_else(|| caller.arn.to_string());
        Self { arn, who: name(&caller.principal), own_right, granted, by_resources, services }
    }

    /// How many actions are allowed, on some resource and under some condition.
    pub fn actions(&self) -> usize {
        self.services.values().flat_map(BTreeMap::values).map(|(allowed, _)| allowed).sum()
    }
}

const OWN_RIGHT: &str =
    "the root user may do everything in its own account that no SCP denies, by its own right";

/// Only services of which something is allowed.
fn by_service(
    world: &World,
    granted: &PolicyDifference,
    by_resources: &[ResourceGrant],
) -> BTreeMap<String, ByLevel> {
    let all = std::iter::once(granted).chain(by_resources.iter().map(|one| &one.granted));
    let actions = all.flat_map(|granted| &granted.changes).flat_map(|change| &change.actions);
    let allowed: BTreeSet<&str> = actions.map(|action| &**action).collect();
    let mut services: BTreeMap<String, ByLevel> = BTreeMap::new();
    for action in world.catalog().actions() {
        let levels = services.entry(action.service().prefix().to_owned()).or_default();
        let (may, all) = levels.entry(action.level()).or_default();
        *may += usize::from(allowed.contains(&*action.to_string()));
        *all += 1;
    }
    services.retain(|_, levels| levels.values().any(|(may, _)| *may > 0));
    services
}
