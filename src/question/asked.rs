//! Asking: one run of the evaluator with a recorder.

use std::sync::OnceLock;

use crate::compile::Variables;
use crate::eval::{self, authorize};
use crate::names::{DistinctNames, fold_hash};
use crate::policy::{Effect, Layer};
use crate::trace::{Decision, StatementTrace, Trace};
use crate::world::{Prepared, Presence, UnknownPolicy};

/// A question that has been answered, with the way to the answer.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The question.
    pub request: Prepared<'a>,
    /// The decision.
    pub decision: Decision,
    /// The way to it.
    pub trace: Trace,
    unconsulted: OnceLock<Vec<String>>,
}

/// Decides a request and records the way. A call that is authorized on what its resource lies in, too, is answered by
/// the first of these decisions that does not allow it (D44).
pub fn ask(request: Prepared<'_>) -> Asked<'_> {
    let own = decided(request);
    if own.weight() == DENIED {
        return own;
    }
    let mut heaviest = own;
    for above in heaviest.request.ancestors().into_iter().map(decided) {
        if above.weight() > heaviest.weight() {
            heaviest = above;
        }
    }
    heaviest
}

impl Asked<'_> {
    /// The ARNs of what the resource lies in, on which the call is not allowed either (D44).
    pub fn lacking_above(&self) -> Vec<String> {
        let above = self.request.ancestors().into_iter().map(decided);
        let lacking = above.filter(|one| one.decision == Decision::ImplicitDeny);
        lacking.map(|one| one.request.resource().text().to_owned()).collect()
    }
}

fn decided(request: Prepared<'_>) -> Asked<'_> {
    let mut trace = Trace::default();
    let decision = authorize(&request, &mut trace);
    Asked { request, decision, trace, unconsulted: OnceLock::new() }
}

/// What a decision weighs that does not allow.
const DENIED: u8 = 2;

impl Asked<'_> {
    /// How much a decision among several of one call weighs: one that does not allow more than one that hangs on keys.
    fn weight(&self) -> u8 {
        match self.decision.is_allowed() {
            true => u8::from(self.trace.hangs),
            false => DENIED,
        }
    }

    /// The policies that cover the resource and were not consulted though they might govern it, each with the reason
    /// (I2). Looked for once, and only where somebody wants to know.
    pub fn unconsulted(&self) -> &[String] {
        self.unconsulted.get_or_init(|| self.request.unconsulted())
    }

    /// The policy that decides and is not known, where the answer depends on it (I4, I6). A question that says all that
    /// there is depends on nothing.
    pub fn unknown(&self) -> Option<UnknownPolicy> {
        let is_denied = self.decision == Decision::ImplicitDeny && !self.request.request.is_complete;
        let of_resource = self.request.unknown_policy().filter(|_| is_denied && self.could_turn());
        of_resource.or_else(|| self.of_stranger().filter(|_| is_denied))
    }

    /// I6: that nothing but the principal's own account stands in the way, of which nothing is known.
    fn of_stranger(&self) -> Option<UnknownPolicy> {
        let is_blocked = self.trace.blocked_by.contains(&Layer::IdentityBased);
        let could_allow = self.trace.gate.is_none() && self.trace.could_allow.missing;
        (self.request.caller.is_stranger && is_blocked && could_allow).then_some(UnknownPolicy::OfStranger)
    }

    /// Whether the policies that could not be consulted could turn the decision: a Deny that applies is final.
    pub fn could_turn(&self) -> bool {
        self.trace.gate.is_none()
            && match self.decision {
                Decision::Allowed => true,
                Decision::ImplicitDeny => self.trace.could_allow.missing || self.could_be_governed(),
                Decision::ExplicitDeny => false,
            }
    }

    /// I2: whether a policy that covers the resource and was not consulted could allow it.
    fn could_be_governed(&self) -> bool {
        self.trace.could_allow.resource && !self.unconsulted().is_empty()
    }

    /// The keys nobody gave whose presence could turn the verdict, layer by layer.
    pub fn needs(&self) -> Vec<String> {
        if !self.trace.hangs {
            return Vec::new();
        }
        let matter = self.trace.statements.iter().filter(|trace| self.matters(trace));
        let needs: DistinctNames<&str> =
            matter.flat_map(|trace| eval::needs(&self.request, trace.at)).collect();
        needs.into_vec().into_iter().map(str::to_owned).collect()
    }

    /// Whether it makes a difference if a statement that hangs applies.
    pub fn matters(&self, trace: &StatementTrace) -> bool {
        let Some(level) = self.trace.level(trace.at.layer, trace.at.level) else { return false };
        match trace.effect {
            Effect::Deny => level.outcome.could_not_deny,
            Effect::Allow if trace.at.layer == Layer::ResourceBased => true,
            Effect::Allow => level.outcome.could_not_allow,
        }
    }

    /// The names of the policies that took part and could not be read.
    pub fn incomplete_policies(&self) -> impl Iterator<Item = &str> {
        let levels = Layer::ALL.into_iter().flat_map(|layer| self.request.levels(layer));
        levels.flat_map(|level| level.incomplete.iter()).map(AsRef::as_ref)
    }

    /// Whether the decision takes a key as absent only because nobody gave it.
    pub fn is_not_given(&self, key: &str) -> bool {
        let hash = fold_hash(key.as_bytes());
        self.request.variable(hash, key).is_none()
            && self.request.presence_or_not_given(hash, key) == Presence::NotGiven
    }
}
