//! The requests that are measured.

use std::sync::Arc;

use crate::names::AccountId;
use crate::world::{ContextEntry, GivenPolicies, Principal, PublicAccessBlock, Request, Settings};

/// Who asks, and with which policies in place of the world's. Questions that share one share its preparation.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The principal.
    pub principal: Principal,
    /// Policies in place of the world's.
    pub policies: GivenPolicies,
}

/// A request to be measured.
#[derive(Clone, Debug)]
pub struct Question {
    /// What the report calls it.
    pub name: String,
    /// Who asks.
    pub asker: Arc<Asker>,
    /// The action.
    pub action: String,
    /// The resource.
    pub resource: Option<String>,
    /// The account that owns the resource.
    pub resource_account: Option<AccountId>,
    /// Context keys.
    pub context: Vec<ContextEntry<'static>>,
    /// S3 Block Public Access in place of the world's.
    pub public_access_block: Option<PublicAccessBlock>,
    /// The switches.
    pub settings: Settings,
}

impl Question {
    /// The request to the evaluator.
    pub fn request(&self, now: i64) -> Request<'_> {
        Request {
            principal: &self.asker.principal,
            action: &self.action,
            resource: self.resource.as_deref(),
            resource_account: self.resource_account,
            context: &self.context,
            policies: &self.asker.policies,
            public_access_block: self.public_access_block,
            settings: self.settings,
            now,
        }
    }
}
