//! `_`: the last question again, and the last answer.

use std::sync::Arc;

use super::examples::ASKED;
use crate::question::{Assumptions, Question};
use crate::report::Extent;
use crate::session::{
    Context, Failure, Heading, Made, Outcome, Outside, Part, Posed, Row, Session, command, nobody_asks,
    nothing_asked,
};
use crate::source::Place;
use crate::syntax::script::Words;
use crate::world::Principal;

pub(super) const QUESTION: Row = Heading::Question
    .row(
        "can|when [PRINCIPAL] _ [[on] RESOURCE] [CLAUSE]...",
        "asks the last question again, with what is changed: another principal or resource, more context",
        "can _ with aws:SourceIp=203.0.113.7",
        make,
    )
    .before(&[ASKED]);

pub(super) const WHY: Row = Heading::Question
    .row(
        "why [PRINCIPAL] _ [[on] RESOURCE] [CLAUSE]... [in full | short]",
        "asks the last question again in the same way, and for the reasons",
        "why _ on arn:aws:s3:::acme-reports/q1.csv",
        |words, context| Ok(super::why::asks(question_again(context, words)?, super::why::extent(words))),
    )
    .before(&["can bob s3:GetObject on arn:aws:s3:::acme-reports/q2.csv"]);

pub(super) const ANSWER: Row = Heading::Question
    .row(
        "_",
        "shows the last answer again, asked again if the world has changed; as `.once FILE _` into a file",
        "_",
        |_, _| Ok(command(|session, place, outside| answer_again(session, place, outside))),
    )
    .before(&[ASKED]);

/// The last answer as it was shown. Where the world has changed since, the same is asked again, and what it was before is
/// said; an operation of AWS is not tried again.
fn answer_again(session: &mut Session, place: &Place, outside: &mut dyn Outside) -> Result<Outcome, Failure> {
    let shown = session.shown.clone().ok_or_else(nothing_asked)?;
    if !shown.is_past(&session.world) {
        return Ok(shown.outcome);
    }
    let question = shown.question.as_ref().filter(|question| !question.is_pasted);
    let again = match (shown.outcome.parts.first(), question) {
        (Some(Part::Verdict(_)), Some(question)) => super::can::asks(question.posed.clone()),
        (Some(Part::Explanation(_)), Some(question)) => {
            super::why::asks(question.posed.clone(), Extent::Usual)
        }
        (Some(Part::Explained(_, extent)), Some(question)) => {
            super::why::asks(question.posed.clone(), *extent)
        }
        (Some(Part::When(_)), Some(question)) => super::when::asks(question.posed.clone()),
        _ => return Ok(shown.outcome.note("this answer is from before the world changed")),
    };
    Ok(shown.beside(session.execute(again, place, outside)))
}

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let question = question_again(context, words)?;
    Ok(if words.has("when") { super::when::asks(question) } else { super::can::asks(question) })
}

/// The last question with what a statement changes of it. A question that named nobody is asked for whoever is
/// signed in now.
fn question_again(context: &mut Context<'_>, words: &Words<'_>) -> Result<Posed, Failure> {
    let last = context.session.questions.last().ok_or_else(nothing_asked)?;
    let named = words.get("PRINCIPAL").map(|word| context.principal(&word.text)).transpose()?;
    let assumed = context.assumptions(words)?;
    let resource = words.get("RESOURCE").map(|resource| (&*resource.text).into());
    let signed_in = last.signed_in && named.is_none();
    let principal = named.map_or_else(|| asker(context.session, last), |named| Ok(Arc::new(named)))?;
    let as_role = context.role_of(words, &principal)?.or_else(|| last.role_of(&principal));
    let question = Question {
        principal,
        action: last.action.clone(),
        resource: resource.or_else(|| last.resource.clone()),
        assumptions: changed(last.assumptions.clone(), assumed),
    };
    let posed = match words.get("RESOURCE") {
        Some(_) => Posed::written(question, signed_in, context.world()),
        None => Posed { signed_in, ..question.into() },
    };
    Ok(Posed { as_role, ..posed })
}

fn asker(session: &Session, last: &Posed) -> Result<Arc<Principal>, Failure> {
    match last.signed_in {
        true => session.signed_in.clone().map(Arc::new).ok_or_else(nobody_asks),
        false => Ok(Arc::clone(&last.principal)),
    }
}

/// What a question assumes, with other assumptions: what they say of a context key, or of day and time, wins.
fn changed(mut own: Assumptions, others: Assumptions) -> Assumptions {
    let said = |key: &str| others.context.iter().any(|(other, _)| other.eq_ignore_ascii_case(key));
    own.context.retain(|(key, _)| !said(key));
    own.context.extend(others.context);
    own.without.extend(others.without);
    own.settings = others.settings.or(own.settings);
    own.now = others.now;
    if !others.using.is_empty() {
        own.using = others.using;
    }
    own
}
