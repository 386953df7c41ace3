//! The requests that are measured.

use std::sync::Arc;

use crate::question::Question;
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
