//! An edit that an explanation proposes, carried out: its commands in the account that has what they change, its changes
//! of the world, or another question.

use std::sync::Arc;

use super::failure::Failure;
use super::outcome::Status;
use super::outside::Outside;
use super::run::Mode;
use super::state::Session;
use crate::explain::Edit;
use crate::policy::Layer;
use crate::question::Question;
use crate::source::{Diagnostic, Source, Span};

/// What an edit changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarriedOut {
    /// The world.
    World,
    /// The question alone.
    Question,
}

impl Session {
    /// Carries an edit out, whoever is signed in: it says what there is from now on. Of a change of the request, and of a
    /// policy that only the question has, it is the question that is another then.
    ///
    /// # Errors
    /// If a command is refused, or nothing says how it is done; then the world is as it was.
    pub fn carry_out(
        &mut self,
        edit: &Edit,
        question: &mut Question,
        outside: &mut dyn Outside,
    ) -> Result<CarriedOut, Failure> {
        if !edit.commands.is_empty() || !edit.changes.is_empty() {
            let before = (self.world.clone(), self.selected, self.signed_in.take());
            let done = self.change_for(edit, outside);
            (self.selected, self.signed_in) = (before.1, before.2);
            done.inspect_err(|_| self.world = before.0)?;
            self.change_question(edit, question)?;
            return Ok(CarriedOut::World);
        }
        match self.change_question(edit, question)? || change_given(edit, question) {
            true => Ok(CarriedOut::Question),
            false => Err(nothing_says_how(edit)),
        }
    }

    fn change_for(&mut self, edit: &Edit, outside: &mut dyn Outside) -> Result<(), Failure> {
        for change in &edit.changes {
            self.world.apply(change.clone())?;
        }
        let account = edit.account.filter(|id| self.world.account(*id).is_some());
        let selecting = account.map(|account| format!("account {account}"));
        selecting.iter().chain(&edit.commands).try_for_each(|command| self.change_by(command, outside))
    }

    fn change_by(&mut self, command: &str, outside: &mut dyn Outside) -> Result<(), Failure> {
        let source = Source::new("<remedy>", command);
        let whole = Span::new(0, u32::try_from(command.len()).unwrap_or_default());
        let outcome = self.run(&source, whole, outside, Mode::Script);
        match outcome.status {
            Status::Refused => Err(outcome.diagnostics().cloned().collect::<Vec<_>>().into()),
            _ => Ok(()),
        }
    }

    /// Another principal, resource or context key; says whether anything is another.
    fn change_question(&self, edit: &Edit, question: &mut Question) -> Result<bool, Failure> {
        let context = &mut question.assumptions.context;
        for (key, value) in &edit.keys {
            context.retain(|(known, _)| !known.eq_ignore_ascii_case(key));
            context.push((key.clone(), value.clone()));
        }
        if let Some(principal) = &edit.principal {
            question.principal = Arc::new(self.principal(principal)?);
        }
        if let Some(resource) = &edit.resource {
            question.resource = Some(resource.as_str().into());
        }
        Ok(!edit.keys.is_empty() || edit.principal.is_some() || edit.resource.is_some())
    }
}

/// Another text for a policy that came with the question, or with the session of who asks; says whether there is one.
fn change_given(edit: &Edit, question: &mut Question) -> bool {
    let Some(layer) = edit.layer else { return false };
    let (name, text) = (edit.policy.as_deref(), edit.document.as_deref());
    if Arc::make_mut(&mut question.assumptions.policies).rewrite(layer, edit.level, name, text) {
        return true;
    }
    let session = Arc::make_mut(&mut question.principal).session.as_mut().map(Arc::make_mut);
    let session = session.filter(|_| layer == Layer::Session);
    session.is_some_and(|session| session.rewrite(edit.level, name, text))
}

fn nothing_says_how(edit: &Edit) -> Failure {
    let what = format!("it cannot be carried out here: {}", edit.in_brief());
    Diagnostic::error("not-carried-out", what).help("`why in full` shows what there is to do").into()
}
