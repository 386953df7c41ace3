//! What a question assumes: context keys, policies, what is left out, the time.

use std::sync::Arc;

use crate::names::AccountId;
use crate::world::{ContextEntry, GivenPolicies, LeftOut, PublicAccessBlock, Settings};

/// What a question assumes beyond what the world says.
#[derive(Clone, Debug, Default)]
pub struct Assumptions {
    /// Context keys; they win over what the tool fills.
    pub context: Vec<ContextEntry<'static>>,
    /// Layers, policies and statements that are left out.
    pub without: Vec<LeftOut>,
    /// Policies in place of the world's. Questions that share them can share a prepared caller.
    pub policies: Arc<GivenPolicies>,
    /// The account that owns the resource, where neither the ARN nor the world says it.
    pub resource_account: Option<AccountId>,
    /// S3 Block Public Access in place of the world's.
    pub public_access_block: Option<PublicAccessBlock>,
    /// The switches, and the day of the root-only tasks, in place of the world's.
    pub settings: Option<Settings>,
    /// What the clock says, in epoch seconds; a time that the switches fix wins.
    pub now: i64,
}
