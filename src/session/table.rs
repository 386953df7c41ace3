//! The table of commands.

use std::sync::LazyLock;

use super::command::Command;
use super::context::Context;
use super::failure::Failure;
use super::rows as themes;
use crate::syntax::script::{Usage, Words};

/// One command: how it is written, what it is for, and how it is made of the words of a statement.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// How it is written.
    pub usage: &'static str,
    /// What it does, one sentence.
    pub help: &'static str,
    /// One line that works.
    pub example: &'static str,
    /// What it is for.
    pub group: Group,
    /// Makes the command.
    pub make: fn(&Words<'_>, &mut Context<'_>) -> Result<Command, Failure>,
}

impl Group {
    /// A row of this group.
    pub(super) const fn row(
        self,
        usage: &'static str,
        help: &'static str,
        example: &'static str,
        make: fn(&Words<'_>, &mut Context<'_>) -> Result<Command, Failure>,
    ) -> Row {
        Row { usage, help, example, group: self, make }
    }
}

/// What commands are for, in the order of `help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What there is in a world.
    Declaration,
    /// What is done to it.
    Change,
    /// Who asks.
    Identity,
    /// What is asked.
    Question,
    /// What is expected.
    Expectation,
    /// The session itself.
    Control,
    /// The AWS command line.
    Aws,
}

impl Group {
    /// All groups.
    pub const ALL: [Self; 7] = [
        Self::Question,
        Self::Identity,
        Self::Declaration,
        Self::Change,
        Self::Expectation,
        Self::Control,
        Self::Aws,
    ];

    /// The heading in `help`.
    pub fn title(self) -> &'static str {
        match self {
            Self::Declaration => "what there is",
            Self::Change => "what is changed",
            Self::Identity => "who asks",
            Self::Question => "what is asked",
            Self::Expectation => "what is expected",
            Self::Control => "the session",
            Self::Aws => "the AWS command line",
        }
    }
}

/// What the examples need beyond the demo world, by the words that a command starts with.
const BEFORE: &[(&str, &[&str])] = &[
    ("grant ", &["resource arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]),
    ("ou ", &[ORGANIZATION, "ou Workloads"]),
    ("delegate ", &[ORGANIZATION, "move account 444455556666 to organization-root"]),
    ("root-access ", &[ORGANIZATION]),
    ("move account ", &[ORGANIZATION, "ou Workloads"]),
    ("undo", &["user carol"]),
    ("redo", &["user carol", "undo"]),
    ("sign-out", &[ALICE]),
    ("whoami", &[ALICE]),
    (
        "assume ",
        &[
            "role Deploy trust { \"Version\": \"2012-10-17\", \"Statement\": { \"Effect\": \"Allow\", \"Principal\": { \"AWS\": \"111122223333\" }, \"Action\": \"sts:AssumeRole\" } }",
        ],
    ),
    ("assume-root ", &[ORGANIZATION, "move account 444455556666 to organization-root", ALICE]),
    ("federate ", &[ALICE]),
    ("aws ", &[ALICE]),
];
const ORGANIZATION: &str = "organization o-exampleorg management 111122223333";
const ALICE: &str = "sign-in alice at acme";

impl Row {
    /// The lines that the example needs before it in the demo world.
    pub fn before(&self) -> &'static [&'static str] {
        if self.usage == "why" || self.usage.split(' ').any(|word| word == "_") {
            return &["can alice account:CloseAccount"];
        }
        let own = BEFORE.iter().find(|(start, _)| self.usage.starts_with(start));
        own.map_or(&[], |(_, lines)| lines)
    }

    /// The word that the command starts with in lists.
    pub fn name(&self) -> &'static str {
        self.usage
            .split([' ', '|'])
            .find(|word| word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_'))
            .unwrap_or_default()
    }
}

/// The commands in the order of `help`.
pub fn rows() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| themes::ALL.concat());
    &ROWS
}

/// The usages of the commands, in the same order.
pub fn usages() -> &'static [Usage] {
    static USAGES: LazyLock<Vec<Usage>> = LazyLock::new(|| rows().iter().map(usage).collect());
    &USAGES
}

fn usage(row: &Row) -> Usage {
    Usage::unread(row.usage).example(row.example)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usage_can_be_read() {
        let unreadable = rows().iter().filter(|row| Usage::parse(row.usage).is_err());
        assert_eq!(unreadable.map(|row| row.usage).collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
