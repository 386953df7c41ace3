//! What stands against a request, so that a change that leaves less of it is known to help.

use crate::policy::Layer;
use crate::question::{Asked, Variation};
use crate::trace::Decision;
use crate::world::UnknownPolicy;

/// What stands against a request, in the order in which it is met: a gate before the policies, Denies, a gate that
/// a Deny outranks, levels that lack an Allow. Behind what is met first nothing is known of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Blocks([usize; 4]);

impl Blocks {
    pub(super) fn of(asked: &Asked<'_>) -> Self {
        const UNKNOWN: usize = usize::MAX;
        let early = asked.trace.levels.is_empty();
        Self(match (asked.decision, &asked.trace.gate) {
            (Decision::Allowed, _) => [0; 4],
            (_, Some(_)) if early => [1, UNKNOWN, UNKNOWN, UNKNOWN],
            (_, Some(_)) => [0, 0, 1, UNKNOWN],
            (Decision::ExplicitDeny, None) => [0, asked.because().len(), UNKNOWN, UNKNOWN],
            (Decision::ImplicitDeny, None) if asked.unknown() == Some(UnknownPolicy::OfStranger) => [0; 4],
            (Decision::ImplicitDeny, None) => [0, 0, 0, asked.missing_levels().len().max(1)],
        })
    }

    pub(super) fn is_none(self) -> bool {
        self == Self([0; 4])
    }
}

impl Asked<'_> {
    /// The question with the switch turned that opens the gate, if one does.
    pub(crate) fn with_the_gate_open(&self) -> Option<Variation> {
        let opening = self.changes().into_iter().find(|change| !change.edit.is_call())?;
        Some(opening.changing(&Variation::default()))
    }

    /// The levels whose Allow is needed and missing, of those that are known.
    pub(crate) fn missing_levels(&self) -> Vec<(Layer, u8)> {
        let mut found = Vec::new();
        for layer in self.trace.blocked_by.iter().filter(|layer| !self.is_strangers(**layer)) {
            let levels = self.trace.levels.iter().filter(|level| level.layer == *layer);
            let lacking = levels.filter(|level| level.outcome.allows.is_none());
            let before = found.len();
            found.extend(lacking.map(|level| (*layer, level.level)));
            if found.len() == before {
                found.push((*layer, 0)); // no policy at all, or one whose Allow names the principal too weakly
            }
        }
        found
    }
}
