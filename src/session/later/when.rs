//! `when PRINCIPAL ACTION RESOURCE`

use std::sync::Arc;

use super::super::failure::Failure;
use super::super::outcome::{Outcome, Part, Status};
use super::super::question::Posed;
use super::super::state::Session;
use crate::explain;

/// Asks when something is allowed; `why` then explains the answer as things are.
pub(super) fn when(session: &mut Session, question: &Posed) -> Result<Outcome, Failure> {
    let when = question.ask(&session.world).map(explain::when)?;
    session.last = Some(Arc::new(when.explanation.clone()));
    session.brief = None;
    session.note_question(question);
    Ok(Outcome { status: Status::Answered(when.verdict), ..Outcome::of(Part::When(Box::new(when))) })
}
