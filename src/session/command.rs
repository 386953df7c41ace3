//! What a command is, how it is written and made, and the table in which its owner lists all there are.

use super::context::Context;
use super::failure::Failure;
use super::outcome::Outcome;
use super::outside::Outside;
use super::state::Session;
use crate::source::Place;
use crate::syntax::script::{Usage, Words};

/// A command, understood and ready to be executed: what it names has been looked up, what it reads has been read.
pub struct Command {
    /// Whether it can change the world or who is signed in, so that it can be undone.
    pub(super) changes_world: bool,
    /// Whether it states decisions; then the world stays as it is.
    pub(super) is_expectation: bool,
    pub(super) execute: Box<Execute>,
}

/// What a command does; it is given the statement that it was made of. If it is refused, nothing has changed.
type Execute = dyn FnOnce(&mut Session, &Place, &mut dyn Outside) -> Result<Outcome, Failure>;

/// A command, or why there is none.
pub type Made = Result<Command, Failure>;

/// A command of what it does: one that changes no world and states no decisions.
pub fn command(
    execute: impl FnOnce(&mut Session, &Place, &mut dyn Outside) -> Result<Outcome, Failure> + 'static,
) -> Command {
    Command { changes_world: false, is_expectation: false, execute: Box::new(execute) }
}

impl Command {
    /// A command that can change the world.
    pub fn changing(self) -> Self {
        Self { changes_world: true, ..self }
    }

    /// A command that states decisions.
    pub fn expecting(self) -> Self {
        Self { is_expectation: true, ..self }
    }
}

/// How a command is written, what it is for, and how it is made of the words of a statement.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// How it is written.
    pub usage: &'static str,
    /// What it does, one sentence.
    pub help: &'static str,
    /// One line that works.
    pub example: &'static str,
    /// What it is for.
    pub heading: Heading,
    /// The lines that the example needs before it in the demo world.
    pub before: &'static [&'static str],
    /// Whether it writes a file or opens an editor: then it is done only where somebody at the keyboard asked for it.
    pub writes: bool,
    /// Makes the command.
    pub make: fn(&Words<'_>, &mut Context<'_>) -> Made,
}

impl Row {
    /// With the lines that the example needs before it in the demo world.
    pub const fn before(self, before: &'static [&'static str]) -> Self {
        Self { before, ..self }
    }

    /// That of a command which writes a file or opens an editor.
    pub const fn writing(self) -> Self {
        Self { writes: true, ..self }
    }

    /// The word that the command starts with in lists.
    pub fn name(&self) -> &'static str {
        self.usage
            .split([' ', '|'])
            .find(|word| word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_'))
            .unwrap_or_default()
    }
}

/// What commands are for, in the order of `help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
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

impl Heading {
    /// All headings.
    pub const ALL: [Self; 7] = [
        Self::Question,
        Self::Identity,
        Self::Declaration,
        Self::Change,
        Self::Expectation,
        Self::Control,
        Self::Aws,
    ];

    /// A row under this heading.
    pub const fn row(
        self,
        usage: &'static str,
        help: &'static str,
        example: &'static str,
        make: fn(&Words<'_>, &mut Context<'_>) -> Made,
    ) -> Row {
        Row { usage, help, example, heading: self, before: &[], writes: false, make }
    }

    /// Its words in `help`.
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

    /// Whether its commands ask; a world file says only what there is.
    pub(super) fn asks(self) -> bool {
        matches!(self, Self::Question | Self::Expectation)
    }
}

/// A statement that no usage describes: what it is, if it is one.
pub type Unusual = fn(&Place, &Session) -> Option<Command>;

/// What was probably meant by a statement that was refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guess {
    /// What clears up what was mixed up; may be empty.
    pub says: String,
    /// Statements to type instead, the likeliest first.
    pub lines: Vec<String>,
    /// Whether it is a question in words, which the lines answer.
    pub answers: bool,
}

/// What was probably meant by the text of a statement.
pub type Guesser = fn(&str, &Session) -> Option<Guess>;

/// All commands, in the order of `help`, as their owner lists them.
#[derive(Debug)]
pub struct Table {
    /// A row each.
    pub rows: &'static [Row],
    /// Their usages, in the same order.
    pub usages: Vec<Usage>,
    /// What is looked at before the usages.
    pub(super) unusual: &'static [Unusual],
    /// What was probably meant by a statement that was refused.
    pub(super) guess: Guesser,
}

impl Table {
    /// The table of these rows.
    pub fn new(rows: &'static [Row], unusual: &'static [Unusual], guess: Guesser) -> Self {
        let usages = rows.iter().map(|row| Usage::unread(row.usage).example(row.example)).collect();
        Self { rows, usages, unusual, guess }
    }

    /// The rows with the words that their statements can start with.
    pub fn heads(&self) -> impl Iterator<Item = (&'static Row, Vec<&str>)> {
        self.rows.iter().zip(self.usages.iter().map(Usage::heads))
    }
}
