//! `assume-root 444455556666 task S3UnlockBucketPolicy`

use super::examples::{ALICE, ORGANIZATION};
use crate::session::slots::word;
use crate::session::{
    AssumeRoot, Failure, Heading, Outcome, Row, Session, authorize, begin_root, check_organization, command,
    nobody, root_need,
};

pub(super) const ROW: Row = Heading::Identity
    .row(
        "assume-root ACCOUNT task WORD",
        "begins a root session in a member account for one task, if that is allowed",
        "assume-root 444455556666 task S3UnlockBucketPolicy",
        |words, context| {
            let account = context.account_named(&word(words, "ACCOUNT"))?;
            let root = AssumeRoot { account, task: word(words, "WORD") };
            Ok(command(move |session, _, outside| assume_root(session, &root, outside.now())))
        },
    )
    .before(&[ORGANIZATION, "move account 444455556666 to organization-root", ALICE]);

/// Begins a root session for a task, if that is allowed (E8, E9).
fn assume_root(session: &mut Session, root: &AssumeRoot, now: i64) -> Result<Outcome, Failure> {
    let need = root_need(root)?;
    let caller =
        session.signed_in.clone().ok_or_else(|| nobody("nobody is signed in who could call AssumeRoot"))?;
    check_organization(session, &caller, root.account)?;
    authorize(session, need, now)?;
    begin_root(session, root, now)
}
