//! `compare root alice`: two principals side by side.

use std::sync::Arc;

use crate::facts::{self, Date, FACTS_DATE, RootOnlyTask, TaskStatus};
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
    context.no_role(words)?;
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
    let day = settings.as_of.unwrap_or(FACTS_DATE);
    for (task, status) in facts::comparable_tasks(day) {
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
    let closing = closing(&comparison.names, &rows);
    Ok(Outcome::of(Part::Table { header, rows }).note(closing).note(left_out(day)))
}

/// What the rows come to, in a sentence.
fn closing([left, right]: &[Box<str>; 2], rows: &[Vec<String>]) -> String {
    let may = |column: usize| rows.iter().filter(|row| row[column] == "allowed").count();
    let (count, others) = (rows.len(), "of what else they may the list says nothing");
    format!(
        "of these {count} tasks {left} may do {}, {right} {}; {others}: ask `can {right} ACTION`",
        may(2),
        may(3)
    )
}

/// The tasks that cannot be asked for by a name of their own.
fn left_out(day: Date) -> String {
    let shown: Vec<&str> = facts::comparable_tasks(day).map(|(task, _)| task.id).collect();
    let root_only = |task: &&RootOnlyTask| {
        matches!(task.status_on(day), TaskStatus::RootOnly | TaskStatus::Either) && !shown.contains(&task.id)
    };
    let others: Vec<&str> = facts::root_only_tasks().filter(root_only).map(|task| task.id).collect();
    format!(
        "left out are {}, which hang on a resource, or on what AWS does not name; `info {}` tells of one",
        others.join(", "),
        others.first().copied().unwrap_or("R4")
    )
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
