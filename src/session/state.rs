//! The state of a session: the world, who is signed in, what can be undone.

use std::sync::Arc;

use super::command::Command;
use super::context::Context;
use super::execute::execute;
use super::failure::{Failure, placed};
use super::held::Keeping;
use super::outcome::{Outcome, Part, Status};
use super::outside::Outside;
use super::principals::find_principal;
use super::question::Posed;
use super::record::AskedBefore;
use super::table::{Group, rows, usages};
use crate::explain::Explanation;
use crate::names::AccountId;
use crate::question::Question;
use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::script::{Words, parse_statement};
use crate::world::{GivenPolicies, Principal, World, WorldError};

/// A world that is being changed and asked.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// The world.
    pub(super) world: World,
    /// The account in which bare names are looked up.
    pub(super) selected: Option<AccountId>,
    /// Who is signed in.
    pub(super) signed_in: Option<Principal>,
    /// Policies in place of the world's, for every question.
    pub(super) given: Arc<GivenPolicies>,
    /// The last answer, for `why`.
    pub(super) last: Option<Arc<Explanation>>,
    /// The question of the last answer with its world, where the answer was given without all reasons.
    pub(super) brief: Option<(Question, World)>,
    /// The last answer as it was shown, for `_`.
    pub(super) shown: Option<Outcome>,
    /// The questions that were asked, for `what-if` and `_`.
    pub(super) questions: Vec<Posed>,
    /// What was edited and could not be taken.
    pub(super) draft: Option<super::control::Draft>,
    /// What can be undone, oldest first.
    pub(super) past: Vec<Arc<Moment>>,
    /// What can be done again, the next one last.
    pub(super) future: Vec<Arc<Moment>>,
    /// The files that are being read, the outermost first.
    pub(super) reading: Vec<String>,
    /// The questions asked, for `record`.
    pub(super) asked: Vec<AskedBefore>,
    /// The expectations, for whoever runs tests.
    pub(super) keeping: Keeping,
}

/// The world at some moment, and the entry that led away from it.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) world: World,
    pub(super) selected: Option<AccountId>,
    pub(super) signed_in: Option<Principal>,
    pub(super) entry: String,
}

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
    /// A session in an empty world.
    pub fn new() -> Self {
        Self::default()
    }

    /// The world.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The world, to be changed from outside.
    pub fn world_mut(&mut self) -> &mut World {
        &mut self.world
    }

    /// Has every question from now on asked with these policies in place of the world's.
    pub fn give(&mut self, policies: GivenPolicies) {
        self.given = Arc::new(policies);
    }

    /// The account in which bare names are looked up.
    pub fn selected(&self) -> Option<AccountId> {
        self.selected
    }

    /// Who is signed in.
    pub fn signed_in(&self) -> Option<&Principal> {
        self.signed_in.as_ref()
    }

    /// The last answer.
    pub fn last_answer(&self) -> Option<&Arc<Explanation>> {
        self.last.as_ref()
    }

    /// The principal that a word names; bare names are looked up in the selected account.
    ///
    /// # Errors
    /// If the name is unknown, or could be two things.
    pub fn principal(&self, word: &str) -> Result<Principal, WorldError> {
        find_principal(&self.world, self.selected, word)
    }

    /// Executes a command that was made otherwise than of a statement; `place` is what messages point at.
    pub fn execute(&mut self, command: Command, place: &Place, outside: &mut dyn Outside) -> Outcome {
        execute(self, command, place, outside).unwrap_or_else(|failure| refusal(failure, place))
    }

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
        let (outcome, changes) = self.run_at(&place, outside, mode);
        if let Status::Answered(_) = outcome.status {
            self.shown = Some(outcome.clone());
        }
        // An operation of AWS that is denied has answered, and changed nothing.
        let unchanged = matches!(outcome.status, Status::Refused | Status::Answered(_));
        if let Some(before) = before.filter(|_| changes && !unchanged) {
            self.past.push(Arc::new(before));
            self.future.clear();
        }
        outcome
    }

    /// Understands one statement without executing it; the warnings come beside.
    ///
    /// # Errors
    /// If it is not understood: then what there is to say.
    pub fn understand(
        &self,
        words: &Words<'_>,
        place: &Place,
        outside: &mut dyn Outside,
    ) -> Result<(Command, Vec<Diagnostic>), Outcome> {
        let Some(row) = rows().get(words.row()) else { return Err(Outcome::default()) };
        let mut context = Context::new(&place.source, self, outside);
        let made = (row.make)(words, &mut context);
        let warnings = context.warnings;
        match made {
            Ok(command) => Ok((command, warnings)),
            Err(failure) => Err(refusal(failure, place).after(warnings)),
        }
    }

    fn run_at(&mut self, place: &Place, outside: &mut dyn Outside, mode: Mode) -> (Outcome, bool) {
        if place.text().starts_with('{') {
            return (super::control::pasted_policy(place), false);
        }
        if let Some(message) = super::later::unquoted(place.text(), self.world.catalog()) {
            let done = super::later::why_message(self, &message, outside.now());
            return (done.unwrap_or_else(|failure| refusal(failure, place)), false);
        }
        let words = match parse_statement(&place.source, place.span, usages()) {
            Ok(words) => words,
            Err(wrong) => return (Outcome::refused(vec![wrong]), false),
        };
        let Some(row) = rows().get(words.row()) else { return (Outcome::default(), false) };
        if mode == Mode::World && matches!(row.group, Group::Question | Group::Expectation) {
            return (Outcome::refused(vec![question_in_world(place)]), false);
        }
        match self.understand(&words, place, outside) {
            Ok((command, warnings)) => {
                if !command.is_expectation() {
                    self.forget_snapshot();
                }
                let changes = command.changes_world();
                let outcome = self.execute(command, place, outside).after(warnings);
                let answered = mode == Mode::World && matches!(outcome.status, Status::Answered(_));
                (if answered { answer_in_world(&outcome, place) } else { outcome }, changes)
            }
            Err(refused) => (refused, false),
        }
    }

    fn moment(&self, entry: &str) -> Moment {
        Moment {
            world: self.world.clone(),
            selected: self.selected,
            signed_in: self.signed_in.clone(),
            entry: entry.to_owned(),
        }
    }

    /// The present under the name of the entry that led away from another moment.
    pub(super) fn swap_with(&mut self, moment: Arc<Moment>) -> Arc<Moment> {
        let moment = Arc::unwrap_or_clone(moment);
        let present = Arc::new(self.moment(&moment.entry));
        (self.world, self.selected, self.signed_in) = (moment.world, moment.selected, moment.signed_in);
        present
    }
}

fn question_in_world(place: &Place) -> Diagnostic {
    Diagnostic::error("question-in-world", "a world file holds no questions and no expectations")
        .at(place.clone(), "")
        .help("`iamwhy run FILE` runs a script that has them")
}

/// An operation of AWS that was denied, or only asked about, makes no world.
fn answer_in_world(outcome: &Outcome, place: &Place) -> Outcome {
    let denied = outcome.parts.iter().find_map(|part| match part {
        Part::Denied { line, .. } => Some(Diagnostic::error("access-denied", line).at(place.clone(), "")),
        _ => None,
    });
    Outcome::refused(vec![denied.unwrap_or_else(|| question_in_world(place))])
}

fn refusal(failure: Failure, place: &Place) -> Outcome {
    match failure {
        Failure::World(error) => Outcome::refused(vec![placed(error, place)]),
        Failure::Found(diagnostics) => Outcome::refused(diagnostics),
        Failure::Denied { what, explanation } => {
            let diagnostic = Diagnostic::error("access-denied", what).at(place.clone(), "");
            Outcome::refused(vec![diagnostic]).and(Part::Explanation(explanation))
        }
    }
}
