//! `when bob s3:GetObject on arn:aws:s3:::acme-reports/q1.csv`

use std::sync::Arc;

use super::pattern::one_request;
use crate::explain;
use crate::session::{Command, Failure, Heading, Outcome, Part, Posed, Row, Session, Status, command};

pub(super) const ROW: Row = Heading::Question.row(
    "when [PRINCIPAL] ACTION [[on] RESOURCE] [CLAUSE]...",
    "asks for the conditions under which it is allowed: values of keys that nobody gave, or that are assumed, with which all layers allow it",
    "when bob s3:GetObject on arn:aws:s3:::acme-reports/q1.csv",
    |words, context| Ok(asks(context.question(words)?)),
);

pub(super) fn asks(question: Posed) -> Command {
    command(move |session, _, _| when(session, &question))
}

/// Asks when something is allowed; `why` then explains the answer as things are.
fn when(session: &mut Session, question: &Posed) -> Result<Outcome, Failure> {
    one_request(question, "when")?;
    let when = question.deciding(&session.world)?.ask(&session.world).map(explain::when)?;
    session.last = Some(Arc::new(when.explanation.clone()));
    session.note_question(question, false);
    Ok(Outcome { status: Status::Answered(when.verdict), ..Outcome::of(Part::When(Box::new(when))) })
}
