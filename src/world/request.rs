//! What is asked.

use super::context::ContextEntry;
use super::document::Document;
use super::resource::PublicAccessBlock;
use super::settings::Settings;
use crate::names::AccountId;

/// What somebody asks for, in the form that [`World::prepare`](super::World::prepare) takes.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The action, `service:Name`.
    pub action: &'a str,
    /// The ARN of the resource, or `*`; `None` where nobody named one.
    pub resource: Option<&'a str>,
    /// The account that owns the resource, where neither the ARN nor the world says it.
    pub resource_account: Option<AccountId>,
    /// Context keys and their values; they win over what the tool fills.
    pub context: &'a [ContextEntry<'a>],
    /// Policies that replace those of the world.
    pub policies: &'a GivenPolicies,
    /// S3 Block Public Access, in place of the world's.
    pub public_access_block: Option<PublicAccessBlock>,
    /// The switches.
    pub settings: Settings,
    /// What the clock says, in epoch seconds.
    pub now: i64,
}

/// A policy document with a name to call it by.
#[derive(Clone, Debug)]
pub struct NamedDocument {
    /// The name.
    pub name: Box<str>,
    /// The document.
    pub document: Document,
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
}
