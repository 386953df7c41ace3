//! Commands that ask about answers.

use super::super::command::Command;
use super::super::context::{Context, word};
use super::super::failure::Failure;
use super::super::later::{Later, Message};
use super::super::table::{Group, Row};
use crate::syntax::script::Words;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row("why MESSAGE:TEXT [CLAUSE]...", "explains a message of AWS, and says whether the answer here agrees with it", "why \"User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:GetObject\"", message),
];

/// A row of this theme.
const fn row(
    usage: &'static str,
    help: &'static str,
    example: &'static str,
    make: fn(&Words<'_>, &mut Context<'_>) -> Result<Command, Failure>,
) -> Row {
    Row { usage, help, example, group: Group::Question, make }
}

fn message(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let message = Message { text: word(words, "MESSAGE"), assumptions: context.assumptions(words)? };
    Ok(Command::Later(Later::Message(Box::new(message))))
}
