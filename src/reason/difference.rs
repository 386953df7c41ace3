//! What a change of policies comes to, for all requests at once.

use std::sync::Arc;

use crate::catalog::{AccessLevel, Catalog};
use crate::facts::RuleId;
use crate::policy::{Effect, Layer, Policy, Token};
use crate::question::Question;
use crate::source::Place;
use crate::trace::Decision;
use crate::world::ContextValue;

/// What is said where somebody pressed Ctrl-C.
const STOPPED: &str = "it was stopped, and this is what was found so far";

/// All that differs between two versions.
#[derive(Clone, Debug, Default)]
pub struct PolicyDifference {
    /// What is newly allowed or newly denied, each for one statement that brings it about.
    pub changes: Vec<StatementChange>,
    /// Principals that are no longer there, in words.
    pub gone: Vec<Box<str>>,
    /// Principals that were not there.
    pub new: Vec<Box<str>>,
    /// Why it may not be all.
    pub caveats: Vec<Caveat>,
    /// What was taken to be so.
    pub assumed: Vec<String>,
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

impl Turn {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::NewlyAllowed, Self::NewlyDenied];
}

/// One statement that brings a difference about, with all of it.
#[derive(Clone, Debug)]
pub struct StatementChange {
    /// Whether it allows more or less.
    pub turn: Turn,
    /// Whose requests, where several are looked at: principals, or groups of them in words.
    pub callers: Vec<Box<str>>,
    /// The statement; `None` where no single one does.
    pub because: Option<ChangedStatement>,
    /// The layer that is new or gone, or has a level more or less, where that brings it about and no single statement.
    pub layer: Option<Layer>,
    /// The actions, in the order of their names.
    pub actions: Vec<Box<str>>,
    /// They as patterns that cover exactly them in the catalog.
    pub folded: Vec<String>,
    /// Where that is much shorter, patterns that cover exactly the others in the catalog; else none.
    pub all_but: Vec<String>,
    /// Statements that leave a part of this out: they deny it, or allowed it before.
    pub except: Vec<ChangedStatement>,
    /// Whether there are more such statements than are told.
    pub has_more_exceptions: bool,
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
        (self.is_new, self.statement, &self.name) == (other.is_new, other.statement, &other.name)
            && (Arc::ptr_eq(&self.policy, &other.policy) || self.text() == other.text())
    }
}

impl ChangedStatement {
    /// The statement as it is written.
    fn text(&self) -> &str {
        let span = self.policy.statements().get(self.statement).map(|statement| statement.span);
        span.map_or("", |span| self.policy.source().slice(span))
    }

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

/// Adds to a list what it has not.
pub(super) fn add_new<T: PartialEq>(list: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}

impl StatementChange {
    /// The request of the witness, as the version takes it that allows it.
    pub fn request(&self) -> &Question {
        match self.turn {
            Turn::NewlyAllowed => &self.witness.questions[1],
            Turn::NewlyDenied => &self.witness.questions[0],
        }
    }

    /// What comes first: what strangers are newly allowed, then what does most.
    fn rank(&self, catalog: &Catalog) -> (Turn, bool, usize) {
        let is_public = self.callers.iter().any(|caller| STRANGERS.contains(&&**caller));
        let levels =
            self.actions.iter().filter_map(|action| catalog.action(action)).map(|facts| facts.level());
        let rank = levels.filter_map(|level| LEVELS.iter().position(|one| *one == level)).min();
        let rank = rank.unwrap_or(LEVELS.len());
        (self.turn, !is_public, rank)
    }
}

/// Groups of callers that are not known.
const STRANGERS: [&str; 3] = ["anonymous callers", "any AWS account", "everybody"];

/// What does most first.
const LEVELS: [AccessLevel; 5] = [
    AccessLevel::PermissionsManagement,
    AccessLevel::Write,
    AccessLevel::Tagging,
    AccessLevel::Read,
    AccessLevel::List,
];

impl Witness {
    /// How much there is to read: keys first, then the name of the resource.
    pub(super) fn length(&self) -> (usize, usize) {
        let [_, question] = &self.questions;
        let context = question.assumptions.context.iter();
        let keys = context.filter(|(_, value)| *value != ContextValue::Absent).count();
        (keys, question.resource.as_ref().map_or(0, |arn| arn.len()))
    }
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
    /// With what matters most first.
    #[must_use]
    pub(super) fn ranked(mut self, catalog: &Catalog) -> Self {
        self.changes.sort_by_cached_key(|change| change.rank(catalog));
        self
    }

    /// As a difference for the requests of a caller.
    #[must_use]
    pub(super) fn by(mut self, caller: &str) -> Self {
        self.changes.iter_mut().for_each(|change| change.callers.push(caller.into()));
        self
    }

    /// Without what is told already of groups of callers that this one is a part of.
    #[must_use]
    pub(super) fn untold(mut self, groups: &[&str], all: &Self) -> Self {
        self.changes.retain(|change| {
            !all.changes.iter().any(|known| {
                known.turn == change.turn
                    && known.because == change.because
                    && known.callers.iter().any(|label| groups.contains(&&**label))
                    && change.actions.iter().all(|action| known.actions.contains(action))
            })
        });
        self
    }

    /// With what differs for other callers. What one statement brings about for the same actions is told once.
    pub(super) fn add(&mut self, others: Self) {
        for change in others.changes {
            let is_it = |known: &&mut StatementChange| {
                (known.turn, known.layer) == (change.turn, change.layer)
                    && known.because == change.because
                    && known.actions == change.actions
            };
            match self.changes.iter_mut().find(is_it) {
                Some(known) => {
                    add_new(&mut known.callers, change.callers);
                    add_new(&mut known.except, change.except);
                    known.has_more_exceptions |= change.has_more_exceptions;
                }
                None => self.changes.push(change),
            }
        }
        self.caveats.extend(others.caveats);
        self.caveats.sort();
        self.caveats.dedup();
        self.assumed.extend(others.assumed);
        self.assumed.sort();
        self.assumed.dedup();
    }

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
    /// That somebody said to stop.
    pub(super) fn of_stop() -> Self {
        Self::new(STOPPED)
    }

    /// Whether it says that somebody said to stop.
    pub fn is_of_stop(&self) -> bool {
        self.why == STOPPED
    }

    /// A caveat that follows from no rule.
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self { rule: None, why: why.into() }
    }
}
