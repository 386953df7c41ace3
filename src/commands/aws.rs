//! `aws iam create-user --user-name carol`

use super::examples::ALICE;
use crate::session::{Context, Heading, Made, Row, command};
use crate::syntax::script::Words;

pub(super) const ROW: Row = Heading::Aws.row(
    "aws COMMAND:AWS",
    "calls an operation of AWS as its command line writes it: authorized for whoever is signed in, then applied",
    "aws iam create-user --user-name carol",
    make,
).before(&[ALICE]);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let call = crate::aws::read(words, context)?;
    let changes = call.changes_world();
    let execute =
        command(move |session, place, outside| crate::aws::execute(session, &call, place, outside.now()));
    Ok(if changes { execute.changing() } else { execute })
}
