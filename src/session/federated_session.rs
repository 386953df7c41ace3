//! Federated user sessions: what they need, and how they begin.

use std::sync::Arc;

use super::failure::Failure;
use super::need::Need;
use super::outcome::Outcome;
use super::signed_in::{check_session_name, enter, nobody};
use super::state::Session;
use crate::names::AccountId;
use crate::world::{NamedDocument, Principal, PrincipalKind, SessionDetails, Tags, WorldError};

#[derive(Clone, Debug)]
pub(crate) struct Federate {
    pub(crate) name: Box<str>,
    pub(crate) policies: Vec<NamedDocument>,
    pub(crate) tags: Tags,
}

pub(crate) fn federation_needs(caller: &Principal, user: &Federate) -> Result<Vec<Need>, Failure> {
    let account = caller.account().map_or_else(|| issuing_account(caller), Ok)?;
    let resource = format!("arn:aws:sts::{account}:federated-user/{}", user.name);
    let need = |action: &str| Need::new(action, &*resource).with_tags(&user.tags);
    let tagged = (!user.tags.is_empty()).then(|| need("sts:TagSession"));
    Ok([need("sts:GetFederationToken")].into_iter().chain(tagged).collect())
}

/// The account of the user who asks for a federated session.
fn issuing_account(issuer: &Principal) -> Result<AccountId, Failure> {
    match issuer.kind {
        PrincipalKind::User { account, .. } | PrincipalKind::Root(account) => Ok(account),
        _ => {
            let what = "only an IAM user or the root user can call GetFederationToken";
            Err(WorldError::new("not-offered", "", what).into())
        }
    }
}

pub(crate) fn begin_federation(session: &mut Session, user: Federate, now: i64) -> Result<Outcome, Failure> {
    check_session_name("federated user", &user.name, 32)?;
    let issuer = session.signed_in.clone().ok_or_else(|| nobody("nobody is signed in who could federate"))?;
    let account = issuing_account(&issuer)?;
    let none = user.policies.is_empty();
    let kind = PrincipalKind::FederatedUser { account, name: user.name, issuer: Some(issuer.arn().into()) };
    let details = SessionDetails { policies: user.policies, tags: user.tags, ..SessionDetails::default() };
    let outcome = enter(session, Principal { session: Some(Arc::new(details)), ..Principal::new(kind) }, now);
    Ok(match none {
        true => outcome.note("without a session policy a federated user has no permissions of its own (D10)"),
        false => outcome,
    })
}
