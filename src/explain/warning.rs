//! Warnings: something in a question, or in what it was asked of, is probably not meant.

use serde::Serialize;

/// A warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A stable name.
    pub code: &'static str,
    /// What it is about.
    pub message: String,
    /// The part of the question that is to blame.
    #[serde(skip)]
    pub about: QuestionPart,
}

/// The part of a question that a warning blames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuestionPart {
    /// None: a policy is to blame, or nobody.
    Nothing,
    /// Who asks.
    Principal,
    /// The action.
    Action,
    /// The resource.
    Resource,
    /// The context key of this name.
    Key(Box<str>),
    /// A value of a context key.
    Value {
        /// The name of the key.
        key: Box<str>,
        /// The value.
        value: Box<str>,
    },
}

impl Warning {
    /// A warning that blames a part of the question.
    pub fn new(code: &'static str, about: QuestionPart, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), about }
    }

    /// Whether it blames the question, and not a policy or what is not known here.
    pub fn is_about_question(&self) -> bool {
        self.about != QuestionPart::Nothing
    }
}
