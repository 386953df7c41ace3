//! Whether strangers reach a resource: somebody who does not sign, or a principal of an account that has nothing to do with
//! its owner and has every permission of its own.

use std::sync::Arc;

use super::address::addresses_of_strangers;
use super::anybody::{EVERYTHING, everything};
use super::difference::Caveat;
use super::pattern::{AskedPattern, PatternAnswer, PatternOutcome, PatternPart, PatternReason};
use super::stand_in::{EXAMPLE_OWNER, NOT_OF_STRANGERS, STRANGE, STRANGE_ORGANIZATION};
use super::texts::values_of;
use crate::names::{AccountId, Arn, has_wildcard};
use crate::question::Question;
use crate::world::{ContextValue, GivenPolicies, NamedDocument, Principal, PrincipalKind, World, WorldError};

/// The word for a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicVerdict {
    /// No stranger reaches it.
    Private,
    /// Strangers reach it.
    Public,
    /// Nothing was found, and not everything was looked at.
    Unknown,
}

impl PublicVerdict {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Public => "public",
            Self::Unknown => "unknown",
        }
    }
}

/// What strangers may do with a resource.
#[derive(Clone, Debug)]
pub struct PublicAccess {
    /// The resource.
    pub resource: Box<str>,
    /// What is allowed, each to whom by one statement.
    pub parts: Vec<(Stranger, PatternPart)>,
    /// Why there may be more.
    pub caveats: Vec<Caveat>,
    /// What was taken to be so.
    pub assumed: Vec<String>,
}

/// Somebody who has nothing to do with the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stranger {
    /// Nobody signs.
    Anonymous,
    /// Any AWS account.
    Outsider,
}

impl Stranger {
    /// What people call them.
    pub fn word(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous callers",
            Self::Outsider => "any AWS account",
        }
    }
}

impl PublicAccess {
    /// Looks for what strangers may do with a resource of a world, and with what lies in it; `policy` is in place of what
    /// the world has.
    ///
    /// # Errors
    /// If no action is asked for such a resource, or the policy cannot be read.
    pub fn of(world: &World, resource: &Arn<'_>, policy: Option<&NamedDocument>) -> Result<Self, WorldError> {
        let mut access = Self {
            resource: resource.text().into(),
            parts: Vec::new(),
            caveats: Vec::new(),
            assumed: Vec::new(),
        };
        let policies = policies(world, resource, policy);
        if policies.is_empty() && world.resource_of(resource).is_none() {
            access.caveats.push(Caveat::new("its policy is not known here"));
        }
        let is_owned = resource.account_id().is_some() || world.resource_of(resource).is_some();
        let owner = if is_owned { None } else { AccountId::parse(EXAMPLE_OWNER) };
        let networks = values_of("aws:SourceIp", &policies);
        let addresses: Vec<Option<String>> = match networks.is_empty() {
            true => vec![None],
            false => addresses_of_strangers(&networks).into_iter().map(Some).collect(),
        };
        for (stranger, principal, organization) in strangers(resource, &policies) {
            for address in &addresses {
                let mut question = Question::new(Arc::clone(&principal), "*");
                if let Some(address) = address {
                    question = question.with("aws:SourceIp", address.clone());
                }
                for key in NOT_OF_STRANGERS {
                    question = question.with(key, ContextValue::Absent);
                }
                if let Some(organization) = organization {
                    question.assumptions.context.retain(|(key, _)| *key != *NOT_OF_STRANGERS[0]);
                    question = question.with(NOT_OF_STRANGERS[0], organization);
                }
                question.assumptions.resource_account = owner;
                let question = question.policies(given(policy));
                access.add(stranger, AskedPattern::of_all(question, resource).ask(world)?);
            }
        }
        access.caveats.sort();
        access.caveats.dedup();
        access.note_block(world, resource);
        Ok(access)
    }

    /// The word for it. A caveat turns `private` into `unknown`, never the other way.
    pub fn verdict(&self) -> PublicVerdict {
        match (self.parts.is_empty(), self.caveats.is_empty()) {
            (false, _) => PublicVerdict::Public,
            (true, true) => PublicVerdict::Private,
            (true, false) => PublicVerdict::Unknown,
        }
    }

    /// Adds what is allowed to a stranger, but for what all are allowed by the same statement.
    fn add(&mut self, stranger: Stranger, answer: PatternAnswer) {
        self.caveats.extend(answer.caveats);
        if answer.parts.iter().any(|part| part.outcome == PatternOutcome::Depends) {
            self.caveats.push(Caveat::new("a policy decides that is not known"));
        }
        for sentence in answer.assumed {
            if !self.assumed.contains(&sentence) {
                self.assumed.push(sentence);
            }
        }
        let mut parts = answer.parts;
        parts.retain(|part| part.outcome == PatternOutcome::Allowed);
        if !parts.iter().all(is_of_own_account) {
            parts.retain(|part| !is_of_own_account(part));
        }
        for part in parts {
            let is_told = |(_, other): &(Stranger, PatternPart)| {
                other.reason == part.reason
                    && part.actions.iter().all(|action| other.actions.contains(action))
            };
            if !self.parts.iter().any(is_told) {
                self.parts.push((stranger, part));
            }
        }
    }

    /// I26: nobody said how Block Public Access stands, which new buckets have on.
    fn note_block(&mut self, world: &World, resource: &Arn<'_>) {
        let Some(bucket) = resource.text().split('/').next().filter(|_| resource.service() == "s3") else {
            return;
        };
        let own = world.resource(bucket).map(|bucket| (bucket.owner, bucket.public_access_block));
        let of_account = world.public_access_block(own.map(|(owner, _)| owner));
        let block = own.map(|(_, own)| own.or(of_account)).unwrap_or(of_account);
        if !block.is_said && !self.parts.is_empty() {
            self.assumed
                .push("Block Public Access is taken to be off, since nobody said how it stands".to_owned());
        }
    }
}

/// Whoever asks: nobody signs; a user of another account, of none and of another organization; and whom a test of
/// `aws:PrincipalArn` names in every account.
fn strangers(
    resource: &Arn<'_>,
    policies: &[NamedDocument],
) -> Vec<(Stranger, Arc<Principal>, Option<&'static str>)> {
    let partition = if resource.partition().is_empty() { "aws" } else { resource.partition() };
    let user = format!("arn:{partition}:iam::{STRANGE}:user/stranger");
    let named = named_everywhere(policies).into_iter().map(|pattern| {
        let mut fields: Vec<String> =
            pattern.splitn(6, ':').map(|field| field.replace(['*', '?'], "x")).collect();
        if let [_, of, _, _, account, _] = &mut fields[..] {
            (*of, *account) = (partition.to_owned(), STRANGE.to_owned());
        }
        fields.join(":")
    });
    let outsiders: Vec<Arc<Principal>> = std::iter::once(user)
        .chain(named)
        .filter_map(|arn| Principal::parse(&arn).or_else(|| role_session(&arn)))
        .map(Arc::new)
        .collect();
    let anonymous = Arc::new(Principal::new(PrincipalKind::Anonymous));
    let mut all = vec![(Stranger::Anonymous, anonymous, None)];
    for outsider in outsiders {
        all.push((Stranger::Outsider, Arc::clone(&outsider), None));
        all.push((Stranger::Outsider, outsider, Some(STRANGE_ORGANIZATION)));
    }
    all
}

/// A session of a role of that ARN.
fn role_session(arn: &str) -> Option<Principal> {
    let (front, role) = arn.split_once(":role/")?;
    let name = role.rsplit('/').next()?;
    Principal::parse(&format!("{}:assumed-role/{name}/x", front.replacen(":iam:", ":sts:", 1)))
}

/// The policies that speak of the resource.
fn policies(world: &World, resource: &Arn<'_>, policy: Option<&NamedDocument>) -> Vec<NamedDocument> {
    let declared = || world.resource_of(resource).and_then(|one| one.policy.clone());
    let trust = || {
        let account = world.account(resource.account_id()?)?;
        account
            .role(resource.resource().strip_prefix("role/")?.rsplit('/').next()?)
            .map(|role| role.trust.clone())
    };
    let of_world = || declared().or_else(trust).map(|document| NamedDocument { name: "".into(), document });
    policy.cloned().or_else(of_world).into_iter().collect()
}

/// Values of `aws:PrincipalArn` that leave the account open.
fn named_everywhere(policies: &[NamedDocument]) -> Vec<String> {
    let values = values_of("aws:PrincipalArn", policies);
    let leaves_open = |value: &String| value.split(':').nth(4).is_some_and(has_wildcard);
    values.into_iter().filter(leaves_open).collect()
}

/// Whether it is the stranger's own permission that is told.
pub(super) fn is_of_own_account(part: &PatternPart) -> bool {
    matches!(&part.reason, PatternReason::Statement(statement) if *statement.name == *EVERYTHING)
}

/// Strangers have every permission in their own account.
fn given(policy: Option<&NamedDocument>) -> GivenPolicies {
    GivenPolicies {
        identity: Some(vec![everything()]),
        resource: policy.cloned(),
        ..GivenPolicies::default()
    }
}
