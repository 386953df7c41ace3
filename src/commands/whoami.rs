//! `whoami`

use super::examples::ALICE;
use crate::session::{Failure, Heading, Outcome, Part, Row, Session, command, nobody};
use crate::world::{Principal, PrincipalKind};

pub(super) const ROW: Row = Heading::Identity
    .row("whoami", "says who is signed in", "whoami", |_, _| Ok(command(|session, _, _| who_am_i(session))))
    .before(&[ALICE]);

fn who_am_i(session: &Session) -> Result<Outcome, Failure> {
    let Some(who) = &session.signed_in else { return Err(nobody("nobody is signed in")) };
    let account = who.account().and_then(|id| session.world.account(id));
    let mut fields = vec![("arn", who.arn()), ("kind", kind(who).to_owned())];
    if let Some(account) = account {
        fields.push(("account", account.label()));
        fields.extend(account.alias.as_ref().map(|alias| ("alias", alias.to_string())));
    }
    fields.push(("mfa", mfa(who).to_owned()));
    if let PrincipalKind::AssumedRoot { task, .. } = &who.kind {
        fields.push(("task", task.to_string()));
    }
    Ok(Outcome::of(Part::Fields(fields)))
}

pub(super) fn kind(who: &Principal) -> &'static str {
    match &who.kind {
        PrincipalKind::Root(_) => "root user",
        PrincipalKind::AssumedRoot { .. } => "root session for one task (AssumeRoot)",
        PrincipalKind::User { .. } => "IAM user",
        PrincipalKind::RoleSession { .. } => "role session",
        PrincipalKind::FederatedUser { .. } => "federated user session",
        PrincipalKind::Service(_) => "AWS service",
        PrincipalKind::IdentityProvider(_) => "identity provider",
        PrincipalKind::OriginAccessIdentity(_) => "CloudFront origin access identity",
        PrincipalKind::Anonymous => "anonymous caller",
    }
}

fn mfa(who: &Principal) -> &'static str {
    match who.kind {
        PrincipalKind::RoleSession { .. } | PrincipalKind::FederatedUser { .. } => {
            "no; MFA does not travel into a role or federated session"
        }
        _ if who.has_mfa() => "yes",
        _ => "no",
    }
}
