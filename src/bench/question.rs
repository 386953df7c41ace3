//! The requests that are measured.

use std::sync::Arc;

use serde::Serialize;

use crate::question::Question;
use crate::question::wire::WireQuestion;
use crate::source::printable_json;
use crate::world::{GivenPolicies, Principal, World};

/// Who asks, and with which policies in place of the world's. Questions that share both share a prepared caller.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The principal.
    pub principal: Arc<Principal>,
    /// Policies in place of the world's.
    pub policies: Arc<GivenPolicies>,
}

impl Asker {
    /// The question for an action that assumes nothing but the switches of a world.
    pub fn question(&self, action: impl Into<Box<str>>, world: &World) -> Question {
        Question::new(Arc::clone(&self.principal), action)
            .policies(Arc::clone(&self.policies))
            .settings(*world.settings())
    }
}

/// A question to be measured.
#[derive(Clone, Debug)]
pub struct Named {
    /// What the report calls it.
    pub name: String,
    /// What is asked.
    pub question: Question,
}

/// The questions as lines of a batch, their names as ids.
pub fn as_batch(questions: &[Named]) -> String {
    #[derive(Serialize)]
    struct BatchLine<'q> {
        id: &'q str,
        #[serde(flatten)]
        asked: WireQuestion,
    }
    let line = |named: &Named| {
        let line = BatchLine { id: &named.name, asked: (&named.question).into() };
        // Plain data with string keys: this does not fail.
        printable_json(&serde_json::to_string(&line).unwrap_or_default()).into_owned() + "\n"
    };
    questions.iter().map(line).collect()
}
