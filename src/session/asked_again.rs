//! The last answer once more, and what becomes of it when the world has changed since.

use std::sync::Arc;

use super::outcome::Outcome;
use super::past::{PastQuestion, ShownAnswer};
use super::state::Session;
use crate::explain::{Explanation, Since};

/// Why an answer beside AWS's own is not asked for again.
const PASTED: &str = "give the text of AWS again to have it compared";

impl Session {
    /// Whether the last answer was given with all reasons.
    pub(crate) fn is_explained(&self) -> bool {
        self.last_question.as_ref().is_some_and(|question| !question.is_brief)
    }

    /// Remembers an answer as it was shown.
    pub(super) fn note_shown(&mut self, outcome: &Outcome) {
        let (question, world) = (self.last_question.clone(), self.world.clone());
        self.shown = Some(ShownAnswer { outcome: outcome.clone(), question, world });
    }

    /// The last answer in full. Where the world has changed since, the question is asked again, and the answer says if it
    /// is another one; or that it is from before, where that cannot be.
    pub(crate) fn last_in_full(&mut self) -> Option<Arc<Explanation>> {
        let last = self.last.clone()?;
        let Some(question) = self.last_question.clone() else { return Some(last) };
        let changed = !question.world.is_same(&self.world);
        match changed || question.is_brief {
            false => Some(last),
            true if changed && question.is_pasted => Some(last.and_since(Since::Before(PASTED.to_owned()))),
            true => Some(self.last_again(question, &last, changed)),
        }
    }

    fn last_again(&mut self, question: PastQuestion, last: &Explanation, changed: bool) -> Arc<Explanation> {
        let again = match question.posed.explained(&self.world, |asked| asked.explain()) {
            Ok(again) => Arc::new(again),
            Err(error) => {
                return question.of_before(last).and_since(Since::Before(error.message.to_string()));
            }
        };
        self.last = Some(Arc::clone(&again));
        self.last_question = Some(PastQuestion { world: self.world.clone(), is_brief: false, ..question });
        match Since::between(last.summary(), again.summary()).filter(|_| changed) {
            Some(since) => again.and_since(since),
            None => again,
        }
    }
}
