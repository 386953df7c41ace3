//! A question as it is put in a session.

use std::ops::Deref;

use crate::question::Question;

/// A question as it was put at the prompt.
#[derive(Clone, Debug)]
pub struct Posed {
    /// What is asked.
    pub question: Question,
    /// Whether it named nobody, so that whoever is signed in asks.
    pub signed_in: bool,
}

impl From<Question> for Posed {
    fn from(question: Question) -> Self {
        Self { question, signed_in: false }
    }
}

impl Deref for Posed {
    type Target = Question;

    fn deref(&self) -> &Question {
        &self.question
    }
}
