//! `compare root alice`: two principals side by side.

use std::sync::Arc;

use crate::facts::{self, FACTS_DATE, TaskStatus};
use crate::question::{Assumptions, Question};
use crate::session::slots::word;
use crate::session::{Context, Failure, Heading, Made, Outcome, Part, Row, Session, command};
use crate::syntax::script::Words;
use crate::world::{Principal, WorldError};

pub(super) const ROW: Row = Heading::Question.row(
    "compare PRINCIPAL PRINCIPAL [CLAUSE]...",
    "compares two principals by the tasks that only the root user can do",
    "compare root alice",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let names: Vec<Box<str>> = words.all("PRINCIPAL").map(|name| (&*name.text).into()).collect();
    let [left, right] = &names[..] else {
        let what = "expected two principals";
        return Err(WorldError::new("missing-word", word(words, "PRINCIPAL"), what).into());
    };
    let principals = [context.principal(left)?.into(), context.principal(right)?.into()];
    let names = [left.clone(), right.clone()];
    let comparison = RootComparison { names, principals, assumptions: context.assumptions(words)? };
    Ok(command(move |session, _, _| compare(session, &comparison)))
}

/// Two principals to be compared by the root-only tasks.
struct RootComparison {
    names: [Box<str>; 2],
    principals: [Arc<Principal>; 2],
    assumptions: Assumptions,
}

/// One line for each root-only task of the day that has a pseudo-action.
fn compare(session: &Session, comparison: &RootComparison) -> Result<Outcome, Failure> {
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
    comparison: &RootComparison,
    principal: &Arc<Principal>,
    action: &str,
) -> Result<String, Failure> {
    let question = Question::new(Arc::clone(principal), action).assuming(comparison.assumptions.clone());
    Ok(question.ask(&session.world)?.verdict().word().to_owned())
}
