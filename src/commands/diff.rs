//! `diff old.json new.json`: what a change of a policy allows and denies, for all requests at once.

use super::two_files::TwoFiles;
use crate::session::{Context, Failure, Heading, Made, Outcome, Part, Row, Session, Status, command};
use crate::syntax::script::Words;

pub(super) const ROW: Row = Heading::Question.row(
    "diff FILE FILE [type TYPE:WORD] [on ARN]",
    "compares two versions of a policy over all requests: what is newly allowed, and what newly denied, and for whom",
    "diff reports-v1.json reports-v2.json",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let versions = TwoFiles::of(words, context)?;
    Ok(command(move |session, _, _| diff(session, versions)))
}

fn diff(session: &Session, versions: TwoFiles) -> Result<Outcome, Failure> {
    let difference = versions.difference(session.world.catalog())?;
    let status = Status::Compared(difference.verdict());
    let date = session.world.catalog().date().to_owned();
    Ok(Outcome { status, ..Outcome::of(Part::Difference(Box::new(difference), date)) })
}
