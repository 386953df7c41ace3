//! What keeps a request from a statement.

use std::fmt;

use crate::policy::{Policy, Statement};
use crate::trace::{ConditionMismatch, Mismatch, Trace};
use crate::world::{Prepared, WorldError};

/// What kept a request from a statement.
#[derive(Debug, Default)]
pub struct Obstacle {
    stage: Stage,
    /// The test of the condition that does not hold.
    test: Option<usize>,
    why: String,
    /// Whether that is because its key is absent.
    absent: bool,
    /// Whether a gate decided about some of the requests.
    gated: bool,
}

/// How far a request came, in the order in which the engine looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// There was no request.
    #[default]
    Nothing,
    /// The world refused the request.
    Refused,
    /// The layer of the policy takes no part.
    Layer,
    /// A gate decided before any policy.
    Gate,
    /// Another action.
    Action,
    /// Another resource.
    Resource,
    /// Another principal.
    Principal,
    /// The condition does not hold.
    Condition,
}

impl Obstacle {
    pub(super) fn refused(error: &WorldError) -> Self {
        Self { stage: Stage::Refused, why: error.message.clone(), ..Self::default() }
    }

    /// The element of the statement that does not cover the request.
    pub(super) fn mismatch(
        prepared: &Prepared<'_>,
        policy: &Policy,
        statement: &Statement,
        mismatch: Mismatch,
    ) -> Self {
        let action = prepared.action.text();
        let key = |test: u32| statement.condition.get(test as usize).map(|test| policy.text(&test.key));
        let (stage, why) = match mismatch {
            Mismatch::Action | Mismatch::NotAction(_) => {
                (Stage::Action, format!("its action element does not cover {action}"))
            }
            Mismatch::NotCovered | Mismatch::Resource { .. } | Mismatch::OnlyStar(_)
                if prepared.arn().is_none() && statement.resource.is_some() =>
            {
                (Stage::Resource, format!("{action} has no resource types, so only `*` covers it (A46)"))
            }
            Mismatch::NotCovered
            | Mismatch::Resource { .. }
            | Mismatch::OnlyStar(_)
            | Mismatch::Unresolved(_)
            | Mismatch::NotResource(_) => {
                (Stage::Resource, "its resource element covers no ARN tried".into())
            }
            Mismatch::NoPrincipal => (Stage::Principal, "it names no principal (A18)".into()),
            Mismatch::Principal | Mismatch::NotPrincipal | Mismatch::RootOverride => {
                (Stage::Principal, "it is about none of those who ask".into())
            }
            Mismatch::Condition { test, why } => {
                let absent = matches!(why, ConditionMismatch::Absent | ConditionMismatch::NotGiven);
                let why =
                    format!("its condition holds for no value tried of {}", key(test).unwrap_or_default());
                let test = Some(test as usize);
                return Self { stage: Stage::Condition, test, why, absent, gated: false };
            }
        };
        Self { stage, why, ..Self::default() }
    }

    /// What kept the engine from looking at the statement.
    pub(super) fn not_looked_at(prepared: &Prepared<'_>, trace: Trace) -> Self {
        let action = prepared.action.text();
        let (stage, why) = match trace.gate {
            Some(gate) if trace.levels.is_empty() => {
                let about = if gate.reason.contains(action) { String::new() } else { format!("{action}: ") };
                (Stage::Gate, format!("{about}{} ({})", gate.reason, gate.name.as_str()))
            }
            _ => (Stage::Layer, "no request was found that its policy takes part in".to_owned()),
        };
        Self { stage, why, gated: stage == Stage::Gate, ..Self::default() }
    }

    /// The test of the condition that does not hold.
    pub(super) fn test(&self) -> Option<usize> {
        self.test
    }

    /// Whether the key of that test is absent.
    pub(super) fn is_absent(&self) -> bool {
        self.absent
    }

    /// Gives way to an obstacle that stands behind it; of the tests of a condition the last one counts.
    pub fn yields_to(&mut self, other: Self) {
        let gated = self.gated || other.gated;
        if (other.stage, other.test) > (self.stage, self.test) {
            *self = other;
        }
        self.gated = gated;
    }

    /// Whether another principal might pass it.
    pub fn is_of_the_asker(&self) -> bool {
        self.gated || matches!(self.stage, Stage::Nothing | Stage::Layer | Stage::Principal)
    }

    /// Whether only another principal can pass it.
    pub(super) fn is_of_the_principal(&self) -> bool {
        self.stage == Stage::Principal
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.stage {
            Stage::Nothing => f.write_str("no action is known that it covers, or nobody could ask"),
            _ => f.write_str(&self.why),
        }
    }
}
