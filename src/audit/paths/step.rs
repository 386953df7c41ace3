//! One step by which rights are gained.

use crate::facts::EscalationMethod;

/// A step.
#[derive(Clone, Debug)]
pub struct PathStep {
    /// Who takes it, by its ARN.
    pub who: String,
    /// How.
    pub method: &'static EscalationMethod,
    /// All that it needs, as the engine decided it.
    pub needs: Vec<MetNeed>,
    /// What is gained.
    pub gains: StepGain,
}

/// What a step gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepGain {
    /// Any right that no SCP and no boundary holds back.
    Everything,
    /// The rights of a user or role, by its ARN.
    RightsOf(String),
    /// What held the principal back, in words: `policy Guard denied`.
    HeldBack(String),
}

/// Something that a step needs and has.
#[derive(Clone, Debug)]
pub struct MetNeed {
    /// The action.
    pub action: &'static str,
    /// On what.
    pub resource: String,
    /// By what it is allowed.
    pub reason: String,
    /// The condition on which it is allowed, `when …`; nothing where it always is.
    pub condition: Option<String>,
}

impl PathStep {
    /// Whether nothing of it hangs on a condition.
    pub fn is_certain(&self) -> bool {
        self.needs.iter().all(|need| need.condition.is_none())
    }
}
