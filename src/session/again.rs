//! `_`: the last question again, and the last answer.

use std::sync::Arc;

use super::context::Context;
use super::failure::Failure;
use super::outcome::Outcome;
use super::question::{Posed, nobody, nothing_asked};
use super::state::Session;
use crate::question::{Assumptions, Question};
use crate::syntax::script::Words;
use crate::world::Principal;

/// `_`
pub(super) fn last_answer(session: &Session) -> Result<Outcome, Failure> {
    session.shown.clone().ok_or_else(nothing_asked)
}

impl Context<'_> {
    /// The last question with what a statement changes of it. A question that named nobody is asked for whoever is
    /// signed in now.
    pub(super) fn question_again(&mut self, words: &Words<'_>) -> Result<Posed, Failure> {
        let last = self.session.questions.last().ok_or_else(nothing_asked)?;
        let named = words.get("PRINCIPAL").map(|word| self.principal(&word.text)).transpose()?;
        let changed = self.assumptions(words)?;
        let resource = words.get("RESOURCE").map(|resource| (&*resource.text).into());
        let signed_in = last.signed_in && named.is_none();
        let question = Question {
            principal: named.map_or_else(|| asker(self.session, last), |named| Ok(Arc::new(named)))?,
            action: last.action.clone(),
            resource: resource.or_else(|| last.resource.clone()),
            assumptions: last.assumptions.clone().changed(changed),
        };
        Ok(Posed { question, signed_in })
    }
}

fn asker(session: &Session, last: &Posed) -> Result<Arc<Principal>, Failure> {
    match last.signed_in {
        true => session.signed_in.clone().map(Arc::new).ok_or_else(nobody),
        false => Ok(Arc::clone(&last.principal)),
    }
}

impl Assumptions {
    /// With others: what they say of a context key, or of day and time, wins.
    fn changed(mut self, others: Self) -> Self {
        let said = |key: &str| others.context.iter().any(|(other, _)| other.eq_ignore_ascii_case(key));
        self.context.retain(|(key, _)| !said(key));
        self.context.extend(others.context);
        self.without.extend(others.without);
        self.settings = others.settings.or(self.settings);
        self.now = others.now;
        self
    }
}
