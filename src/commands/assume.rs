//! `assume Deploy as ci-1`

use super::examples::DEPLOY;
use crate::session::slots::{option, tags, word};
use crate::session::{
    AssumeRole, Context, Failure, Heading, Made, Outcome, Row, Session, authorize, begin_role,
    check_session_name, command, find_role, role_needs,
};
use crate::syntax::script::Words;
use crate::world::{Principal, PrincipalKind, WorldError};

pub(super) const ROW: Row = Heading::Identity
    .row(
        "assume PRINCIPAL as NAME [mfa | policy DOCUMENT | tags PAIR...]...",
        "assumes a role, if that is allowed",
        "assume Deploy as ci-1",
        make,
    )
    .before(&[DEPLOY]);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let session = option(words, "as", "NAME").unwrap_or_default();
    let role = AssumeRole {
        role: role_session(context, &word(words, "PRINCIPAL"), &session)?,
        session,
        mfa: words.has("mfa"),
        policies: context.session_policies(words, "session-policy")?,
        tags: tags(words)?,
        transitive: Vec::new(),
        external_id: None,
        source_identity: None,
    };
    Ok(command(move |session, _, outside| assume(session, role, outside.now())))
}

fn role_session(context: &Context<'_>, word: &str, name: &str) -> Result<Principal, WorldError> {
    let mut principal = find_role(context.world(), context.session.selected, word)?;
    match &mut principal.kind {
        PrincipalKind::RoleSession { session, .. } => *session = name.into(),
        _ => {
            let what = format!("`{word}` is not a role");
            return Err(WorldError::new("not-a-role", word, what).help("only roles are assumed"));
        }
    }
    Ok(principal)
}

/// Assumes a role, if that is allowed.
fn assume(session: &mut Session, role: AssumeRole, now: i64) -> Result<Outcome, Failure> {
    check_session_name("role session", &role.session, 64)?;
    let caller = session.signed_in.clone();
    for need in caller.iter().flat_map(|_| role_needs(&role)) {
        authorize(session, need, now)?;
    }
    let outcome = begin_role(session, role, now)?;
    Ok(match caller {
        Some(_) => outcome,
        None => outcome.note("nobody was signed in, so nobody was asked whether the role may be assumed"),
    })
}
