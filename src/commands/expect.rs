//! `expect alice denied account:CloseAccount because root-only`

use std::sync::Arc;

use super::pattern;
use crate::explain::Explanation;
use crate::session::slots::word;
use crate::session::{
    Context, Expectation, ExpectedVerdict, Failure, Heading, Held, Made, Outcome, Outside, Part, Reason, Row,
    Session, Status, Tally, command, warnings_at,
};
use crate::source::{Diagnostic, Place};
use crate::syntax::script::Words;

pub(super) const ROW: Row = Heading::Expectation.row(
    "[todo] expect [PRINCIPAL] VERDICT ACTION [[on] RESOURCE] [CLAUSE]... [because REASON]",
    "states a decision, and what makes it, of all that a pattern covers, too; `todo` marks one that is not reached yet",
    "expect alice denied account:CloseAccount because root-only",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let expectation = Expectation {
        question: context.question(words)?,
        expected: ExpectedVerdict::of(&word(words, "VERDICT")),
        reason: words.reason("REASON").map(Reason::read).transpose()?,
        todo: words.has("todo"),
    };
    let execute = command(move |session, place, outside| expect(session, &expectation, place, outside));
    Ok(execute.expecting())
}

pub(super) fn expect(
    session: &mut Session,
    expectation: &Expectation,
    place: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    let found = match expectation.question.is_pattern {
        true => pattern::held(session, expectation)?,
        false => {
            let explanation = session.decide(&expectation.question)?;
            (expectation.wrong(&explanation.answer), explanation)
        }
    };
    Ok(conclude(session, expectation, found, place, outside))
}

/// What comes of an expectation, of which this is wrong, if anything, as this answer shows.
pub(super) fn conclude(
    session: &mut Session,
    expectation: &Expectation,
    (wrong, mut explanation): (Option<String>, Arc<Explanation>),
    place: &Place,
    outside: &mut dyn Outside,
) -> Outcome {
    if wrong.is_some() {
        explanation = session.last_in_full().unwrap_or(explanation);
    }
    let shown = Part::Explanation(Arc::clone(&explanation));
    concluded(session, expectation, (wrong, explanation, shown), place, outside)
}

/// What comes of an expectation where something else than the answer shows what is wrong.
pub(super) fn concluded(
    session: &mut Session,
    expectation: &Expectation,
    (wrong, explanation, shown): (Option<String>, Arc<Explanation>, Part),
    place: &Place,
    outside: &mut dyn Outside,
) -> Outcome {
    let warnings = warnings_at(&explanation.answer, place);
    let (selected, now) = (session.selected, outside.now());
    session.hand_out(outside, || Held {
        expectation: expectation.clone(),
        place: place.clone(),
        wrong: wrong.clone(),
        warnings: warnings.clone(),
        explanation: Arc::clone(&explanation),
        world: None,
        selected,
        now,
    });
    let outcome = match (wrong, expectation.todo) {
        (None, false) => tallied(Tally { passed: 1, ..Tally::default() }),
        (None, true) => {
            let note = "this expectation holds; `todo` can be taken away".to_owned();
            let warning = Diagnostic::warning("todo-holds", note).at(place.clone(), "");
            tallied(Tally { passed: 1, ..Tally::default() }).and(Part::Diagnostics(vec![warning]))
        }
        (Some(_), true) => tallied(Tally { todo: 1, ..Tally::default() }),
        (Some(wrong), false) => missed(wrong, place, shown),
    };
    outcome.after(warnings)
}

fn tallied(tally: Tally) -> Outcome {
    Outcome { tally, ..Outcome::default() }
}

fn missed(wrong: String, place: &Place, shown: Part) -> Outcome {
    let diagnostic = Diagnostic::error("expectation-failed", wrong).at(place.clone(), "");
    Outcome {
        parts: vec![Part::Diagnostics(vec![diagnostic]), shown],
        status: Status::Missed,
        tally: Tally { failed: 1, ..Tally::default() },
        ..Outcome::default()
    }
}
