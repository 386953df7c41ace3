//! Somebody of whom nothing is known but the policies that are asked about: those that nobody has yet.

use std::sync::Arc;

use super::actions::ListedActions;
use super::difference::{PolicyDifference, Turn};
use super::how_much::HowMuch;
use super::two_versions::{AskedVersion, KnownOfCaller, TwoVersions};
use crate::policy::PolicyType;
use crate::question::Question;
use crate::source::Source;
use crate::world::{Document, GivenPolicies, NamedDocument, Principal, World};

/// Somebody of whom nothing is known but the policies that are asked about.
pub struct Anybody<'w> {
    /// The world, which has nothing but a catalog.
    pub world: &'w World,
    /// The actions.
    pub listed: &'w ListedActions,
    /// The principal that stands for them.
    pub principal: Arc<Principal>,
}

impl Anybody<'_> {
    /// All that differs between having these identity-based policies and having those.
    pub fn difference(&self, versions: [Vec<NamedDocument>; 2]) -> PolicyDifference {
        self.compared(versions, HowMuch::All)
    }

    /// What differs between having these identity-based policies and having those, as far as it is looked for.
    pub(super) fn compared(&self, versions: [Vec<NamedDocument>; 2], how_much: HowMuch) -> PolicyDifference {
        let given = |policies| GivenPolicies { identity: Some(policies), ..GivenPolicies::default() };
        self.between(versions.map(given), how_much)
    }

    /// All that differs between two versions of a policy that limits what others allow: a boundary, a session policy, a
    /// control policy, the policy of an endpoint. Everything else allows everything.
    pub fn difference_of_limits(&self, kind: PolicyType, versions: [NamedDocument; 2]) -> PolicyDifference {
        let full_access = "everything else is taken to allow everything";
        let mut assumes_full_access = false;
        let given = versions.map(|policy| {
            let mut given = GivenPolicies { identity: Some(vec![everything()]), ..GivenPolicies::default() };
            let policies = Some(vec![policy]);
            match kind {
                PolicyType::PermissionsBoundary => given.permissions_boundary = policies,
                PolicyType::Session => given.session = policies,
                PolicyType::VpcEndpoint => given.vpc_endpoint = policies,
                PolicyType::ServiceControl => given.scp = policies.map(|level| vec![level]),
                PolicyType::ResourceControl => given.rcp = policies.map(|level| vec![level]),
                _ => given.identity = policies,
            }
            given.assume_full_access();
            assumes_full_access |= given.assumes_full_access;
            given
        });
        let mut difference = self.between(given, HowMuch::All);
        difference.assumed.push(full_access.to_owned());
        difference.assumed.extend(assumes_full_access.then(|| FULL_ACCESS.to_owned()));
        difference
    }

    fn between(&self, given: [GivenPolicies; 2], how_much: HowMuch) -> PolicyDifference {
        let versions = given.map(|given| {
            let question = Question::new(Arc::clone(&self.principal), "s3:GetObject").policies(given);
            AskedVersion { world: self.world, question }
        });
        let known = KnownOfCaller::Nothing;
        TwoVersions { versions, known, on: None, within: None, turns: &Turn::BOTH, listed: self.listed }
            .compared(how_much)
    }
}

/// I29
const FULL_ACCESS: &str = "FullAWSAccess is taken to stand beside SCPs that allow nothing (I29)";

/// The name of the policy that allows everything.
pub const EVERYTHING: &str = "<everything>";

/// An identity-based policy that allows everything.
pub fn everything() -> NamedDocument {
    let all =
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    made(EVERYTHING, all)
}

/// An identity-based policy of a text that was made here.
pub(super) fn made(name: &str, text: impl Into<String>) -> NamedDocument {
    let (document, _) = Document::read(&Source::new(name, text.into()), PolicyType::IdentityBased);
    NamedDocument { name: name.into(), document }
}
