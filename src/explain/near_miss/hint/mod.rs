//! What is probably meant where a statement nearly matches.

mod action;
mod condition;
mod principal;
mod resource;

use std::fmt;

pub use action::ActionHint;
pub use condition::ConditionHint;
pub use principal::PrincipalHint;
pub use resource::ResourceHint;

/// A typed guess at what is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hint {
    /// Only the letter case differs.
    LetterCase {
        /// As the request has it.
        asked: String,
    },
    /// A policy variable has no value.
    Unresolved {
        /// Its key.
        key: String,
    },
    /// Variables need the current version of the language.
    OldVersion,
    /// About the action that the statement names.
    Action(ActionHint),
    /// About the resource that the statement names.
    Resource(ResourceHint),
    /// About a test of the statement's condition.
    Condition(ConditionHint),
    /// About the principal that the statement names.
    Principal(PrincipalHint),
}

impl Hint {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::LetterCase { .. } => "letter-case",
            Self::Unresolved { .. } => "unresolved-variable",
            Self::OldVersion => "old-version",
            Self::Action(hint) => hint.code(),
            Self::Resource(hint) => hint.code(),
            Self::Condition(hint) => hint.code(),
            Self::Principal(hint) => hint.code(),
        }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LetterCase { asked } => {
                write!(f, "only the letter case differs: the request has `{asked}`")
            }
            Self::Unresolved { key } => write!(f, "the variable `${{{key}}}` has no value in this request"),
            Self::OldVersion => {
                f.write_str("variables need `\"Version\": \"2012-10-17\"`; without it they are plain text")
            }
            Self::Action(hint) => hint.fmt(f),
            Self::Resource(hint) => hint.fmt(f),
            Self::Condition(hint) => hint.fmt(f),
            Self::Principal(hint) => hint.fmt(f),
        }
    }
}

impl From<ActionHint> for Hint {
    fn from(hint: ActionHint) -> Self {
        Self::Action(hint)
    }
}

impl From<ResourceHint> for Hint {
    fn from(hint: ResourceHint) -> Self {
        Self::Resource(hint)
    }
}

impl From<ConditionHint> for Hint {
    fn from(hint: ConditionHint) -> Self {
        Self::Condition(hint)
    }
}

impl From<PrincipalHint> for Hint {
    fn from(hint: PrincipalHint) -> Self {
        Self::Principal(hint)
    }
}
