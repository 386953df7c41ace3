//! `diff old.json new.json`: what a change of a policy allows and denies, for all requests at once.

use super::version_files::VersionFiles;
use crate::session::{
    Context, Failure, Heading, Made, Outcome, Outside, Part, Row, Session, Status, command,
};
use crate::syntax::script::Words;

pub(super) const ROW: Row = Heading::Question.row(
    "diff FILE FILE [type TYPE:WORD] [on ARN]",
    "compares two versions of a policy or of a world over all requests: what is newly allowed, what newly denied, for whom; of a \
     world and a Terraform plan or CloudFormation template what it would change",
    "diff reports-v1.json reports-v2.json",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let versions = VersionFiles::of(words, context)?;
    Ok(command(move |session, _, outside| diff(session, versions, outside)))
}

fn diff(session: &Session, versions: VersionFiles, outside: &mut dyn Outside) -> Result<Outcome, Failure> {
    let difference = versions.difference(session, outside)?;
    let status = Status::Compared(difference.verdict());
    let date = session.world.catalog().date().to_owned();
    Ok(Outcome { status, ..Outcome::of(Part::Difference(Box::new(difference), date)) })
}
