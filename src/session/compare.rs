//! Two principals side by side.

use std::sync::Arc;

use super::failure::Failure;
use super::outcome::{Outcome, Part};
use super::state::Session;
use crate::facts::{self, FACTS_DATE, Status as TaskStatus};
use crate::question::{Assumptions, Question};
use crate::world::Principal;

/// Two principals to be compared by the root-only tasks.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// How they were named.
    pub names: [Box<str>; 2],
    /// Who they are.
    pub principals: [Arc<Principal>; 2],
    /// What is assumed.
    pub assumptions: Assumptions,
}

/// `compare`: one line for each root-only task of the day that has a pseudo-action.
pub(super) fn compare(session: &Session, comparison: &Comparison) -> Result<Outcome, Failure> {
    let settings = comparison.assumptions.settings.unwrap_or(*session.world.settings());
    let mut rows = Vec::new();
    for (task, status) in facts::comparable_tasks(settings.as_of.unwrap_or(FACTS_DATE)) {
        let action = task.pseudo_action.unwrap_or_default();
        let mut row = vec![task.id.to_owned(), task.task.to_owned()];
        for principal in &comparison.principals {
            row.push(verdict_on(session, comparison, principal, action)?);
        }
        row.push(if status == TaskStatus::Either { "others may begin it" } else { "" }.to_owned());
        rows.push(row);
    }
    let [left, right] = &comparison.names;
    let header =
        vec!["rule".to_owned(), "task".to_owned(), left.to_string(), right.to_string(), "note".to_owned()];
    Ok(Outcome::of(Part::Table { header, rows }))
}

fn verdict_on(
    session: &Session,
    comparison: &Comparison,
    principal: &Arc<Principal>,
    action: &str,
) -> Result<String, Failure> {
    let question = Question::new(Arc::clone(principal), action).assuming(comparison.assumptions.clone());
    Ok(question.ask(&session.world)?.verdict().word().to_owned())
}
