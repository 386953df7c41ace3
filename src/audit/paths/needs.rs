//! Whether a principal has what a step needs.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::step::MetNeed;
use crate::audit::who_can::access;
use crate::catalog::{ActionFacts, Catalog};
use crate::explain::Verdict;
use crate::names::Instant;
use crate::question::space::{Filler, Keys, resources};
use crate::question::{Assumptions, Question};
use crate::world::{Caller, ContextValue, Credentials, Principal, PrincipalKind, World};

/// How many resources that policies name are tried for an action, at most.
const NAMED: usize = 12;

/// How old a session can be, in seconds: 36 hours, of `sts:GetSessionToken` (C.2).
const LONGEST_SESSION: i64 = 129_600;

/// On what a user may hang that has more than access keys.
const SIGNED_IN: &str = "signed in at the console with MFA";

/// The policy that somebody attaches who wants everything.
pub(super) const ADMINISTRATOR_ACCESS: &str = "policy/AdministratorAccess";

/// A key that a call carries, and its value.
pub(super) type CallKey = (&'static str, String);

/// What one principal needs, asked once each.
pub(super) struct StepNeeds<'w> {
    pub(super) world: &'w World,
    pub(super) principal: Arc<Principal>,
    assumptions: Assumptions,
    pub(super) caller: Caller,
    /// The same once it has signed in, where it is a user and that was looked at.
    signed_in: OnceCell<Option<(Arc<Principal>, Caller)>>,
    /// Resources that its policies name, once somebody wants to know.
    named: OnceCell<Vec<String>>,
    /// What was asked before, by action, resource and the service that a role is handed to.
    met: HashMap<(&'static str, String, Option<&'static str>), Option<MetNeed>>,
}

impl<'w> StepNeeds<'w> {
    pub(super) fn of(world: &'w World, principal: Principal, assumptions: &Assumptions) -> Self {
        let principal = Arc::new(principal);
        let caller = caller_of(world, &principal, assumptions);
        let (signed_in, named, met) = Default::default();
        Self { world, principal, assumptions: assumptions.clone(), caller, signed_in, named, met }
    }

    /// The action on a resource, if it is allowed, be it on a condition.
    pub(super) fn on(
        &mut self,
        action: &'static str,
        resource: &str,
        passed_to: Option<&'static str>,
    ) -> Option<MetNeed> {
        let key = (action, resource.to_owned(), passed_to);
        if let Some(known) = self.met.get(&key) {
            return known.clone();
        }
        let service = passed_to.map(|service| ("iam:PassedToService", service.to_owned()));
        let met = self.with(action, resource, service.as_ref());
        self.met.entry(key).or_insert(met).clone()
    }

    /// The action on anything that it acts on: what the policies name, then whatever the catalog says there can be. What is
    /// always allowed comes before what hangs on a condition.
    pub(super) fn anywhere(&mut self, action: &'static str) -> Option<MetNeed> {
        let mut conditional = None;
        for resource in self.candidates(action) {
            match self.on(action, &resource, None) {
                Some(met) if met.condition.is_none() => return Some(met),
                met => conditional = conditional.or(met),
            }
        }
        conditional
    }

    /// The action on whatever the catalog says there can be, of a name that no policy knows.
    pub(super) fn on_any_other(&mut self, action: &'static str) -> Option<MetNeed> {
        let facts = self.world.catalog().action(action)?;
        let resources = plainest(facts, &Filler::new(&self.caller, self.world.catalog()));
        resources.iter().find_map(|resource| self.on(action, resource, None))
    }

    fn candidates(&self, action: &str) -> Vec<String> {
        let catalog = self.world.catalog();
        let Some(facts) = catalog.action(action).filter(|facts| facts.has_resource_types()) else {
            return vec!["*".to_owned()];
        };
        let filler = Filler::new(&self.caller, catalog);
        let fits = |arn: &&String| facts.resource_type_of(arn).is_some();
        let named = self.named.get_or_init(|| named_by(catalog, &self.caller));
        let named = named.iter().filter(fits).take(NAMED).cloned();
        plainest(facts, &filler).into_iter().chain(named).collect()
    }

    /// The action on a resource by a call that carries a key. A user may sign in as suits it: keys of a session tell what access
    /// keys do not.
    pub(super) fn with(
        &self,
        action: &'static str,
        resource: &str,
        key: Option<&CallKey>,
    ) -> Option<MetNeed> {
        let own = self.ask_as((&self.principal, &self.caller), action, resource, key);
        own.or_else(|| {
            let (principal, caller) = self.signed_in()?;
            let met = self.ask_as((principal, caller), action, resource, key)?;
            let more = met.condition.map_or_else(String::new, |condition| format!(", {condition}"));
            Some(MetNeed { condition: Some(format!("{SIGNED_IN}{more}")), ..met })
        })
    }

    fn signed_in(&self) -> Option<&(Arc<Principal>, Caller)> {
        let is_user = matches!(self.principal.kind, PrincipalKind::User { .. });
        let signed_in = self.signed_in.get_or_init(|| {
            is_user.then(|| {
                let credentials = Credentials::Console { mfa: true };
                let principal = Arc::new(Principal { credentials, ..(*self.principal).clone() });
                let caller = caller_of(self.world, &principal, &self.assumptions);
                (principal, caller)
            })
        });
        signed_in.as_ref()
    }

    fn ask_as(
        &self,
        (principal, caller): (&Arc<Principal>, &Caller),
        action: &'static str,
        resource: &str,
        key: Option<&CallKey>,
    ) -> Option<MetNeed> {
        let mut question = Question {
            principal: Arc::clone(principal),
            action: action.into(),
            resource: Some(resource.into()),
            assumptions: self.assumptions.clone(),
        };
        if let Some((key, value)) = key {
            question = question.with(*key, ContextValue::from(value.clone()));
        }
        if action.starts_with("iam:Attach") {
            let policy = format!("arn:{}:iam::aws:{ADMINISTRATOR_ACCESS}", principal.partition);
            question = question.with("iam:PolicyARN", ContextValue::from(policy));
        }
        let prepared = match question.assumptions.without.is_empty() {
            true => question.prepare_by(caller, self.world),
            false => question.prepare(self.world),
        };
        let found = access(prepared.ok()?)?;
        let can_be = found.with.iter().all(|pair| can_be_from(self.assumptions.now, pair));
        let (by, when) = match found.verdict {
            Verdict::Allowed => match found.reason.split_once("; when ") {
                Some((by, when)) => (by.to_owned(), Some(format!("when {when}"))),
                None => (found.reason, None),
            },
            _ => (String::new(), Some(found.reason)),
        };
        can_be.then(|| MetNeed { action, resource: resource.to_owned(), reason: by, condition: when })
    }
}

/// Whether a key can have a value from now on, in epoch seconds: times that are past do not come again.
fn can_be_from(now: i64, pair: &str) -> bool {
    let Some((key, value)) = pair.split_once('=') else { return true };
    let Some(time) = Instant::parse(value).map(Instant::epoch_seconds) else { return true };
    match key.to_ascii_lowercase().as_str() {
        "aws:currenttime" => time >= now,
        "aws:tokenissuetime" => time >= now - LONGEST_SESSION,
        _ => true,
    }
}

/// An ARN of each type that the action acts on.
fn plainest(facts: ActionFacts<'_>, filler: &Filler<'_>) -> Vec<String> {
    let types = facts.resource_types().map(|used| used.resource_type());
    types.filter_map(|one| one.arn_formats().next()).map(|format| filler.format(format)).collect()
}

/// The caller that a principal is, for many requests.
fn caller_of(world: &World, principal: &Principal, assumptions: &Assumptions) -> Caller {
    world.caller(principal, &assumptions.policies).indexed()
}

/// The resources that the policies of a principal name, with something in place of their wildcards.
fn named_by(catalog: &Catalog, caller: &Caller) -> Vec<String> {
    let filler = Filler::new(caller, catalog);
    let bare = Keys::new(std::iter::empty(), &filler, |_| None);
    let sets = caller.identity.iter().flat_map(|level| level.set.policies());
    let named = sets.flat_map(|compiled| {
        let policy = compiled.policy();
        let of = |statement| resources(policy, statement, &filler, None);
        policy.statements().iter().flat_map(of).collect::<Vec<_>>()
    });
    let mut all: Vec<String> = named.map(|text| bare.fill(&text).0).collect();
    all.sort();
    all.dedup();
    all
}
