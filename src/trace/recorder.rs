//! The listener of a decision.

use super::decision::{CouldAllow, LevelTrace};
use super::gate::Gate;
use super::statement::StatementTrace;
use crate::facts::RuleId;
use crate::policy::Layer;

/// Hears how a decision is made. What costs to say is made only if `ON`.
pub trait Recorder {
    /// Whether anybody listens.
    const ON: bool;

    /// A gate decided.
    fn gate(&mut self, gate: Gate);

    /// A statement was looked at.
    fn statement(&mut self, statement: StatementTrace);

    /// A level of a layer was evaluated.
    fn level(&mut self, level: LevelTrace);

    /// An Allow of this layer was needed and is missing.
    fn blocked_by(&mut self, layer: Layer);

    /// The request is allowed through this layer.
    fn allowed_by(&mut self, layer: Layer);

    /// A rule that is not obvious was applied.
    fn rule(&mut self, rule: RuleId);

    /// Whether keys nobody gave could turn the verdict.
    fn hangs(&mut self, hangs: bool);

    /// Which policies that are not known could turn an implicit deny.
    fn could_allow(&mut self, could_allow: CouldAllow);
}

/// Nobody listens; all of it is compiled away.
impl Recorder for () {
    const ON: bool = false;

    fn gate(&mut self, _: Gate) {}
    fn statement(&mut self, _: StatementTrace) {}
    fn level(&mut self, _: LevelTrace) {}
    fn blocked_by(&mut self, _: Layer) {}
    fn allowed_by(&mut self, _: Layer) {}
    fn rule(&mut self, _: RuleId) {}
    fn hangs(&mut self, _: bool) {}
    fn could_allow(&mut self, _: CouldAllow) {}
}
