//! `federate guest`

use super::examples::ALICE;
use crate::session::slots::word;
use crate::session::{
    Failure, Federate, Heading, Outcome, Row, Session, authorize, begin_federation, check_session_name,
    command, federation_needs, nobody,
};
use crate::world::Tags;

pub(super) const ROW: Row = Heading::Identity
    .row(
        "federate NAME [policy DOCUMENT]",
        "begins a federated user session of the user who is signed in, if that is allowed",
        "federate guest",
        |words, context| {
            let policies = context.session_policies(words, "session-policy")?;
            let user = Federate { name: word(words, "NAME"), policies, tags: Tags::new() };
            Ok(command(move |session, _, outside| federate(session, user, outside.now())))
        },
    )
    .before(&[ALICE]);

/// Begins a federated user session of the user who is signed in, if that is allowed (D8, D10).
fn federate(session: &mut Session, user: Federate, now: i64) -> Result<Outcome, Failure> {
    check_session_name("federated user", &user.name, 32)?;
    let caller = session.signed_in.clone().ok_or_else(|| nobody("nobody is signed in who could federate"))?;
    for need in federation_needs(&caller, &user)? {
        authorize(session, need, now)?;
    }
    begin_federation(session, user, now)
}
