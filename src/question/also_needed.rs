//! What a call needs beside the permission that was asked about: each of these is a question of its own.
//!
//! INVARIANT: nothing here decides. Which permissions belong to a call is a fact, on what they are needed is read off
//! the call and the world, and whether they are there is asked of the engine.

use std::borrow::Cow;

use super::asked::{Asked, ask};
use super::space::{ANY_REGION, Filler, resources};
use crate::catalog::{AccessLevel, ActionFacts, ResourceTypeFacts};
use crate::facts;
use crate::names::Arn;
use crate::policy::Layer;
use crate::world::{CallerRef, ContextEntry, ContextValue, GivenPolicies, Principal, PrincipalKind, Request};

/// How many roles are looked at, and resources that policies speak of.
pub(super) const POSSIBLE: usize = 12;

/// Of more types than this a call takes one, though the Service Authorization Reference marks each as required: one model
/// is invoked, one resource has its tags listed. RunInstances has as many.
const TYPES: usize = 5;

pub(super) const PASS_ROLE: &str = "iam:PassRole";
pub(super) const PASSED_TO: &str = "iam:PassedToService";
const KEY_OF_OBJECT: &str = "s3:x-amz-server-side-encryption-aws-kms-key-id";

/// Keys of the network, which a service that repeats the call does not pass on (D42).
const NETWORK: [&str; 4] = ["aws:SourceIp", "aws:SourceVpc", "aws:VpcSourceIp", "aws:Vpce"];

/// Keys that say something of one resource or of what is created.
pub(super) const OF_RESOURCE: [&str; 4] =
    ["aws:ResourceTag/", "ec2:ResourceTag/", "aws:RequestTag/", "aws:TagKeys"];

/// A permission that a call needs beside the one that was asked about.
#[derive(Clone, Debug)]
pub struct AlsoNeeded {
    /// The action.
    pub action: String,
    /// On what it is needed.
    pub on: NeededOn,
    /// The service that needs it, where it is not the caller: the one that takes the role.
    pub service: Option<String>,
    /// Whether the call fails without it; others are needed only where the call uses what they are for.
    pub is_certain: bool,
    /// Whether the call, though it works, is of little use without it: what comes before or after it for its purpose.
    pub is_usual: bool,
    pub(super) context: Vec<ContextEntry<'static>>,
}

/// On what a permission is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NeededOn {
    /// On this.
    Resource(String),
    /// The action has no resource.
    Nothing,
    /// On something that nobody named.
    Untold {
        /// What must be told: `the role that it hands to lambda`.
        what: String,
        /// What it may be.
        possible: Vec<String>,
        /// Whether the world has these; others stand for what policies speak of.
        is_known: bool,
        /// What covers all that it may be, where a policy can say so.
        pattern: Option<String>,
    },
}

impl NeededOn {
    /// Some resource of which nothing is said.
    fn something() -> Self {
        let what = "what it is needed on".to_owned();
        Self::Untold { what, possible: Vec::new(), is_known: false, pattern: None }
    }
}

impl AlsoNeeded {
    /// The context keys of its own question.
    pub fn context(&self) -> &[ContextEntry<'static>] {
        &self.context
    }

    /// Asks for the permission on a resource, in the world of the call.
    pub fn ask<T>(
        &self,
        call: &Asked<'_>,
        on: Option<&str>,
        look: impl FnOnce(&Asked<'_>) -> T,
    ) -> Option<T> {
        let own = &call.request;
        let policies = without_those_of_the_resource(own.request.policies);
        let request = Request {
            action: &self.action,
            resource: on,
            resource_is_evidence: false,
            resource_is_unread: false,
            resource_account: None,
            context: &self.context,
            policies: &policies,
            public_access_block: None,
            ..own.request
        };
        let caller: CallerRef<'_> = match &self.service {
            Some(name) => {
                let service = Principal::new(PrincipalKind::Service(name.as_str().into()));
                own.world.caller(&service, &policies).into()
            }
            None => own.caller.clone(),
        };
        own.world.prepare(caller, request).ok().map(|prepared| look(&ask(prepared)))
    }
}

/// The policies of a question that concern other resources, too.
fn without_those_of_the_resource(given: &GivenPolicies) -> Cow<'_, GivenPolicies> {
    match (&given.resource, &given.vpc_endpoint) {
        (None, None) => Cow::Borrowed(given),
        _ => Cow::Owned(GivenPolicies { resource: None, vpc_endpoint: None, ..given.clone() }),
    }
}

impl Asked<'_> {
    /// The permissions that the call needs beside its own: of the key that encrypts its resource, of the role that it
    /// hands on, for the tags that it sets, on its other resources, and what AWS says may be needed, too.
    pub fn also_needed(&self) -> Vec<AlsoNeeded> {
        let Some(facts) = self.request.facts else { return Vec::new() };
        let mut found = self.of_the_key();
        found.extend(self.of_the_passed_role(facts));
        found.extend(self.of_the_role_itself());
        found.extend(self.of_its_purpose(facts));
        found.extend(self.beside_its_own(facts));
        found.extend(self.of_other_types(facts));
        let tags = self.has_request_tags();
        let dependent = facts.dependent_actions().filter(|action| action.to_string() != PASS_ROLE);
        let dependent = dependent.filter(|action| tags || action.level() != AccessLevel::Tagging);
        let mut dependent: Vec<AlsoNeeded> = dependent.map(|action| self.dependent(action)).collect();
        dependent.sort_by_cached_key(|needed| needed.action.clone());
        dependent.dedup_by(|one, other| one.action == other.action);
        found.extend(dependent);
        found
    }

    /// D42: the service uses the key in the caller's name.
    pub fn of_the_key(&self) -> Vec<AlsoNeeded> {
        let (service, name) = (self.request.action.service(), self.request.action.name());
        let actions = facts::key_actions(service, name);
        let Some(key) = Some(actions).filter(|actions| !actions.is_empty()).and_then(|_| self.key()) else {
            return Vec::new();
        };
        let region = Arn::parse(&key).map(|arn| arn.region()).unwrap_or_default();
        let via = format!("{}.{region}.amazonaws.com", service.to_ascii_lowercase());
        let mut context = self.context_but(&[&OF_RESOURCE[..], &NETWORK, &["aws:RequestedRegion"]].concat());
        context.push(given("kms:ViaService", via));
        context.push(given("aws:ViaAWSService", "true"));
        let needed = |action: &&str| AlsoNeeded {
            context: context.clone(),
            ..self.certain(action, NeededOn::Resource(key.clone()))
        };
        actions.iter().map(needed).collect()
    }

    /// The key that the call names, or the world for the resource; one that AWS manages lets in whoever comes by the
    /// service.
    fn key(&self) -> Option<String> {
        let named = self.using().find(|arn| arn.service() == "kms").map(|arn| arn.text().to_owned());
        let given = || self.given_value(KEY_OF_OBJECT).filter(|key| Arn::parse(key).is_some());
        let record = self.request.side.record.as_deref();
        let record = record.map(|own| self.request.bucket().unwrap_or(own));
        let known = || record.and_then(|record| record.key.as_deref()).map(str::to_owned);
        named.or_else(given).or_else(known).filter(|key| !key.contains(":alias/aws/"))
    }

    /// What of the call's resource may have a key of its own, of which the world says nothing: `the queue`.
    pub fn has_undeclared_key(&self) -> Option<&'static str> {
        let (service, name) = (self.request.action.service(), self.request.action.name());
        let record = self.request.side.record.as_deref()?;
        let record = self.request.bucket().unwrap_or(record);
        let is_open = record.key.is_none() && self.key().is_none();
        let uses_keys = !facts::key_actions(service, name).is_empty();
        (is_open && uses_keys).then(|| facts::what_a_key_encrypts(service))
    }

    /// What the call is of little use without: the token that a registry is entered with, the call that takes the role
    /// that is passed.
    fn of_its_purpose(&self, facts: ActionFacts<'_>) -> Option<AlsoNeeded> {
        let service = self.given_value(PASSED_TO).filter(|_| self.request.action.is(PASS_ROLE));
        let action = match &service {
            Some(service) => facts::takes_role_for(service)?,
            None => facts::goes_with(&facts.to_string())?,
        };
        let has_types =
            self.request.world.catalog().action(action).is_some_and(|own| own.has_resource_types());
        let on = if has_types { NeededOn::something() } else { NeededOn::Nothing };
        let region = self.request.arn().map(|own| own.region()).filter(|region| !region.is_empty());
        let region = region.or_else(|| self.request.requested_region());
        let context = region.map(|region| given("aws:RequestedRegion", region)).into_iter().collect();
        Some(AlsoNeeded { is_certain: false, is_usual: true, context, ..self.certain(action, on) })
    }

    /// What the call does beside what it is called, on its own resource and on another one.
    fn beside_its_own(&self, facts: ActionFacts<'_>) -> Vec<AlsoNeeded> {
        let own = self.request.arn().map(|arn| NeededOn::Resource(arn.text().to_owned()));
        let elsewhere = |action: &str, what: &str| {
            let action = self.request.world.catalog().action(action);
            let named =
                self.using().find(|arn| action.is_some_and(|own| own.resource_type_of(arn.text()).is_some()));
            let untold = || NeededOn::Untold {
                what: what.to_owned(),
                possible: Vec::new(),
                is_known: false,
                pattern: None,
            };
            named.map_or_else(untold, |arn| NeededOn::Resource(arn.text().to_owned()))
        };
        let call = facts.to_string();
        let needed = facts::needed_beside(&call).filter_map(|one| {
            let on = match one.elsewhere {
                None => own.clone()?,
                Some(what) => elsewhere(one.action, what),
            };
            let is_same = one.elsewhere.is_none();
            let context = self.context_but(if is_same { &[] } else { &OF_RESOURCE });
            Some(AlsoNeeded { context, ..self.certain(one.action, on) })
        });
        needed.collect()
    }

    /// The same on the other types of resource that the call is authorized on, each by itself (D44): of RunInstances the
    /// image, the subnet and others.
    fn of_other_types(&self, facts: ActionFacts<'_>) -> Vec<AlsoNeeded> {
        let own = self.request.arn().and_then(|arn| facts.resource_type_of(arn.text()));
        let Some(own) = own else { return Vec::new() };
        let (action, context) = (facts.to_string(), self.context_but(&OF_RESOURCE[..2]));
        let named: Vec<(&str, Arn<'_>)> =
            self.using().filter_map(|arn| Some((facts.resource_type_of(arn.text())?.name(), arn))).collect();
        let is_named = |kind: &str| named.iter().any(|(own, _)| *own == kind);
        let required = facts.resource_types().filter(|used| used.is_required());
        let mut others: Vec<&str> = required.map(|used| used.resource_type().name()).collect();
        let above = self.request.ancestors(); // these are decided with the call itself
        let is_decided = |name: &str| {
            let mut kinds = above.iter().filter_map(|one| facts.resource_type_of(one.resource().text()));
            kinds.any(|kind| kind.name() == name)
        };
        let lies_in = |name: &str| required_parent(facts, own, name) || is_decided(name);
        others.retain(|name| *name != own.name() && !lies_in(name));
        others.truncate(if others.len() < TYPES { TYPES } else { 0 });
        others.retain(|name| !is_named(name));
        let named = named.iter().map(|(_, arn)| NeededOn::Resource(arn.text().to_owned()));
        let untold = others.into_iter().map(|kind| {
            let possible = self.possible(&action, kind);
            let pattern = self.any_of_kind(facts, kind);
            NeededOn::Untold { what: format!("its {kind}"), possible, is_known: false, pattern }
        });
        let needed = named.chain(untold);
        needed.map(|on| AlsoNeeded { context: context.clone(), ..self.certain(&action, on) }).collect()
    }

    /// An action that AWS lists beside the one of the call.
    fn dependent(&self, action: ActionFacts<'_>) -> AlsoNeeded {
        let tags = action.level() == AccessLevel::Tagging;
        let named = || self.using().find(|arn| action.resource_type_of(arn.text()).is_some());
        let own = || self.request.arn().filter(|_| tags);
        let on = match own().or_else(named) {
            Some(arn) => NeededOn::Resource(arn.text().to_owned()),
            None if action.has_resource_types() => NeededOn::something(),
            None => NeededOn::Nothing,
        };
        let mut context = self.context_but(if tags { &OF_RESOURCE[..2] } else { &OF_RESOURCE });
        context.extend(tags.then(|| given("ec2:CreateAction", self.request.action.name())));
        AlsoNeeded { context, is_certain: tags, ..self.certain(&action.to_string(), on) }
    }

    pub(super) fn certain(&self, action: &str, on: NeededOn) -> AlsoNeeded {
        let (service, context) = (None, Vec::new());
        AlsoNeeded { action: action.to_owned(), on, service, is_certain: true, is_usual: false, context }
    }

    /// What else the question names.
    pub(super) fn using(&self) -> impl Iterator<Item = Arn<'_>> {
        self.request.request.using.iter().filter_map(|arn| Arn::parse(arn))
    }

    fn has_request_tags(&self) -> bool {
        self.request.request.context.iter().any(|(key, _)| starts(key, "aws:RequestTag/"))
    }

    pub(super) fn given_value(&self, key: &str) -> Option<String> {
        let mut given = self.request.request.context.iter();
        let (_, value) = given.find(|(known, _)| known.eq_ignore_ascii_case(key))?;
        value.only().map(|value| value.to_string())
    }

    /// What the question gives, but for the keys that begin like one of these.
    pub(super) fn context_but(&self, out: &[&str]) -> Vec<ContextEntry<'static>> {
        let entries = self.request.request.context.iter();
        let kept = entries.filter(|(key, _)| !out.iter().any(|start| starts(key, start)));
        kept.map(|(key, value)| (key.to_string().into(), value.clone().into_owned())).collect()
    }

    /// Resources of a type that the caller's policies speak of, and one that none of them means.
    pub(super) fn possible(&self, action: &str, kind: &str) -> Vec<String> {
        let Some(facts) = self.request.world.catalog().action(action) else { return Vec::new() };
        let filler = Filler::new(&self.request.caller, self.request.world.catalog());
        let policies =
            self.request.levels(Layer::IdentityBased).iter().flat_map(|level| level.set.policies());
        let statements = policies.flat_map(|compiled| {
            let policy = compiled.policy();
            policy.statements().iter().map(move |statement| (policy, statement))
        });
        let spoken_of = statements.flat_map(|(policy, one)| resources(policy, one, &filler, None));
        let is_of_kind = |arn: &String| facts.resource_type_of(arn).is_some_and(|own| own.name() == kind);
        let mut found: Vec<String> = spoken_of.filter(is_of_kind).take(POSSIBLE).collect();
        let kinds = facts.resource_types().map(|used| used.resource_type());
        let own = kinds.filter(|own| own.name() == kind).flat_map(|own| own.arn_formats().next());
        found.extend(own.map(|format| filler.format(format)));
        found.into_iter().map(|arn| self.in_this_region(arn)).collect()
    }

    /// `arn:aws:ec2:us-east-1::image/*`: all of a kind that a call in its Region can take.
    fn any_of_kind(&self, facts: ActionFacts<'_>, kind: &str) -> Option<String> {
        let mut kinds = facts.resource_types().map(|used| used.resource_type());
        let form = kinds.find(|own| own.name() == kind)?.arn_formats().next()?;
        let caller = &self.request.caller;
        let account = caller.account.map(|id| id.to_string()).unwrap_or_default();
        let own = form.replace("${Partition}", &caller.principal.partition).replace("${Account}", &account);
        let region =
            self.request.arn().map(|own| own.region().to_owned()).filter(|region| !region.is_empty());
        let mut own = own.replace("${Region}", &region.unwrap_or_else(|| "*".to_owned()));
        while let Some((start, end)) = own.find("${").and_then(|at| Some((at, at + own[at..].find('}')?))) {
            own.replace_range(start..=end, "*");
        }
        Some(own)
    }

    /// A made-up resource in the Region of the call: a launch takes nothing from another one.
    fn in_this_region(&self, arn: String) -> String {
        let own = self.request.arn().map(|own| own.region()).filter(|region| !region.is_empty());
        let region = own.or_else(|| self.request.requested_region());
        let placed = region.zip(Arn::parse(&arn).filter(|own| own.region() == ANY_REGION));
        placed.map_or_else(|| arn.clone(), |(region, own)| own.with_field(3, region))
    }
}

/// Whether what is asked for lies in a resource of that type, whose ARN its own begins with: a call on an index of a table
/// is authorized on the index.
fn required_parent(facts: ActionFacts<'_>, own: ResourceTypeFacts<'_>, name: &str) -> bool {
    let mut kinds =
        facts.resource_types().map(|used| used.resource_type()).filter(|kind| kind.name() == name);
    kinds.any(|parent| {
        let below = |format: &str| own.arn_formats().any(|own| own.starts_with(&format!("{format}/")));
        parent.arn_formats().any(below)
    })
}

pub(super) fn starts(key: &str, start: &str) -> bool {
    key.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
}

pub(super) fn given(key: &'static str, value: impl Into<String>) -> ContextEntry<'static> {
    (Cow::Borrowed(key), ContextValue::One(Cow::Owned(value.into())))
}
