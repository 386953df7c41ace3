//! What decides a request and is not known: the policy that every resource of its kind has and that nobody gave, or
//! that of a resource which nobody named.

use std::borrow::Cow;

use super::Prepared;
use crate::compile::RequestResource;
use crate::facts::{self, RuleId, rule};
use crate::policy::PolicyType;
use crate::world::lattice::goes_through_lattice;
use crate::world::level::Level;
use crate::world::principal::PrincipalKind;

/// A policy without which nothing is allowed, and which is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownPolicy {
    /// The trust policy of a role (D21).
    Trust,
    /// The policy of a KMS key (D22).
    Key,
    /// The policy of a REST API that is called through a VPC endpoint, so that it is a private one.
    PrivateApi,
    /// The auth policy of a service of VPC Lattice, or of the service network before it.
    Lattice,
    /// The policy of a file system that nobody named: one without a policy is open.
    OfNoFileSystem,
    /// The policy of a resource that nobody named (I4).
    OfNoResource,
    /// What the principal's own account allows, which is none of the world.
    OfStranger,
}

impl UnknownPolicy {
    /// The rule by which it decides what is not known.
    pub fn rule(self) -> RuleId {
        match self {
            Self::OfNoResource | Self::OfNoFileSystem => const { rule("I4") },
            _ => const { rule("I6") },
        }
    }
}

impl Prepared<'_> {
    /// The policy that decides the request and is not known, if it is so: it was neither given nor declared, or its
    /// text cannot be read.
    pub fn unknown_policy(&self) -> Option<UnknownPolicy> {
        if self.is_without_resource() {
            return Some(match self.opens_file_system() {
                true => UnknownPolicy::OfNoFileSystem,
                false => UnknownPolicy::OfNoResource,
            });
        }
        if self.lacks_auth_policy() {
            return Some(UnknownPolicy::Lattice);
        }
        if self.side.policies.iter().any(|level| !level.set.is_empty() || level.incomplete.is_empty()) {
            return None;
        }
        match self.side.kind? {
            PolicyType::Trust if self.is_decisive() && !self.assumes_service_linked_role() => {
                Some(UnknownPolicy::Trust)
            }
            PolicyType::Key if self.is_decisive() => Some(UnknownPolicy::Key),
            PolicyType::ResourceBased if self.calls_private_api() => Some(UnknownPolicy::PrivateApi),
            _ => None,
        }
    }

    /// I4: whether the action needs a resource, nobody named one, and a policy of that resource would decide or was
    /// given.
    pub(super) fn is_without_resource(&self) -> bool {
        let believed = self.request.resource_is_evidence && self.request.resource.is_some(); // I21
        matches!(self.resource, RequestResource::Any)
            && !believed
            && (self.request.policies.resource.is_some() || self.hangs_on_its_policy())
            && self.needs_resource()
    }

    /// I4, I6: whether the policy of the resource, or that it has none, decides all such calls.
    fn hangs_on_its_policy(&self) -> bool {
        self.is_decisive()
            || self.calls_private_api()
            || goes_through_lattice(&self.action)
            || self.opens_file_system()
    }

    /// I6: a file system without a policy lets in whom no identity-based policy does.
    fn opens_file_system(&self) -> bool {
        facts::is_open_without_policy(self.action.service(), self.action.name())
    }

    /// I6: without an auth policy a service or service network lets in everybody or nobody, by its auth type.
    fn lacks_auth_policy(&self) -> bool {
        let policies = &self.side.policies;
        let is_unknown = |level: &Level| level.set.is_empty() && !level.incomplete.is_empty();
        goes_through_lattice(&self.action)
            && self.side.kind.is_some()
            && (policies.is_empty() || policies.iter().any(is_unknown))
    }

    /// The service network or service of VPC Lattice whose auth policy nobody gave.
    pub fn without_auth_policy(&self) -> Option<Cow<'_, str>> {
        let call = self.call();
        let mut guards = self.world.lattice_guards(&call, self.side.record.as_deref());
        guards.find(|guard| guard.is_unknown()).map(|guard| guard.arn)
    }

    /// What the policy of the resource would be that nobody named.
    pub(super) fn kind_of_no_resource(&self) -> PolicyType {
        match (self.is_decisive(), self.action.is_of("kms")) {
            (true, true) => PolicyType::Key,
            (true, false) => PolicyType::Trust,
            (false, _) => PolicyType::ResourceBased,
        }
    }

    /// Whether the action is asked for a resource: for one of a type that is required, or for one of several types (an
    /// object of a bucket or of an access point). A single type that is not required may be left out, but for the role
    /// of a session.
    pub(super) fn needs_resource(&self) -> bool {
        let Some(facts) = self.facts else { return false };
        facts.needs_resource() || (facts.has_resource_types() && self.action.is_of("sts"))
    }

    /// Whether the resource has a policy that could allow, but cannot be consulted.
    pub fn lacks_resource_policy(&self) -> bool {
        self.unknown_policy().is_some() || self.side.policies.iter().any(|level| !level.incomplete.is_empty())
    }

    /// D21, D22.
    fn is_decisive(&self) -> bool {
        facts::decisive_resource_policy(self.action.service(), self.action.name()).is_some()
    }

    /// D21: the trust policy of a service-linked role is fixed, and names its service alone.
    fn assumes_service_linked_role(&self) -> bool {
        let linked = self.arn().is_some_and(|arn| arn.resource().starts_with("role/aws-service-role/"));
        linked && !matches!(self.caller.principal.kind, PrincipalKind::Service(_))
    }

    /// Only private APIs are called through an endpoint, and without a policy they let nobody in.
    fn calls_private_api(&self) -> bool {
        self.action.is("execute-api:Invoke")
            && (self.given_value("aws:SourceVpce").is_some() || self.given_value("aws:SourceVpc").is_some())
    }
}
