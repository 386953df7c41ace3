//! `check …`: what must hold of all requests.

use super::two_files::TwoFiles;
use crate::reason::{Check, CheckKind};
use crate::session::{Context, Heading, Made, Outcome, Part, Row, Session, Status, command};
use crate::syntax::script::Words;

pub(super) const EQUIVALENT: Row = Heading::Question.row(
    "check equivalent FILE FILE",
    "holds where two identity-based policies allow the same requests",
    "check equivalent reports-v1.json reports-v2.json",
    |words, context| of_versions(CheckKind::Equivalent, words, context),
);

pub(super) const NO_NEW_ACCESS: Row = Heading::Question.row(
    "check no-new-access FILE FILE",
    "holds where the second of two versions of an identity-based policy allows no request that the first does not",
    "check no-new-access reports-v1.json reports-v2.json",
    |words, context| of_versions(CheckKind::NoNewAccess, words, context),
);

fn of_versions(kind: CheckKind, words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let versions = TwoFiles::of(words, context)?;
    Ok(command(move |session, _, _| {
        let difference = versions.difference(session.world.catalog());
        Ok(told(session, Check::new(kind, difference)))
    }))
}

fn told(session: &Session, check: Check) -> Outcome {
    let status = Status::Checked(check.verdict());
    let date = session.world.catalog().date().to_owned();
    Outcome { status, ..Outcome::of(Part::Check(Box::new(check), date)) }
}
