//! `apply 1`: what would turn the last answer, done.

use std::sync::Arc;

use super::can::answered;
use crate::explain::{Explanation, Remedy, Verdict};
use crate::session::{
    CarriedOut, Failure, Heading, Outcome, Outside, Part, PastQuestion, Posed, Row, Session, command,
    nothing_asked,
};
use crate::source::Diagnostic;
use crate::world::WorldError;

pub(super) const ROW: Row = Heading::Question
    .row(
        "apply [NUMBER]",
        "carries out the fix of that number of the last explanation, and asks the same again",
        "apply 1",
        |words, _| {
            let number = words.get("NUMBER").map(|number| (*number.text).into());
            Ok(command(move |session, _, outside| apply(session, number, outside)).changing())
        },
    )
    .before(&["why bob s3:PutObject on arn:aws:s3:::acme-reports/q1.csv"]);

/// Carries out a remedy and asks again, as one change.
fn apply(
    session: &mut Session,
    number: Option<Box<str>>,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    let (question, told) = explained(session)?;
    let chosen = chosen(&told, number.as_deref())?;
    let remedy = as_told(session, &question, &told, chosen)?;
    let before = session.clone();
    let done = carried_out(session, &remedy, question.posed, outside);
    done.inspect_err(|_| *session = before)
}

/// The last question, with the explanation that was shown.
fn explained(session: &Session) -> Result<(PastQuestion, Arc<Explanation>), Failure> {
    let last = session.last_question.as_ref().zip(session.last.as_ref());
    let (question, told) = last.ok_or_else(nothing_asked)?;
    if !session.is_explained() && told.answer.decision != Verdict::Allowed {
        return Err(Diagnostic::error("not-explained", "the last answer has not been explained yet")
            .help("`why` shows what would turn it, `apply` then carries it out")
            .into());
    }
    Ok((question.clone(), Arc::clone(told)))
}

/// The index of the remedy that is meant; the only one needs no number.
fn chosen(told: &Explanation, number: Option<&str>) -> Result<usize, Failure> {
    let known = told.remedies.len();
    match (known, number) {
        (0, _) => Err(nothing_turns_it(told)),
        (1, None) => Ok(0),
        (_, None) => {
            let which = Diagnostic::error("which-fix", format!("the last explanation has {known} fixes"));
            Err(which.help(format!("which one: `apply 1` … `apply {known}`")).into())
        }
        (_, Some(number)) => {
            let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            at.filter(|at| *at < known).ok_or_else(|| no_such(number, known))
        }
    }
}

fn no_such(number: &str, known: usize) -> Failure {
    let what = format!("there is no fix {number}: the last explanation has {known}");
    WorldError::new("unknown-fix", number, what).help("`why` shows them").into()
}

fn nothing_turns_it(told: &Explanation) -> Failure {
    let what = match told.answer.decision {
        Verdict::Allowed => "the last answer is `allowed`: there is nothing to turn",
        _ => "the last explanation has no fix that could be carried out here",
    };
    let how = told.gate.as_ref().and_then(|gate| gate.how.clone());
    Diagnostic { help: how, ..Diagnostic::error("no-fix", what) }.into()
}

/// The remedy as it was told, if it is still one: the world may have changed since.
fn as_told(
    session: &Session,
    question: &PastQuestion,
    told: &Explanation,
    at: usize,
) -> Result<Remedy, Failure> {
    if !question.is_past(&session.world) {
        return Ok(told.remedies[at].clone());
    }
    let now = question.posed.explained(&session.world, |asked| asked.explain())?.remedies.into_iter().nth(at);
    let words = |remedy: &Remedy| remedy.edits.iter().map(|edit| edit.words.clone()).collect::<Vec<String>>();
    let same = now.filter(|now| words(now) == words(&told.remedies[at]));
    same.ok_or_else(|| {
        let what = "the world has changed since the last explanation, and the fix is another now";
        Diagnostic::error("changed-since", what).help("`why` explains it as it is now").into()
    })
}

fn carried_out(
    session: &mut Session,
    remedy: &Remedy,
    Posed { mut question, signed_in, as_role, .. }: Posed,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    let is_of_role = as_role.is_some();
    if let Some(edit) = remedy.edits.iter().find(|edit| is_of_role && edit.is_another_call()) {
        let what = format!("`apply` does not do this for a call as a role: {}", edit.in_brief());
        return Err(Diagnostic::error("call-as-role", what).help("ask that call by itself").into());
    }
    let asker = Arc::clone(&question.principal);
    let mut changed = false;
    for edit in &remedy.edits {
        changed |= session.carry_out(edit, &mut question, outside)? == CarriedOut::World;
    }
    let signed_in = signed_in && Arc::ptr_eq(&asker, &question.principal);
    let posed = Posed { signed_in, as_role, ..question.into() };
    let explanation = session.decide(&posed)?;
    session.remember(&posed, &explanation);
    let answer = answered(&explanation, Part::Verdict(Arc::clone(&explanation)), &posed);
    Ok(after(remedy, changed, answer))
}

/// What was done, and what the answer is then.
fn after(remedy: &Remedy, changed: bool, answer: Outcome) -> Outcome {
    let word = if changed { "done" } else { "asked with this change" };
    let mut outcome = Outcome { changed, ..answer };
    outcome.parts.insert(0, Part::Said(format!("{word}: {}", remedy.in_brief())));
    if changed { outcome } else { outcome.note("nothing in the world has changed") }
}
