//! `expand s3:Get*`: the actions that patterns mean, and that policies name.

use super::actions::GivenActions;
use crate::session::{Heading, Outcome, Part, Row, Session, command};

pub(super) const ROW: Row = Heading::Question.row(
    "expand WORD...",
    "lists the actions that patterns match or that policies allow on some resource: `s3:Get*`, a file, an AWS managed policy",
    "expand s3:GetObject*",
    |words, context| {
        let given = GivenActions::of(words, context)?;
        Ok(command(move |session, _, _| Ok(expand(session, given))))
    },
);

fn expand(session: &Session, given: GivenActions) -> Outcome {
    let catalog = session.world.catalog();
    let read = given.read(catalog);
    let names = read.actions.actions().map(|action| action.to_string()).collect();
    Outcome::of(Part::Actions(names, catalog.date().to_owned())).after(read.remarks)
}
