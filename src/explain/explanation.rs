//! An answer with everything that there is to render.

use super::{Answer, Asked};

/// An answer with everything that there is to render.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The answer.
    pub answer: Answer,
    /// The question in words.
    pub question: String,
}

/// Keeps of an answered question what there is to render.
pub fn explain(asked: Asked<'_>) -> Explanation {
    let question = format!(
        "{} {} on {}",
        asked.request.caller.arn,
        asked.request.action.text(),
        asked.request.resource().text()
    );
    Explanation { answer: Answer::from(&asked), question }
}
