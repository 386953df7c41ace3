//! What a change opens and takes away: the answers before and after, of the principals, the actions and the resources
//! that are in play.
//!
//! INVARIANT: nothing is reasoned here. Both worlds are asked, up to a budget, and what differs is told.

use std::collections::BTreeSet;

use super::authority::members;
use crate::compile::CompiledPolicy;
use crate::names::{Arn, DistinctNames, glob_fold, has_wildcard};
use crate::policy::Layer;
use crate::question::search::Budget;
use crate::question::{Asked, ask};
use crate::world::{Account, Caller, Level, Principal, PrincipalKind, Request, World};

/// What a change opens and takes away, as the engine was asked: whether it opens, who, which call, on what.
pub(super) type Opened = BTreeSet<(bool, String, String, String)>;

/// How many principals are looked at, and how many of those whom the change may concern are asked about.
const LOOKED_AT: usize = 60;
const ASKED: usize = 16;

/// How many actions, and how many resources, are in play.
const ACTIONS: usize = 24;
const RESOURCES: usize = 24;

/// How many declared resources are looked through.
const DECLARED: usize = 2_000;

/// How many statements are read for them.
const STATEMENTS: usize = 500;

/// How many calls are asked about, both before and after.
const CALLS: usize = 600;

/// What a change opens and takes away.
#[derive(Clone, Debug, Default)]
pub(super) struct Difference {
    /// What is allowed after and was not before.
    pub(super) opened: Vec<CallBy>,
    /// What was allowed before and is not after.
    pub(super) lost: Vec<CallBy>,
}

/// A call of somebody, on a resource or on what a pattern covers.
#[derive(Clone, Debug)]
pub(super) struct CallBy {
    pub(super) who: Principal,
    pub(super) action: String,
    pub(super) resource: String,
}

/// A resource as it is said, and as it is asked for.
struct InPlay {
    said: String,
    asked: String,
}

impl Asked<'_> {
    /// What differs between two worlds; `concerns` is the layer in which something is changed, if it is one policy.
    pub(super) fn difference(&self, before: &World, after: &World, concerns: Option<Layer>) -> Difference {
        let policies = self.request.request.policies;
        let pair = |who: &Principal| (before.caller(who, policies), after.caller(who, policies));
        let of_caller =
            |layer| !matches!(layer, Layer::ResourceBased | Layer::ResourceControl | Layer::VpcEndpoint);
        let same = |(old, new): &(Caller, Caller)| concerns.is_some_and(of_caller) && has_the_same(old, new);
        let all = self.principals_in_play(before).into_iter().take(LOOKED_AT).map(|who| pair(&who));
        let pairs: Vec<(Caller, Caller)> = all.filter(|pair| !same(pair)).take(ASKED).collect();
        let calls = self.calls_in_play(before, &pairs);
        let each = pairs.iter().flat_map(|pair| calls.iter().map(move |call| (pair, call)));
        let budget = Budget::of(self, CALLS);
        let mut found = Difference::default();
        for ((old, new), (action, resource)) in each.take_while(|_| budget.take()) {
            let was = self.allows(before, old, action, &resource.asked);
            let is = self.allows(after, new, action, &resource.asked);
            let call = || CallBy {
                who: old.principal.clone(),
                action: action.clone(),
                resource: resource.said.clone(),
            };
            match (was, is) {
                (false, true) => found.opened.push(call()),
                (true, false) => found.lost.push(call()),
                _ => {}
            }
        }
        found
    }

    pub(super) fn allows(&self, world: &World, caller: &Caller, action: &str, resource: &str) -> bool {
        let request = Request { action, resource: Some(resource), ..self.request.request };
        world.prepare(caller.into(), request).is_ok_and(|prepared| ask(prepared).decision.is_allowed())
    }

    /// Who asks, then the users and roles of its account, of the resource's and of others, and whoever has not signed in.
    fn principals_in_play(&self, world: &World) -> Vec<Principal> {
        let caller = &self.request.caller;
        let first = [caller.account, self.request.owner];
        let is_first = |account: &Account| first.contains(&Some(account.id));
        let known = first.into_iter().flatten().filter_map(|id| world.account(id)).map(|own| &**own);
        let others = world.accounts().map(|own| &**own).filter(|own| !is_first(own));
        let own = std::iter::once(caller.principal.clone());
        let anonymous = std::iter::once(Principal::new(PrincipalKind::Anonymous));
        let mut found: Vec<Principal> = Vec::new();
        for principal in own.chain(anonymous).chain(known.chain(others).flat_map(members)) {
            if found.len() == LOOKED_AT {
                break;
            }
            let is_new = !found.iter().any(|other| is_one(other, &principal));
            found.extend(Some(principal).filter(|_| is_new));
        }
        found
    }

    /// What the policies of those who are concerned name, and what the world has.
    fn calls_in_play(&self, world: &World, pairs: &[(Caller, Caller)]) -> Vec<(String, InPlay)> {
        let own = Layer::ALL.into_iter().flat_map(|layer| self.request.levels(layer));
        let of_callers = pairs.iter().flat_map(|(old, new)| [old, new]).flat_map(levels);
        let policies = || own.clone().chain(of_callers.clone()).flat_map(|level| level.set.policies());
        let mut actions: DistinctNames<String> = [self.action_name()].into_iter().collect();
        let mut resources = vec![self.request.resource().text().to_owned()];
        let declared = || world.resources().take(DECLARED).map(|resource| resource.arn.to_string());
        let service = self.request.action.service();
        let is_like = |arn: &String| Arn::parse(arn).is_some_and(|arn| arn.service() == service);
        resources.extend(declared().filter(is_like).take(RESOURCES / 2));
        let statements =
            policies().flat_map(|policy| policy.statements().iter().map(move |one| (policy, one)));
        for (policy, one) in statements.take(STATEMENTS) {
            let named = policy.actions(one).iter().map(|pattern| pattern.text(policy)).take(ACTIONS);
            actions.extend(named.filter(|name| name.contains(':') && !has_wildcard(name)).map(str::to_owned));
            let patterns = policy.resources(one).iter().take(RESOURCES);
            resources.extend(patterns.map(|pattern| pattern.text(policy).to_owned()));
        }
        resources.extend(declared().take(RESOURCES));
        let mut distinct: Vec<String> = Vec::new();
        for resource in resources {
            let is_new = distinct.len() < RESOURCES && !distinct.contains(&resource);
            distinct.extend(Some(resource).filter(|_| is_new));
        }
        let mut found = Vec::new();
        for action in actions.into_vec().into_iter().take(ACTIONS) {
            let service = action.split(':').next().unwrap_or_default().to_owned();
            let facts = world.catalog().action(&action).filter(|facts| facts.has_resource_types());
            let is_of_type =
                |one: &InPlay| facts.is_none_or(|facts| facts.resource_type_of(&one.asked).is_some());
            let of_service = distinct.iter().filter_map(|said| in_play(said, &service)).filter(is_of_type);
            found.extend(of_service.map(|resource| (action.clone(), resource)));
        }
        found
    }
}

/// A resource that a call of a service can have, its wildcards filled.
fn in_play(said: &str, service: &str) -> Option<InPlay> {
    let arn = Arn::parse(said).filter(|_| !said.contains("${"))?;
    let fields = [arn.region(), arn.account()];
    let is_role = service == "sts" && arn.service() == "iam";
    let fits = glob_fold(arn.service(), service) || is_role;
    let asked = said.replace(['*', '?'], "x");
    (fits && !fields.into_iter().any(has_wildcard)).then(|| InPlay { said: said.to_owned(), asked })
}

/// The policies of a caller.
fn levels(caller: &Caller) -> impl Iterator<Item = &Level> + Clone {
    caller.identity.iter().chain(&caller.boundary).chain(&caller.scp)
}

/// Whether two callers have the same policies, which is so of whoever a change does not concern.
fn has_the_same(one: &Caller, other: &Caller) -> bool {
    let policies = |caller| -> Vec<*const CompiledPolicy> {
        let all = levels(caller).flat_map(|level| level.set.policies());
        all.map(std::sync::Arc::as_ptr).collect()
    };
    policies(one) == policies(other)
}

/// Whether two are one, or sessions of one role.
pub(super) fn is_one(one: &Principal, other: &Principal) -> bool {
    one.arn() == other.arn() || (one.role_arn().is_some() && one.role_arn() == other.role_arn())
}
