//! What must hold of all requests, and whether it does.

use super::difference::{PolicyDifference, Turn};

/// What is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckKind {
    /// Two versions allow the same.
    Equivalent,
    /// The new version allows nothing that the old one does not.
    NoNewAccess,
    /// A policy allows nothing of what is asked about.
    AccessNotGranted,
}

/// The word for a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckVerdict {
    /// It holds for all requests.
    Holds,
    /// It does not hold: there is a request for which it does not.
    Fails,
    /// No such request was found, and not everything was looked at.
    Unknown,
}

impl CheckVerdict {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "fails",
            Self::Unknown => "unknown",
        }
    }
}

/// What must hold of all requests, with every statement for which it does not.
#[derive(Clone, Debug)]
pub struct Check {
    /// What is to hold.
    pub kind: CheckKind,
    /// What breaks it, and nothing else of the difference.
    pub breaches: PolicyDifference,
}

impl Check {
    /// Of the difference between two versions.
    pub fn new(kind: CheckKind, mut difference: PolicyDifference) -> Self {
        difference.changes.retain(|change| kind.is_broken_by(change.turn));
        Self { kind, breaches: difference }
    }

    /// Whether it holds. A caveat turns `holds` into `unknown`, never the other way.
    pub fn verdict(&self) -> CheckVerdict {
        match (self.breaches.changes.is_empty(), self.breaches.caveats.is_empty()) {
            (false, _) => CheckVerdict::Fails,
            (true, true) => CheckVerdict::Holds,
            (true, false) => CheckVerdict::Unknown,
        }
    }
}

impl CheckKind {
    /// As it is written in a command.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equivalent => "equivalent",
            Self::NoNewAccess => "no-new-access",
            Self::AccessNotGranted => "access-not-granted",
        }
    }

    fn is_broken_by(self, turn: Turn) -> bool {
        self == Self::Equivalent || turn == Turn::NewlyAllowed
    }
}
