//! The decision and the way to it.

use smallvec::SmallVec;

use super::gate::Gate;
use super::recorder::Recorder;
use super::statement::{StatementAt, StatementTrace};
use crate::compile::StatementRef;
use crate::facts::RuleId;
use crate::policy::Layer;

/// What AWS would decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Everything that is needed allows it, and nothing denies it.
    Allowed,
    /// A statement denies it.
    ExplicitDeny,
    /// Nothing allows it where something must, or a gate refuses it.
    ImplicitDeny,
}

impl Decision {
    /// AWS's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ExplicitDeny => "explicitDeny",
            Self::ImplicitDeny => "implicitDeny",
        }
    }

    /// Whether the request is allowed.
    pub fn is_allowed(self) -> bool {
        self == Self::Allowed
    }
}

/// What one level of a layer says by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LevelOutcome {
    /// The first Deny that applies.
    pub denies: Option<StatementRef>,
    /// The first Allow that applies.
    pub allows: Option<StatementRef>,
    /// Whether a key nobody gave could make a Deny apply.
    pub could_deny: bool,
    /// Whether a key nobody gave could keep every Deny from applying.
    pub could_not_deny: bool,
    /// Whether a key nobody gave could make an Allow apply.
    pub could_allow: bool,
    /// Whether a key nobody gave could keep every Allow from applying.
    pub could_not_allow: bool,
}

impl LevelOutcome {
    /// The word for the outcome.
    pub fn decision(&self) -> Decision {
        match (self.denies, self.allows) {
            (Some(_), _) => Decision::ExplicitDeny,
            (None, Some(_)) => Decision::Allowed,
            (None, None) => Decision::ImplicitDeny,
        }
    }
}

/// One level of a layer in a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelTrace {
    /// The layer.
    pub layer: Layer,
    /// The level in the layer, from the organization root down; 0 for layers of one level.
    pub level: u8,
    /// What it said.
    pub outcome: LevelOutcome,
}

/// The way to a decision. Of everyday length it is recorded without allocating.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// The gate that decided, if one did.
    pub gate: Option<Gate>,
    /// The levels that took part, in the order of D.3.
    pub levels: SmallVec<[LevelTrace; 4]>,
    /// The statements whose action element covers the action, in the order of policies.
    pub statements: SmallVec<[StatementTrace; 12]>,
    /// The layers whose Allow was needed and missing; empty unless the decision is an implicit deny.
    pub blocked_by: SmallVec<[Layer; 7]>,
    /// The layers through which it is allowed; empty unless it is.
    pub allowed_by: SmallVec<[Layer; 7]>,
    /// Rules that were applied on the way and are not obvious.
    pub rules: SmallVec<[RuleId; 4]>,
    /// Whether keys nobody gave could turn an allow into a deny or the reverse.
    pub hangs: bool,
    /// Which policies that are not known could turn an implicit deny.
    pub could_allow: CouldAllow,
}

/// Whether an implicit deny would be an allow, if policies that nobody knows allowed the request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CouldAllow {
    /// If the resource had a policy that allows it.
    pub resource: bool,
    /// If the policies that could not be consulted allowed it.
    pub missing: bool,
}

impl Trace {
    /// The trace of a level.
    pub fn level(&self, layer: Layer, level: u8) -> Option<&LevelTrace> {
        self.levels.iter().find(|trace| trace.layer == layer && trace.level == level)
    }

    /// The trace of a statement.
    pub fn statement(&self, at: StatementAt) -> Option<&StatementTrace> {
        self.statements.iter().find(|trace| trace.at == at)
    }
}

impl Recorder for Trace {
    const ON: bool = true;

    fn gate(&mut self, gate: Gate) {
        self.gate = Some(gate);
    }

    fn statement(&mut self, statement: StatementTrace) {
        self.statements.push(statement);
    }

    fn level(&mut self, level: LevelTrace) {
        self.levels.push(level);
    }

    fn blocked_by(&mut self, layer: Layer) {
        self.blocked_by.push(layer);
    }

    fn allowed_by(&mut self, layer: Layer) {
        self.allowed_by.push(layer);
    }

    fn rule(&mut self, rule: RuleId) {
        if !self.rules.contains(&rule) {
            self.rules.push(rule);
        }
    }

    fn hangs(&mut self, hangs: bool) {
        self.hangs = hangs;
    }

    fn could_allow(&mut self, could_allow: CouldAllow) {
        self.could_allow = could_allow;
    }
}
