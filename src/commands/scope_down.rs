//! `scope-down policy {…}`

use super::examples::DEPLOY;
use crate::session::{
    Failure, Heading, Outcome, Row, SCOPE, Session, authorize, begin_scope, command, scope_need,
};
use crate::world::NamedDocument;

pub(super) const ROW: Row = Heading::Identity
    .row(
        "scope-down policy DOCUMENT",
        "scopes the session of who is signed in down to a policy, if that is allowed: GetScopedCredentials",
        r#"scope-down policy {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#,
        |words, context| {
            let policy = context.session_policies(words, SCOPE)?.pop();
            Ok(command(move |session, _, outside| scope_down(session, policy, outside.now())))
        },
    )
    .before(&[DEPLOY, "attach AdministratorAccess to role Deploy", "assume Deploy as ci-1"]);

/// Scopes the credentials of who is signed in down, if that is allowed (I22).
fn scope_down(session: &mut Session, policy: Option<NamedDocument>, now: i64) -> Result<Outcome, Failure> {
    authorize(session, scope_need(), now)?;
    begin_scope(session, policy, now)
}
