//! `why alice account:CloseAccount`, and `why` alone

use std::sync::Arc;

use super::can::answered;
use super::examples::ASKED;
use super::pattern;
use crate::explain::Explanation;
use crate::report::Extent;
use crate::session::{
    Command, Failure, Heading, Outcome, Part, Posed, Row, Session, Status, command, nothing_asked,
};
use crate::syntax::script::Words;

pub(super) const ROW: Row = Heading::Question.row(
    "why [PRINCIPAL] ACTION [[on] RESOURCE] [CLAUSE]... [in full | short]",
    "asks the same, and for the reasons",
    "why alice account:CloseAccount",
    |words, context| Ok(asks(context.question(words)?, extent(words))),
);

pub(super) const LAST: Row = Heading::Question
    .row(
        "why [in full | short]",
        "explains the last answer; `in full` with the statements as they are written, every layer, and the rules with \
         their sources, `short` by its causes and the change that costs least",
        "why in full",
        |words, _| {
            let extent = extent(words);
            Ok(command(move |session, _, _| last(session, extent)))
        },
    )
    .before(&[ASKED]);

/// How much of the explanation a statement asks for.
pub(super) fn extent(words: &Words<'_>) -> Extent {
    match (words.has("full"), words.has("short")) {
        (true, _) => Extent::Full,
        (_, true) => Extent::Short,
        _ => Extent::Usual,
    }
}

pub(super) fn asks(question: Posed, extent: Extent) -> Command {
    command(move |session, _, _| match question.is_pattern {
        true => pattern::why(session, &question),
        false => why(session, &question, extent),
    })
}

/// Asks, and explains the answer.
fn why(session: &mut Session, question: &Posed, extent: Extent) -> Result<Outcome, Failure> {
    let explanation = session.answer(question)?;
    session.remember(question, &explanation);
    Ok(answered(&explanation, shown(Arc::clone(&explanation), extent), question))
}

fn last(session: &mut Session, extent: Extent) -> Result<Outcome, Failure> {
    let last = session.last_in_full().ok_or_else(nothing_asked)?;
    let status = Status::Answered(last.answer.decision);
    Ok(Outcome { status, ..Outcome::of(shown(last, extent)) })
}

/// As much of an explanation as was asked for.
pub(super) fn shown(explanation: Arc<Explanation>, extent: Extent) -> Part {
    match extent {
        Extent::Usual => Part::Explanation(explanation),
        other => Part::Explained(explanation, other),
    }
}
