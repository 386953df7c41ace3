//! The request of an event as a question to a world, or why there is none.

use std::sync::Arc;

use super::shared_calls::SharedCalls;
use crate::catalog::Catalog;
use crate::question::{Assumptions, Question};
use crate::recognise::{Pasted, each_event, resource_in, with_role_path};
use crate::world::{Principal, PrincipalKind, Settings, World};

/// What CloudTrail writes in place of a value that it does not tell.
const HIDDEN: &str = "HIDDEN_DUE_TO_SECURITY_REASONS";

/// Why an event cannot be asked again.
#[derive(Debug)]
pub(super) struct Unasked {
    /// The reason, which many events share.
    pub(super) why: &'static str,
    /// Whom or what it is about.
    pub(super) what: String,
}

impl Unasked {
    pub(super) fn new(why: &'static str, what: impl Into<String>) -> Self {
        Self { why, what: what.into() }
    }
}

/// Hands out the events of a JSON text, mostly one; of what is none, why.
pub(super) fn each_call(text: &[u8], catalog: &Catalog, visit: &mut impl FnMut(Result<Pasted, Unasked>)) {
    let none = |what: String| Unasked::new("nothing that IAM decides", what);
    match std::str::from_utf8(text) {
        Ok(text) => each_event(text, catalog, &mut |read| visit(read.map_err(none))),
        Err(_) => visit(Err(none("text that is not UTF-8".to_owned()))),
    }
}

/// The question that an event stands for, unless that was asked for the other event of the same call.
pub(super) fn question_of(
    event: Pasted,
    world: &World,
    old: Option<&World>,
    shared: &SharedCalls,
) -> Result<Question, Unasked> {
    let id = event.shared_id.clone();
    let question = asked_by(event, world, old)?;
    match shared.is_second(id.as_deref()) {
        true => Err(Unasked::new("second event of a call from one account to another", &*question.action)),
        false => Ok(question),
    }
}

fn asked_by(event: Pasted, world: &World, old: Option<&World>) -> Result<Question, Unasked> {
    let Some(action) = event.action.clone() else {
        return Err(Unasked::new(
            "call for which no action of IAM is known",
            event.remarks.first().cloned().unwrap_or_default(),
        ));
    };
    let principal = event.principal.as_deref().and_then(Principal::parse);
    let principal = principal.ok_or_else(|| Unasked::new("not told who asked", &*action))?;
    let principal = with_role_path(principal, &event);
    is_asked_of(&principal, &action, world, old)?;
    let resource = resource_in(world, &event, &principal, &action).filter(|arn| !arn.contains(HIDDEN));
    let resource = resource.ok_or_else(|| Unasked::new("not told on which resource", &*action))?;
    let assumptions = Assumptions {
        now: event.at.unwrap_or_default(),
        context: event.context,
        resource_is_evidence: true, // I21
        settings: Some(Settings { strict_context: true, ..*world.settings() }),
        ..Assumptions::default()
    };
    let resource = Some(resource.into());
    Ok(Question { principal: Arc::new(principal), action: action.into(), resource, assumptions })
}

/// Whether what a principal may do is in one of the worlds at least: one who is in neither would be denied everything.
fn is_asked_of(
    principal: &Principal,
    action: &str,
    world: &World,
    old: Option<&World>,
) -> Result<(), Unasked> {
    if let PrincipalKind::Service(service) = &principal.kind
        && !action.starts_with("sts:AssumeRole")
    {
        return Err(Unasked::new("call of an AWS service for itself", &**service));
    }
    let Some(id) = principal.account() else { return Ok(()) };
    let accounts: Vec<_> = std::iter::once(world).chain(old).filter_map(|world| world.account(id)).collect();
    let is_known = match &principal.kind {
        _ if accounts.is_empty() => {
            return Err(Unasked::new("caller whose account is not in the world", id.as_str()));
        }
        PrincipalKind::User { name, .. } => accounts.iter().any(|account| account.user(name).is_some()),
        PrincipalKind::RoleSession { role, .. } => {
            accounts.iter().any(|account| account.role(role).is_some())
        }
        _ => true,
    };
    let unknown = || Unasked::new("caller who is not in the world", principal.lasting_arn());
    if is_known { Ok(()) } else { Err(unknown()) }
}
