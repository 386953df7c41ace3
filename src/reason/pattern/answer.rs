//! What is said of all that patterns cover.

use crate::facts::RuleId;
use crate::policy::Layer;
use crate::question::Question;
use crate::reason::difference::{Caveat, ChangedStatement};
use crate::trace::{Decision, GateName};

/// The answer to a question about all that patterns cover.
#[derive(Clone, Debug)]
pub struct PatternAnswer {
    /// What becomes of it, each for one reason.
    pub parts: Vec<PatternPart>,
    /// How many actions it is about.
    pub actions: usize,
    /// Why it may not be all.
    pub caveats: Vec<Caveat>,
    /// What was taken to be so.
    pub assumed: Vec<String>,
}

/// The word for all that patterns cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternVerdict {
    /// Every request is allowed.
    Allowed,
    /// Every request is denied.
    Denied,
    /// Some are allowed, some denied.
    Some,
    /// Of some it cannot be said without knowing more.
    Depends,
    /// Not everything was looked at.
    Unknown,
}

impl PatternVerdict {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::Some => "some",
            Self::Depends => "depends",
            Self::Unknown => "unknown",
        }
    }
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PatternOutcome {
    /// It is allowed.
    Allowed,
    /// It is denied.
    Denied,
    /// It hangs on a policy or a fact that is not known.
    Depends,
}

/// Requests of which the same becomes for the same reason.
#[derive(Clone, Debug)]
pub struct PatternPart {
    /// What becomes of them.
    pub outcome: PatternOutcome,
    /// Why.
    pub reason: PatternReason,
    /// The actions, in the order of their names.
    pub actions: Vec<Box<str>>,
    /// They as patterns that cover exactly them in the catalog.
    pub folded: Vec<String>,
    /// Statements that deny a part of what this one allows.
    pub except: Vec<ChangedStatement>,
    /// A request for which it is so.
    pub witness: Question,
    /// What the engine decided of it.
    pub decision: Decision,
}

/// What decides requests.
#[derive(Clone, Debug, PartialEq)]
pub enum PatternReason {
    /// A statement allows or denies them.
    Statement(ChangedStatement),
    /// These layers do not allow them.
    Lacking(Vec<Layer>),
    /// A gate decides, whatever policies say.
    Gate(GateName, RuleId, String),
    /// A policy decides that is not known.
    UnknownPolicy(RuleId),
    /// Nothing has to allow them, and nothing denies them.
    Nothing,
}

impl PatternAnswer {
    /// The word for it. A caveat turns `allowed` and `denied` into `unknown`, never the other way.
    pub fn verdict(&self) -> PatternVerdict {
        let has = |outcome| self.parts.iter().any(|part| part.outcome == outcome);
        use PatternOutcome as O;
        match (has(O::Allowed), has(O::Denied), has(O::Depends)) {
            (true, true, _) => PatternVerdict::Some,
            (_, _, true) => PatternVerdict::Depends,
            _ if !self.caveats.is_empty() => PatternVerdict::Unknown,
            (true, false, false) => PatternVerdict::Allowed,
            (false, true, false) => PatternVerdict::Denied,
            (false, false, false) => PatternVerdict::Unknown,
        }
    }

    /// The request that shows best why not all is allowed; of what is allowed, one that is.
    pub fn witness(&self) -> Option<&Question> {
        let worst = self.parts.iter().find(|part| part.outcome != PatternOutcome::Allowed);
        worst.or(self.parts.first()).map(|part| &part.witness)
    }
}
