//! `can alice s3:GetObject on arn:aws:s3:::reports/q1.csv`

use std::sync::Arc;

use super::pattern;
use crate::explain::{Explanation, Verdict};
use crate::facts;
use crate::question::Question;
use crate::session::{Command, Failure, Heading, Outcome, Part, Posed, Row, Session, Status, command};
use crate::world::PrincipalKind;

pub(super) const ROW: Row = Heading::Question.row(
    "can [PRINCIPAL] ACTION [[on] RESOURCE] [CLAUSE]...",
    "asks whether a principal may do something; with `*` or `?` in the action or resource, about all that they cover; `using ARN` names what else the call works with",
    "can alice s3:GetObject on arn:aws:s3:::reports/q1.csv with aws:SourceIp=203.0.113.7",
    |words, context| Ok(asks(context.question(words)?)),
);

pub(super) fn asks(question: Posed) -> Command {
    command(move |session, _, _| match question.is_pattern {
        true => pattern::can(session, &question),
        false => can(session, &question),
    })
}

fn can(session: &mut Session, question: &Posed) -> Result<Outcome, Failure> {
    let explanation = session.decide_shortly(question)?;
    session.remember(question, &explanation);
    Ok(answered(&explanation, Part::Verdict(Arc::clone(&explanation)), question))
}

/// An answer that is shown; it is said where the root user was not needed.
pub(super) fn answered(explanation: &Explanation, part: Part, question: &Posed) -> Outcome {
    let decision = explanation.answer.decision;
    let outcome = Outcome { status: Status::Answered(decision), ..Outcome::of(part) };
    match question.signed_in && decision == Verdict::Allowed && wastes_root(question) {
        true => outcome
            .note("the root user is for the tasks that need it; an administrator can do this, too (E.6)"),
        false => outcome,
    }
}

/// E.6: the root user was used for what no list calls a root-only task.
fn wastes_root(question: &Question) -> bool {
    let listed = facts::is_pseudo_action(&question.action)
        || facts::by_real_action(&question.action).any(|task| task.is_gate());
    matches!(question.principal.kind, PrincipalKind::Root(_)) && !listed
}
