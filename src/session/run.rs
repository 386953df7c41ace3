//! Statements: understood by the table of commands, and executed.

use std::sync::Arc;

use super::command::{Command, Row};
use super::context::Context;
use super::found_at_once::{FoundAtOnce, lint_of};
use super::outcome::{Outcome, Part, Status};
use super::outside::Outside;
use super::read_only::ReadOnly;
use super::state::Session;
use crate::policy::Policy;
use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::script::{Words, parse_statement};

/// Whether what changes the world can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// At a prompt every entry that changes the world can be undone.
    Prompt,
    /// A script changes the world in place.
    Script,
    /// A script that only says what there is: it holds no questions.
    World,
}

impl Session {
    /// Understands one statement and executes it.
    pub fn run(
        &mut self,
        source: &Arc<Source>,
        span: Span,
        outside: &mut dyn Outside,
        mode: Mode,
    ) -> Outcome {
        let before = (mode == Mode::Prompt).then(|| self.moment(source.slice(span)));
        let place = Place::new(source, span);
        let (mut outcome, changes) = self.run_at(&place, outside, mode);
        if outcome.status == Status::Refused {
            outcome = self.guessed(outcome, &place, outside, mode);
        }
        if let Status::Answered(_) = outcome.status {
            self.note_shown(&outcome);
        }
        // An operation of AWS that is denied has answered, and changed nothing.
        let changed = match outcome.status {
            Status::Refused | Status::Compared(_) | Status::Checked(_) | Status::Covered(_) => false,
            Status::Answered(_) => outcome.changed,
            Status::Done | Status::Missed => true,
        };
        if let Some(before) = before.filter(|_| changes && changed) {
            self.history.push(before);
            outcome = if outcome.changed { outcome.note("`undo` takes it back") } else { outcome };
        }
        outcome
    }

    /// Executes a command that was made otherwise than of a statement; `place` is what messages point at.
    pub fn execute(&mut self, command: Command, place: &Place, outside: &mut dyn Outside) -> Outcome {
        self.execute_at(command, (place, None), outside)
    }

    fn execute_at(
        &mut self,
        command: Command,
        (place, words): (&Place, Option<&Words<'_>>),
        outside: &mut dyn Outside,
    ) -> Outcome {
        if !command.is_expectation {
            self.forget_snapshot();
        }
        (command.execute)(self, place, outside).unwrap_or_else(|failure| failure.refusal(place, words))
    }

    pub(super) fn run_at(&mut self, place: &Place, outside: &mut dyn Outside, mode: Mode) -> (Outcome, bool) {
        let mut reading;
        let outside: &mut dyn Outside = match mode {
            Mode::World => {
                reading = ReadOnly(outside);
                &mut reading
            }
            _ => outside,
        };
        let Understood { command, words, warnings, policies } = match self.understand(place, outside, mode) {
            Ok(understood) => understood,
            Err(refused) => return (refused, false),
        };
        let changes = command.changes_world;
        let mut outcome = self.execute_at(command, (place, words.as_ref()), outside);
        if mode == Mode::Prompt && outcome.status == Status::Done && !policies.is_empty() {
            let found =
                FoundAtOnce::in_policies(policies.iter().map(AsRef::as_ref), self.world.catalog(), &warnings);
            outcome = found.shown_with(outcome, words.as_ref().and_then(lint_of).as_deref());
        }
        let outcome = outcome.after(warnings);
        let answered = mode == Mode::World && matches!(outcome.status, Status::Answered(_));
        (if answered { answer_in_world(&outcome, place) } else { outcome }, changes)
    }

    fn understand<'t>(
        &mut self,
        place: &'t Place,
        outside: &mut dyn Outside,
        mode: Mode,
    ) -> Result<Understood<'t>, Outcome> {
        if let Some(command) = self.table.unusual.iter().find_map(|read| read(place, self)) {
            return Ok(Understood { command, words: None, warnings: Vec::new(), policies: Vec::new() });
        }
        let words = parse_statement(&place.source, place.span, &self.table.usages)
            .map_err(|wrong| Outcome::refused(vec![wrong]))?;
        let Some(row) = self.table.rows.get(words.row()) else { return Err(Outcome::default()) };
        if mode == Mode::World && row.heading.asks() {
            return Err(Outcome::refused(vec![question_in_world(place)]));
        }
        if row.writes && outside.is_read_only() {
            return Err(Outcome::refused(vec![nobody_asked_for(row, &words, place)]));
        }
        let mut context = Context::new(&place.source, self, outside);
        let made = (row.make)(&words, &mut context);
        let (warnings, files, policies) = (context.warnings, context.files, context.policies);
        self.files.note(&files);
        match made {
            Ok(command) => Ok(Understood { command, words: Some(words), warnings, policies }),
            Err(failure) => Err(failure.refusal(place, Some(&words)).after(warnings)),
        }
    }
}

struct Understood<'t> {
    command: Command,
    /// What stands in it; nothing where no usage describes it.
    words: Option<Words<'t>>,
    warnings: Vec<Diagnostic>,
    /// The policies that it declares or brings along.
    policies: Vec<Arc<Policy>>,
}

fn question_in_world(place: &Place) -> Diagnostic {
    Diagnostic::error("question-in-world", "a world file holds no questions and no expectations")
        .at(place.clone(), "")
        .help("`iamwhy run FILE` runs a script that has them")
}

/// What a command is told that writes where nothing is written.
fn nobody_asked_for(row: &Row, words: &Words<'_>, place: &Place) -> Diagnostic {
    let head = words.keywords().first().map_or(place.span, |keyword| keyword.span);
    let what = format!("`{}` writes, and a world, a test and `what-if` only say what there is", row.name());
    Diagnostic::error("read-only", what)
        .at(Place::new(&place.source, head), "")
        .help("nothing was written; it works at the prompt, and in scripts that `iamwhy run FILE` runs")
}

/// An operation of AWS that was denied, or only asked about, makes no world.
fn answer_in_world(outcome: &Outcome, place: &Place) -> Outcome {
    let denied = outcome.parts.iter().find_map(|part| match part {
        Part::Denied { line, .. } => Some(Diagnostic::error("access-denied", line).at(place.clone(), "")),
        _ => None,
    });
    Outcome::refused(vec![denied.unwrap_or_else(|| question_in_world(place))])
}
