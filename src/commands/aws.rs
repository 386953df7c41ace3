//! `aws iam create-user --user-name carol`

use super::examples::ALICE;
use crate::session::{Command, Context, Failure, Heading, Made, Outcome, Outside, Row, Session};
use crate::source::Place;
use crate::syntax::script::Words;

pub(super) const ROW: Row = Heading::Aws.row(
    "aws COMMAND:AWS",
    "calls an operation of AWS as its command line writes it: authorized for whoever is signed in, then applied",
    "aws iam create-user --user-name carol",
    make,
).before(&[ALICE]);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    Ok(Box::new(Aws(crate::aws::read(words, context)?)))
}

/// A call of the AWS command line.
struct Aws(crate::aws::CommandLine);

impl Command for Aws {
    fn changes_world(&self) -> bool {
        self.0.changes_world()
    }

    fn execute(
        self: Box<Self>,
        session: &mut Session,
        place: &Place,
        outside: &mut dyn Outside,
    ) -> Result<Outcome, Failure> {
        crate::aws::execute(session, &self.0, place, outside.now())
    }
}
