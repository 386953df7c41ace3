//! What decides a request and is not known: the policy that every resource of its kind has and that nobody gave, or
//! that of a resource which nobody named.

use super::Prepared;
use crate::compile::RequestResource;
use crate::facts::{self, RuleId, rule};
use crate::policy::PolicyType;
use crate::world::principal::PrincipalKind;

/// A policy of the resource without which nothing is allowed, and which is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownPolicy {
    /// The trust policy of a role (D21).
    Trust,
    /// The policy of a KMS key (D22).
    Key,
    /// The policy of a REST API that is called through a VPC endpoint, so that it is a private one.
    PrivateApi,
    /// The auth policy of a service of VPC Lattice.
    Lattice,
    /// The policy of a resource that nobody named (I4).
    OfNoResource,
}

impl UnknownPolicy {
    /// The rule by which it decides what is not known.
    pub fn rule(self) -> RuleId {
        match self {
            Self::OfNoResource => const { rule("I4") },
            _ => const { rule("I6") },
        }
    }
}

impl Prepared<'_> {
    /// The policy that decides the request and is not known, if it is so: it was neither given nor declared, or its
    /// text cannot be read.
    pub fn unknown_policy(&self) -> Option<UnknownPolicy> {
        if self.is_without_resource() {
            return Some(UnknownPolicy::OfNoResource);
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
            PolicyType::ResourceBased if self.action.is("vpc-lattice-svcs:Invoke") => {
                Some(UnknownPolicy::Lattice)
            }
            _ => None,
        }
    }

    /// I4: whether the action needs a resource, nobody named one, and a policy of that resource would decide or was
    /// given.
    pub(super) fn is_without_resource(&self) -> bool {
        let believed = self.request.resource_is_evidence && self.request.resource.is_some(); // I21
        matches!(self.resource, RequestResource::Any)
            && !believed
            && (self.request.policies.resource.is_some() || self.is_decisive())
            && self.needs_resource()
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
