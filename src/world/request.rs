//! What is asked.

use super::aws_policies;
use super::context::ContextEntry;
use super::document::Document;
use super::error::{Thing, WorldError};
use super::organization::ControlKind;
use super::resource::PublicAccessBlock;
use super::settings::Settings;
use crate::facts::managed_policy;
use crate::names::AccountId;
use crate::policy::{Effect, PolicyType};
use crate::source::Diagnostic;

/// What somebody asks for, in the form that [`World::prepare`](super::World::prepare) takes.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The action, `service:Name`.
    pub action: &'a str,
    /// The ARN of the resource, or `*`; `None` where nobody named one.
    pub resource: Option<&'a str>,
    /// Whether AWS itself said that it asked for this resource, so that it is asked for as it stands (I21).
    pub resource_is_evidence: bool,
    /// Whether the resource is a pattern for one that is named by something nobody could read: what hangs on the name
    /// then depends.
    pub resource_is_unread: bool,
    /// The account that owns the resource, where neither the ARN nor the world says it.
    pub resource_account: Option<AccountId>,
    /// Context keys and their values; they win over what the tool fills.
    pub context: &'a [ContextEntry<'a>],
    /// Policies that replace those of the world.
    pub policies: &'a GivenPolicies,
    /// What else the call works with; nothing of the decision hangs on it.
    pub using: &'a [Box<str>],
    /// S3 Block Public Access, in place of the world's.
    pub public_access_block: Option<PublicAccessBlock>,
    /// The switches.
    pub settings: Settings,
    /// What the clock says, in epoch seconds.
    pub now: i64,
    /// Whether it says all that there is, as the requests of a batch do: then a policy that decides and that nobody
    /// gave is one that allows nothing. Otherwise the answer is that it depends (I6).
    pub is_complete: bool,
}

impl<'a> Request<'a> {
    /// A request that says all that there is, at the beginning of the epoch, with the switches as they stand.
    pub fn complete(
        action: &'a str,
        resource: Option<&'a str>,
        context: &'a [ContextEntry<'a>],
        policies: &'a GivenPolicies,
    ) -> Self {
        Self {
            action,
            resource,
            resource_is_evidence: false,
            resource_is_unread: false,
            resource_account: None,
            context,
            policies,
            using: &[],
            public_access_block: None,
            settings: Settings::default(),
            now: 0,
            is_complete: true,
        }
    }
}

/// A policy document with a name to call it by.
#[derive(Clone, Debug)]
pub struct NamedDocument {
    /// The name.
    pub name: Box<str>,
    /// The document.
    pub document: Document,
}

impl NamedDocument {
    /// Whether some statement of it allows something.
    fn allows(&self) -> bool {
        let compiled = self.document.compiled();
        compiled.is_some_and(|policy| policy.statements().iter().any(|one| one.effect == Effect::Allow))
    }
}

/// Policies given with a request. What is `Some` replaces what the world says of that layer.
#[derive(Clone, Debug, Default)]
pub struct GivenPolicies {
    /// Identity-based policies.
    pub identity: Option<Vec<NamedDocument>>,
    /// The permissions boundary.
    pub permissions_boundary: Option<Vec<NamedDocument>>,
    /// Session policies.
    pub session: Option<Vec<NamedDocument>>,
    /// The resource-based policy: also a trust or key policy.
    pub resource: Option<NamedDocument>,
    /// The policy of the VPC endpoint.
    pub vpc_endpoint: Option<Vec<NamedDocument>>,
    /// SCPs, a list for each level from the organization root down.
    pub scp: Option<Vec<Vec<NamedDocument>>>,
    /// RCPs, a list for each level from the organization root down.
    pub rcp: Option<Vec<Vec<NamedDocument>>>,
    /// Whether FullAWSAccess was taken to stand beside the SCPs, which allow nothing (I29).
    pub assumes_full_access: bool,
}

impl GivenPolicies {
    /// All documents, layer by layer.
    pub fn documents(&self) -> impl Iterator<Item = &NamedDocument> {
        let lists = [&self.identity, &self.permissions_boundary, &self.session, &self.vpc_endpoint];
        let levels = [&self.scp, &self.rcp].into_iter().flatten().flatten();
        lists.into_iter().flatten().chain(levels).flatten().chain(&self.resource)
    }

    /// I29: has FullAWSAccess stand at every level whose SCPs allow nothing, as AWS has it at every level (A51).
    pub fn assume_full_access(&mut self) {
        let name = ControlKind::Scp.full_access();
        let Some(facts) = managed_policy(name) else { return };
        let full = aws_policies::compile(facts, PolicyType::ServiceControl);
        for level in self.scp.iter_mut().flatten().filter(|level| !level.iter().any(NamedDocument::allows)) {
            level.push(NamedDocument { name: name.into(), document: full.document().clone() });
            self.assumes_full_access = true;
        }
    }

    /// The error that a policy is which cannot be read (I27).
    pub fn unreadable(&self) -> Option<WorldError> {
        let refused = |given: &NamedDocument| match &given.document {
            Document::Refused(found) => Some(unreadable(&given.name, found)),
            _ => None,
        };
        self.documents().find_map(refused)
    }
}

fn unreadable(name: &str, found: &[Diagnostic]) -> WorldError {
    let first = found.first();
    let why = first.map(|one| format!(": {}", one.message)).unwrap_or_default();
    let what = format!("the policy `{name}` that is given cannot be read{why}");
    let code = first.map_or("bad-policy", |one| one.code);
    let error = WorldError::new(code, Thing::Policy.called(name), what);
    match first.and_then(|one| one.help.clone()) {
        Some(help) => error.help(help),
        None => error,
    }
}
