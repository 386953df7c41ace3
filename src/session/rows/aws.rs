//! The AWS command line.

use super::super::aws;
use super::super::command::Command;
use super::super::context::Context;
use super::super::failure::Failure;
use super::super::table::{Group, Row};
use crate::syntax::script::Words;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    Group::Aws.row("aws COMMAND:AWS", "calls an operation of AWS as its command line writes it: authorized for whoever is signed in, then applied", "aws iam create-user --user-name carol", call),
];

fn call(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    Ok(Command::Aws(Box::new(aws::read(words, context)?)))
}
