//! What an answer comes from, one thing at a time: which statement, of which policy, on whom it stands, by which
//! token, and how near it comes.

mod assumed;
mod long_lists;
mod named;
mod side_by_side;

use super::NearMiss;
use super::Verdict;
use super::near_miss::nearest_at;
use crate::policy::Layer;
use crate::question::{Asked, Variation, without_statement};
use crate::trace::{Decision, GateName, Mismatch, StatementAt};

pub use side_by_side::SideBySide;

/// How many Denies are looked behind.
const DENIES: usize = 8;

/// How many other elements that do not fit are told.
const OTHERS: usize = 3;

/// How many statements that allow are told.
const ALLOWS: usize = 3;

/// One thing that an answer comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What it has to do with the answer.
    pub kind: CauseKind,
    /// The level of the layer that it is about, where it is about one.
    pub level: Option<(Layer, u8)>,
    /// What it is and does: `explicit deny by NoDelete (identity-based policy of group developers)`.
    pub title: String,
    /// Which statement it is, or which came nearest.
    pub at: Option<StatementAt>,
    /// The policy, and the Sid or number of the statement.
    pub statement: Option<String>,
    /// By what, and what else is to be said of it, one line each.
    pub says: Vec<String>,
    /// The policy and the request side by side, where they differ.
    pub comparison: Option<SideBySide>,
    /// What it rests on that is only assumed, with how to tell the value.
    pub assumed: Option<String>,
}

/// What a cause has to do with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CauseKind {
    /// A statement denies.
    Denies,
    /// An Allow is needed and missing.
    Lacks,
    /// A statement allows.
    Allows,
    /// A Deny nearly applies, or an Allow that nobody needs would do as well.
    Nearly,
    /// Another permission that the call needs is denied: it fails, though it is allowed by itself.
    Fails,
    /// A gate decides, before any policy or after them.
    Gate,
    /// What is not known decides.
    Unknown,
}

impl CauseKind {
    /// The word for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Denies => "denies",
            Self::Lacks => "lacks-allow",
            Self::Allows => "allows",
            Self::Nearly => "nearly",
            Self::Fails => "also-needs",
            Self::Gate => "gate",
            Self::Unknown => "unknown",
        }
    }
}

impl Cause {
    fn new(kind: CauseKind, title: impl Into<String>) -> Self {
        let title = title.into();
        Self {
            kind,
            level: None,
            title,
            at: None,
            statement: None,
            says: Vec::new(),
            comparison: None,
            assumed: None,
        }
    }

    /// Whether the answer has it to thank, rather than that it only came near.
    pub fn decides(&self) -> bool {
        self.kind != CauseKind::Nearly
    }
}

impl Asked<'_> {
    /// What the answer comes from, the certain before the assumed.
    pub(super) fn causes(&self, near: &[NearMiss]) -> Vec<Cause> {
        let mut causes = match (self.verdict() == Verdict::Depends, &self.trace.gate, self.decision) {
            (true, ..) => vec![self.open_cause(near)],
            (_, Some(_), _) => self.gate_causes(),
            (_, None, Decision::ExplicitDeny) => self.deny_causes(),
            (_, None, Decision::ImplicitDeny) => self.missing_causes(near),
            (_, None, Decision::Allowed) => self.allow_causes(near),
        };
        causes.sort_by_key(|cause| (!cause.decides(), cause.assumed.is_some()));
        causes = self.shortened(causes);
        let denies = causes.iter().position(|cause| cause.kind == CauseKind::Denies);
        let of_root = self.trace.gate.as_ref().is_some_and(|gate| gate.name == GateName::RootOnly);
        let denies = denies.filter(|_| !of_root); // what another is denied, too, stands behind
        let about = denies.unwrap_or_default(); // what is to be said of a Deny stands under it
        if let (Some(reason), Some(cause)) = (self.further_reason(), causes.get_mut(about)) {
            cause.says.insert(0, reason);
        }
        causes
    }

    /// What the answer hangs on, with what it would turn.
    fn open_cause(&self, near: &[NearMiss]) -> Cause {
        let cause = Cause::new(CauseKind::Unknown, self.headline());
        match near.first().filter(|_| self.trace.gate.is_none()) {
            Some(miss) => Cause { assumed: None, ..self.with_near(cause, miss, "nearest is") },
            None => cause,
        }
    }

    /// The gate, and what would stand in the way were it open.
    fn gate_causes(&self) -> Vec<Cause> {
        let mut causes = vec![Cause::new(CauseKind::Gate, self.headline())];
        let behind = self.with_the_gate_open().filter(|_| !self.decision.is_allowed());
        causes.extend(self.barring_causes());
        let more = behind.map(|open| {
            open.ask(&self.request, |again| match (&again.trace.gate, again.decision) {
                (None, Decision::ExplicitDeny) => again.deny_causes(),
                (None, Decision::ImplicitDeny) => again.missing_causes(&[]),
                _ => Vec::new(),
            })
        });
        causes.extend(more.into_iter().flatten().filter(Cause::decides));
        causes
    }

    /// The Denies, and what would still be missing without them.
    fn deny_causes(&self) -> Vec<Cause> {
        let because = self.because();
        let denies = because.iter().filter_map(|because| because.at);
        let mut causes: Vec<Cause> = match self.is_restricted() {
            true => vec![Cause::new(CauseKind::Denies, self.headline())],
            false => denies.take(DENIES).map(|at| self.deny(at)).collect(),
        };
        let lacking = self.lacking_behind();
        causes.extend(lacking.into_iter().map(|(layer, level)| self.lacks(layer, level, None)));
        causes
    }

    fn deny(&self, at: StatementAt) -> Cause {
        if self.is_allow(at) {
            return Cause::new(CauseKind::Denies, self.makes_public(&self.statement(at)));
        }
        let title = format!("explicit deny by {}", self.called(at));
        let mut cause = self.applying_cause(CauseKind::Denies, title, at);
        let tests = self.request.statement(at).map_or(0, |view| view.policy.tests(view.statement).len());
        if let Some(last) = cause.says.last_mut().filter(|_| tests > 1) {
            last.insert_str(0, "and "); // it denies only where all of it is so
        }
        Cause { assumed: self.rests_on(at), ..cause }
    }

    fn allow_causes(&self, near: &[NearMiss]) -> Vec<Cause> {
        let because = self.because().into_iter().filter_map(|because| because.at);
        let allow = |at| {
            let cause = self.applying_cause(CauseKind::Allows, format!("allowed by {}", self.called(at)), at);
            Cause { assumed: self.rests_on(at), ..cause }
        };
        let mut causes: Vec<Cause> = because.take(ALLOWS).map(allow).collect();
        if causes.is_empty() {
            causes.push(Cause::new(CauseKind::Allows, self.headline()));
        }
        causes.extend(near.iter().take(1).map(|miss| self.near(miss, "nearly denies it")));
        causes
    }

    /// What a statement that applies has to do with the answer, and by which tokens.
    fn applying_cause(&self, kind: CauseKind, title: String, at: StatementAt) -> Cause {
        let says = self.by_tokens(at);
        let (level, statement) = (Some((at.layer, at.level)), Some(self.short_name(at)));
        Cause { at: Some(at), level, statement, says, ..Cause::new(kind, title) }
    }

    /// The levels whose Allow is missing, each with what came nearest there; then what need not have allowed, and
    /// nearly did.
    fn missing_causes(&self, near: &[NearMiss]) -> Vec<Cause> {
        let missing = self.missing_levels();
        let of = |miss: &NearMiss| (miss.at.layer, miss.at.level);
        let lacks = |(layer, level): &(Layer, u8)| {
            let own = near.iter().find(|miss| of(miss) == (*layer, *level));
            self.lacks(*layer, *level, own)
        };
        let mut causes: Vec<Cause> = missing.iter().map(lacks).collect();
        let others = near.iter().filter(|miss| !missing.contains(&of(miss)));
        causes.extend(others.take(1).map(|miss| self.near(miss, "would do as well, and nearly does")));
        causes
    }

    /// A level that does not allow it, with what came nearest there.
    fn lacks(&self, layer: Layer, level: u8, near: Option<&NearMiss>) -> Cause {
        let title = format!("implicit deny: not allowed by {}", self.lack(layer, level));
        let cause = Cause { level: Some((layer, level)), ..Cause::new(CauseKind::Lacks, title) };
        let found = near.cloned().or_else(|| nearest_at(self, layer, level));
        match found {
            Some(miss) if self.is_about_it(&miss) => self.with_near(cause, &miss, "nearest is"),
            None if layer == Layer::ResourceBased && self.is_of_a_service() && self.has_policy() => {
                let says = vec![format!("no statement of it names {}", self.wording().name)];
                Cause { says, ..cause }
            }
            Some(_) | None => Cause { comparison: self.all_allowed_by(layer, level), ..cause },
        }
    }

    fn has_policy(&self) -> bool {
        self.request.side.policies.iter().any(|level| !level.set.is_empty())
    }

    /// A statement that came near and decides nothing.
    fn near(&self, miss: &NearMiss, verb: &str) -> Cause {
        let cause = Cause::new(CauseKind::Nearly, format!("{} {verb}", self.called(miss.at)));
        self.with_near(cause, miss, "")
    }

    fn with_near(&self, cause: Cause, miss: &NearMiss, lead: &str) -> Cause {
        let others =
            miss.others.iter().take(OTHERS).map(|other| format!("also {}", self.label_in_words(other)));
        let title = match lead {
            "" => cause.title,
            lead => format!("{}; {lead} {}", cause.title, self.short_name_behind(&cause.title, miss.at)),
        };
        let comparison = self.comparison(miss);
        let told = comparison.is_none().then(|| miss.reason.clone());
        Cause {
            title,
            at: Some(miss.at),
            statement: Some(self.short_name(miss.at)),
            says: cause.says.into_iter().chain(told).chain(others).collect(),
            comparison,
            assumed: self.misses_by_assumption(miss),
            ..cause
        }
    }

    /// Whether a statement that came near has to do with what was asked for.
    fn is_about_it(&self, miss: &NearMiss) -> bool {
        !matches!(miss.mismatch, Mismatch::Action) || miss.hint.is_some() || miss.differs.len() == 1
    }

    /// The levels that would still not allow it, were it not for the Denies.
    pub(super) fn lacking_behind(&self) -> Vec<(Layer, u8)> {
        if self.is_restricted() {
            return Vec::new();
        }
        let mut variation = Variation::default();
        for _ in 0..DENIES {
            let next = variation.ask(&self.request, |again| match again.decision {
                Decision::ExplicitDeny => {
                    let first = again.because().into_iter().find_map(|because| because.at)?;
                    Some(Err(without_statement(&again.request, first)?))
                }
                Decision::ImplicitDeny if again.trace.gate.is_none() => Some(Ok(again.missing_levels())),
                Decision::ImplicitDeny | Decision::Allowed => None,
            });
            match next {
                Some(Ok(lacking)) => return lacking,
                Some(Err(edit)) => variation = variation.with_edit(edit),
                None => return Vec::new(),
            }
        }
        Vec::new()
    }
}
