//! Commands that state decisions.

use super::super::command::Command;
use super::super::context::{Context, word};
use super::super::expect::{Expectation, ExpectationTable, Expected};
use super::super::failure::Failure;
use super::super::reason::Reason;
use super::super::table::{Group, Row};
use crate::syntax::script::Words;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    Group::Expectation.row("[todo] expect [PRINCIPAL] VERDICT ACTION [[on] RESOURCE] [CLAUSE]... [because REASON]", "states a decision, and what makes it; `todo` marks one that is not reached yet", "expect alice denied account:CloseAccount because root-only", expect),
    Group::Expectation.row("expect table TABLE", "states decisions, a row each: PRINCIPAL VERDICT ACTION [RESOURCE]", "expect table {\n  alice allowed ec2:RunInstances\n  alice denied account:CloseAccount\n}", expect_table),
];

fn expect(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    Ok(Command::Expect(Box::new(Expectation {
        question: context.question(words)?,
        expected: Expected::of(&word(words, "VERDICT")),
        reason: words.reason("REASON").map(Reason::read).transpose()?,
        todo: words.has("todo"),
    })))
}

fn expect_table(words: &Words<'_>, context: &mut Context<'_>) -> Result<Command, Failure> {
    let span = words.block("TABLE").unwrap_or_default();
    Ok(Command::ExpectTable(ExpectationTable { rows: context.place(span) }))
}
