//! What the policies of resources let somebody do who could not without them.

use super::actions::ListedActions;
use super::difference::{PolicyDifference, Turn};
use super::granted::nothing_of_resource;
use super::said::governed_resources;
use super::two_versions::{AskedVersion, KnownOfCaller, TwoVersions};
use super::worlds::policy_of;
use crate::names::{AccountId, Arn};
use crate::question::Question;
use crate::world::{GivenPolicies, NamedDocument, World};

/// What the policy of one resource lets somebody do.
#[derive(Clone, Debug)]
pub struct ResourceGrant {
    /// The ARN of the resource, or of the role.
    pub resource: String,
    /// What is allowed, and would not be without the policy.
    pub granted: PolicyDifference,
}

impl ResourceGrant {
    /// The grants of all resources and roles of a world, those of other accounts too, to the principal of a question.
    pub fn all(world: &World, question: &Question, listed: &ListedActions) -> Vec<Self> {
        let of = |(arn, owner): (String, AccountId)| {
            let resource = Arn::parse(&arn)?;
            let document = policy_of(world, &resource)?.document;
            let name = resource.resource().rsplit('/').next().unwrap_or_default().into();
            let policy = NamedDocument { name, document };
            let granted = granted(world, question, (&arn, owner), policy, listed);
            (!granted.changes.is_empty()).then(|| Self { resource: arn.clone(), granted })
        };
        governed_resources(world).filter_map(of).collect()
    }
}

fn granted(
    world: &World,
    question: &Question,
    (arn, owner): (&str, AccountId),
    policy: NamedDocument,
    listed: &ListedActions,
) -> PolicyDifference {
    let versions = [nothing_of_resource(), policy].map(|policy| {
        let mut question = question.clone();
        let mut policies = GivenPolicies::clone(&question.assumptions.policies);
        policies.resource = Some(policy);
        question.assumptions.policies = policies.into();
        question.assumptions.resource_account = Some(owner);
        AskedVersion { world, question }
    });
    let (known, on, turns) = (KnownOfCaller::OfWorld, Some(arn.into()), &[Turn::NewlyAllowed]);
    TwoVersions { versions, known, on, within: None, turns, listed }.difference()
}
