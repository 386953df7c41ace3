//! What is probably meant by an action that is not the one asked for.

use std::fmt;

/// A guess at what is wrong with an action.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ActionHint {
    /// An action that does not exist, a few letters away from the one asked for.
    Typo {
        /// The action asked for.
        suggest: String,
    },
    /// An action that the catalog does not know, and that is like none of those asked for.
    NotKnown {
        /// The day of the catalog.
        date: String,
    },
    /// An action without its service.
    NoService {
        /// The action asked for.
        suggest: String,
    },
    /// The action of that name of another service.
    OtherService {
        /// The action asked for.
        suggest: String,
    },
}

impl ActionHint {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Typo { .. } => "action-typo",
            Self::NotKnown { .. } => "no-such-action",
            Self::NoService { .. } => "action-without-service",
            Self::OtherService { .. } => "other-service",
        }
    }
}

impl fmt::Display for ActionHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Typo { suggest } => write!(f, "there is no such action; did you mean `{suggest}`?"),
            Self::NotKnown { date } => write!(
                f,
                "the catalog of {date} has no such action; operations and their actions often differ"
            ),
            Self::NoService { suggest } => {
                write!(f, "the service is missing; did you mean `{suggest}`?")
            }
            Self::OtherService { suggest } => {
                write!(f, "the action of that name of another service; this one is `{suggest}`")
            }
        }
    }
}
