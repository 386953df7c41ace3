//! `why alice account:CloseAccount`, and `why` alone

use std::sync::Arc;

use super::can::answered;
use super::examples::ASKED;
use crate::session::{
    Command, Failure, Heading, Outcome, Part, Posed, Row, Session, Status, command, nothing_asked,
};

pub(super) const ROW: Row = Heading::Question.row(
    "why [PRINCIPAL] ACTION [[on] RESOURCE] [CLAUSE]...",
    "asks the same, and for the reasons",
    "why alice account:CloseAccount",
    |words, context| Ok(asks(context.question(words)?)),
);

pub(super) const LAST: Row = Heading::Question
    .row("why", "explains the last answer", "why", |_, _| Ok(command(|session, _, _| why_last(session))))
    .before(&[ASKED]);

pub(super) fn asks(question: Posed) -> Command {
    command(move |session, _, _| why(session, &question))
}

/// Asks, and explains the answer.
pub(super) fn why(session: &mut Session, question: &Posed) -> Result<Outcome, Failure> {
    let explanation = session.answer(question)?;
    session.remember(question, &explanation);
    Ok(answered(&explanation, Part::Explanation(Arc::clone(&explanation)), question))
}

fn why_last(session: &mut Session) -> Result<Outcome, Failure> {
    match session.last_in_full() {
        Some(last) => Ok(Outcome {
            status: Status::Answered(last.answer.decision),
            ..Outcome::of(Part::Explanation(last))
        }),
        None => Err(nothing_asked()),
    }
}
