//! `why alice account:CloseAccount`, and `why` alone

use std::sync::Arc;

use super::can::answered;
use super::examples::ASKED;
use crate::report::Extent;
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
    .row("why", "explains the last answer", "why", |_, _| {
        Ok(command(|session, _, _| last(session, Extent::Usual)))
    })
    .before(&[ASKED]);

pub(super) const IN_FULL: Row = Heading::Question
    .row(
        "why in full",
        "explains the last answer with the statements as they are written, every layer, and the rules with their sources",
        "why in full",
        |_, _| Ok(command(|session, _, _| last(session, Extent::Full))),
    )
    .before(&[ASKED]);

pub(super) const SHORT: Row = Heading::Question
    .row(
        "why short",
        "explains the last answer by its first cause and the change that costs least",
        "why short",
        |_, _| Ok(command(|session, _, _| last(session, Extent::Short))),
    )
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

fn last(session: &mut Session, extent: Extent) -> Result<Outcome, Failure> {
    match session.last_in_full() {
        Some(last) => Ok(Outcome {
            status: Status::Answered(last.answer.decision),
            ..Outcome::of(match extent {
                Extent::Usual => Part::Explanation(last),
                other => Part::Explained(last, other),
            })
        }),
        None => Err(nothing_asked()),
    }
}
