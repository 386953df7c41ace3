//! What a change of policies comes to, for all requests at once.

use std::sync::Arc;

use crate::facts::RuleId;
use crate::policy::{Effect, Policy, Token};
use crate::question::Question;
use crate::source::Place;
use crate::trace::Decision;

/// All that differs between two versions.
#[derive(Clone, Debug, Default)]
pub struct PolicyDifference {
    /// What is newly allowed or newly denied, each for one statement that brings it about.
    pub changes: Vec<StatementChange>,
    /// Why it may not be all.
    pub caveats: Vec<Caveat>,
    /// What was taken to be so.
    pub assumed: Vec<&'static str>,
}

/// The word for a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiffVerdict {
    /// No request is decided otherwise.
    Equal,
    /// More is allowed, and nothing less.
    Wider,
    /// Less is allowed, and nothing more.
    Narrower,
    /// Some is allowed that was not, and some is not that was.
    Both,
    /// Nothing was found, and not everything was looked at.
    Unknown,
}

impl DiffVerdict {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Wider => "wider",
            Self::Narrower => "narrower",
            Self::Both => "both",
            Self::Unknown => "unknown",
        }
    }
}

/// What becomes of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// They are allowed, and were not.
    NewlyAllowed,
    /// They are denied, and were not.
    NewlyDenied,
}

/// One statement that brings a difference about, with all of it.
#[derive(Clone, Debug)]
pub struct StatementChange {
    /// Whether it allows more or less.
    pub turn: Turn,
    /// The statement; `None` where no single one does.
    pub because: Option<ChangedStatement>,
    /// The actions, in the order of their names.
    pub actions: Vec<Box<str>>,
    /// They as patterns that cover exactly them in the catalog.
    pub folded: Vec<String>,
    /// Statements that leave a part of this out: they deny it, or allowed it before.
    pub except: Vec<ChangedStatement>,
    /// A request for which it is so.
    pub witness: Witness,
}

/// A statement of one of two versions.
#[derive(Clone, Debug)]
pub struct ChangedStatement {
    /// Whether it stands in the new version.
    pub is_new: bool,
    /// What it says.
    pub effect: Effect,
    /// The name of its policy.
    pub name: Box<str>,
    /// Its policy.
    pub policy: Arc<Policy>,
    /// Its number there, from 0.
    pub statement: usize,
}

impl PartialEq for ChangedStatement {
    fn eq(&self, other: &Self) -> bool {
        let place = |one: &Self| (one.is_new, one.name.clone(), one.statement);
        place(self) == place(other)
    }
}

impl ChangedStatement {
    /// Where the statement stands.
    pub fn place(&self) -> Place {
        self.policy.place(self.statement, Token::Statement)
    }

    /// What people call it: its Sid, or its number.
    pub fn title(&self) -> String {
        match self.policy.sid(self.statement) {
            Some(sid) => sid.into_owned(),
            None => format!("statement {}", self.statement + 1),
        }
    }
}

/// A request that the engine has decided on both sides.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The request, as it is asked of the old version and of the new one.
    pub questions: [Question; 2],
    /// What the old version says.
    pub old: Decision,
    /// What the new version says.
    pub new: Decision,
}

/// Why an answer about all requests may not be all of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Caveat {
    /// The rule that is not followed in full, if there is one.
    pub rule: Option<RuleId>,
    /// Why, in a sentence.
    pub why: String,
}

impl PolicyDifference {
    /// The word for it. A caveat turns `equal` into `unknown`, never the other way.
    pub fn verdict(&self) -> DiffVerdict {
        let has = |turn| self.changes.iter().any(|change| change.turn == turn);
        match (has(Turn::NewlyAllowed), has(Turn::NewlyDenied)) {
            (true, true) => DiffVerdict::Both,
            (true, false) => DiffVerdict::Wider,
            (false, true) => DiffVerdict::Narrower,
            (false, false) if self.caveats.is_empty() => DiffVerdict::Equal,
            (false, false) => DiffVerdict::Unknown,
        }
    }
}

impl Caveat {
    /// A caveat that follows from no rule.
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self { rule: None, why: why.into() }
    }
}
