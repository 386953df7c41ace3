//! Commands that ask about answers.

use super::super::command::Command;
use super::super::context::{Context, word};
use super::super::failure::Failure;
use super::super::later::{Later, Message};
use super::super::table::{Group, Row};
use crate::syntax::script::Words;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    Group::Question.row("why MESSAGE:TEXT [CLAUSE]...", "explains a message of AWS, and says whether the answer here agrees with it", "why \"User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject\"", message),
    Group::Question.row("when [PRINCIPAL] ACTION [[on] RESOURCE] [CLAUSE]...", "asks for the conditions under which it is allowed: what hangs on context keys nobody gave", "when bob s3:GetObject on arn:aws:s3:::acme-reports/q1.csv", when),
    Group::Question.row("what-if BLOCK", "does the commands on a copy of the world, and shows which answers are others there", "what-if {\n  detach AdministratorAccess from user alice\n  can alice ec2:RunInstances\n}", what_if),
    Group::Question.row("picture FILE", "writes the last answer as a page with a drawing of how it was decided", "picture \"why.html\"", picture),
];

fn message(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let message = Message { text: word(words, "MESSAGE"), assumptions: context.assumptions(words)? };
    Ok(Command::Later(Later::Message(Box::new(message))))
}

fn when(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    Ok(Command::Later(Later::When(Box::new(context.question(words)?))))
}

fn what_if(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let span = words.block("BLOCK").unwrap_or_default();
    Ok(Command::Later(Later::WhatIf(context.place(span))))
}

fn picture(words: &Words<'_>, _: &mut Context<'_>) -> Result<Command, Failure> {
    Ok(Command::Later(Later::Picture(word(words, "FILE"))))
}
