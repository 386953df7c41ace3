//! What a principal may do by identity-based policies, as one policy.

use std::sync::Arc;

use crate::question::Question;
use crate::reason::{Anybody, ListedActions, OnePolicy};
use crate::world::{Caller, Document, Level, NamedDocument, World};

/// The policies of a principal as one.
#[derive(Clone, Debug)]
pub struct AsPolicy {
    /// The ARN of the principal; of a session that of the role.
    pub arn: String,
    /// The policy; nothing where no identity-based policy says anything.
    pub policy: Option<OnePolicy>,
    /// What decides beside it and is not in it, in words.
    pub left_out: Vec<String>,
}

impl AsPolicy {
    /// The policies of the principal of a question, those of its groups too, as one.
    pub fn of(world: &World, question: &Question) -> Self {
        let caller = question.caller(world);
        let policies = caller.identity.as_ref().map(policies).unwrap_or_default();
        let empty = World::with_catalog(Arc::clone(world.catalog()));
        let listed = ListedActions::of(world.catalog());
        let anybody = Anybody { world: &empty, listed: &listed, principal: Arc::clone(&question.principal) };
        let arn = caller.principal.role_arn().unwrap_or_else(|| caller.arn.to_string());
        Self { arn, policy: anybody.one_policy(&policies), left_out: left_out(&caller) }
    }
}

fn policies(level: &Level) -> Vec<NamedDocument> {
    let named = level.set.policies().iter().zip(&*level.origins);
    let document = |(compiled, origin): (&Arc<_>, &crate::world::Origin)| NamedDocument {
        name: origin.name.clone(),
        document: Document::Good(Arc::clone(compiled)),
    };
    named.map(document).collect()
}

fn left_out(caller: &Caller) -> Vec<String> {
    let unread = caller.identity.iter().flat_map(|level| level.incomplete.iter());
    let unread = unread.map(|name| format!("{name}, which could not be consulted"));
    let limits = [
        (caller.has_boundary, "the permissions boundary"),
        (!caller.session.is_empty(), "the session policies"),
        (!caller.scp.is_empty(), "the SCPs of the organization"),
        (true, "the policies of resources"),
    ];
    let limits = limits.into_iter().filter(|(is_there, _)| *is_there).map(|(_, what)| what.to_owned());
    unread.chain(limits).collect()
}
