//! Commands that ask.

use super::super::command::Command;
use super::super::compare::Comparison;
use super::super::context::{Context, word};
use super::super::failure::Failure;
use super::super::later::Later;
use super::super::table::{Group, Row};
use crate::syntax::script::Words;
use crate::world::WorldError;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    Group::Question.row("can [PRINCIPAL] ACTION [[on] RESOURCE] [CLAUSE]...", "asks whether a principal may do something", "can alice s3:GetObject on arn:aws:s3:::reports/q1.csv with aws:SourceIp=203.0.113.7", can),
    Group::Question.row("why [PRINCIPAL] ACTION [[on] RESOURCE] [CLAUSE]...", "asks the same, and for the reasons", "why alice account:CloseAccount", why),
    Group::Question.row("why", "explains the last answer", "why", |_, _| Ok(Command::WhyLast)),
    Group::Question.row("can|why|when [PRINCIPAL] _ [[on] RESOURCE] [CLAUSE]...", "asks the last question again, with what is changed: another principal or resource, more context", "can _ with aws:SourceIp=203.0.113.7", again),
    Group::Question.row("_", "shows the last answer again; as `.once FILE _` into a file", "_", |_, _| Ok(Command::LastAnswer)),
    Group::Question.row("compare PRINCIPAL PRINCIPAL [CLAUSE]...", "compares two principals by the tasks that only the root user can do", "compare root alice", compare),
];

fn can(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    Ok(Command::Can(Box::new(context.question(words)?)))
}

fn why(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    Ok(Command::Why(Box::new(context.question(words)?)))
}

fn again(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let question = Box::new(context.question_again(words)?);
    Ok(match (words.has("why"), words.has("when")) {
        (true, _) => Command::Why(question),
        (_, true) => Command::Later(Later::When(question)),
        _ => Command::Can(question),
    })
}

fn compare(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let names: Vec<Box<str>> = words.all("PRINCIPAL").map(|name| (&*name.text).into()).collect();
    let [left, right] = &names[..] else {
        return Err(
            WorldError::new("missing-word", word(words, "PRINCIPAL"), "expected two principals").into()
        );
    };
    let principals = [context.principal(left)?.into(), context.principal(right)?.into()];
    let names = [left.clone(), right.clone()];
    Ok(Command::Compare(Box::new(Comparison { names, principals, assumptions: context.assumptions(words)? })))
}
