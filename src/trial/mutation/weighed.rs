//! What a statement weighs in an answer: most changes of one leave the answer as it was, and that shows at once.

use crate::analysis::Mutant;
use crate::compile::StatementRef;
use crate::eval::{authorize, look_at_both};
use crate::policy::{Effect, Layer};
use crate::session::Held;
use crate::trace::{StatementAt, StatementTrace, Trace, Truth};
use crate::world::Prepared;

/// An expectation with the requests that it is decided by, each weighed.
pub(super) struct Weighed<'h> {
    pub(super) held: &'h Held,
    /// The request, and the same on what its resource lies in (D44).
    requests: Vec<WeighedRequest<'h>>,
    /// How many statements it consults.
    pub(super) statements: usize,
}

/// Where a policy stands in a request: the layer, the level, the number in the level.
pub(super) type PolicyAt = (Layer, u8, u32);

struct WeighedRequest<'h> {
    request: Prepared<'h>,
    levels: Vec<(Layer, u8, Weights)>,
}

impl<'h> Weighed<'h> {
    /// `None` where its world was not kept, or it is no question there.
    pub(super) fn new(held: &'h Held) -> Option<Self> {
        let own = held.expectation.question.prepare(held.world.as_deref()?).ok()?;
        let above = own.ancestors();
        let levels = Layer::ALL.into_iter().flat_map(|layer| own.levels(layer));
        let policies = levels.flat_map(|level| level.set.policies());
        let statements = policies.map(|policy| policy.statements().len()).sum();
        let requests = std::iter::once(own).chain(above).map(WeighedRequest::new).collect();
        Some(Self { held, requests, statements })
    }

    /// The request as it was put.
    pub(super) fn request(&self) -> Option<&Prepared<'h>> {
        self.requests.first().map(|own| &own.request)
    }

    /// Whether the answer stays what it is where a policy stands at these places and a mutant of it comes in its stead,
    /// as far as the statement alone can tell: where it names principals, or the resource is unread, only the engine
    /// knows.
    pub(super) fn is_unmoved_by(&self, mutant: &Mutant, places: &[PolicyAt]) -> bool {
        let by_reason = self.held.expectation.reason.is_some();
        self.requests.iter().all(|own| {
            !own.request.request.resource_is_unread
                && places.iter().all(|place| own.is_unmoved_by(mutant, *place, by_reason))
        })
    }
}

impl<'h> WeighedRequest<'h> {
    fn new(request: Prepared<'h>) -> Self {
        let mut trace = Trace::default();
        authorize(&request, &mut trace);
        let mut levels: Vec<(Layer, u8, Weights)> =
            trace.levels.iter().map(|level| (level.layer, level.level, Weights::default())).collect();
        for StatementTrace { at, effect, truth, .. } in trace.statements {
            let level = levels.iter_mut().find(|(layer, level, _)| (*layer, *level) == (at.layer, at.level));
            if let Some((_, _, weights)) = level {
                weights.add(effect, truth, 1);
            }
        }
        Self { request, levels }
    }

    fn is_unmoved_by(&self, mutant: &Mutant, (layer, level, policy): PolicyAt, by_reason: bool) -> bool {
        let at = StatementRef { policy, statement: mutant.statement as u32 };
        let at = StatementAt { layer, level, statement: at };
        let Some([before, after]) = looked_at(&self.request, at, mutant) else { return false };
        if is_same(&before, &after) {
            return true;
        }
        let weights = self.levels.iter().find(|(own, number, _)| (*own, *number) == (layer, level));
        weights.filter(|_| !by_reason).is_some_and(|(_, _, weights)| {
            let mut changed = *weights;
            changed.add(before.effect, before.truth, -1);
            changed.add(after.effect, after.truth, 1);
            changed.said() == weights.said()
        })
    }
}

/// Whether two statements say the same of a request: one that cannot apply says nothing, whatever its effect.
pub(super) fn is_same(one: &StatementTrace, other: &StatementTrace) -> bool {
    one.truth == other.truth && (one.effect == other.effect || !one.truth.could_hold)
}

/// What is found about the statement of a request at a place, and about what a mutant makes of it; `None` where whether it
/// applies is not all that counts: a statement that names principals says in which way it does (D.3-7), and can make a
/// policy public (D37).
pub(super) fn looked_at(
    request: &Prepared<'_>,
    at: StatementAt,
    mutant: &Mutant,
) -> Option<[StatementTrace; 2]> {
    let names_principals =
        matches!(at.layer, Layer::ResourceBased | Layer::VpcEndpoint | Layer::ResourceControl);
    let other = mutant.alone.statements().first().filter(|_| !names_principals)?;
    look_at_both(request, at, (&mutant.alone, other))
}

/// How many statements of a level apply, by effect, and how many could: a level says no more than whether there are any.
#[derive(Clone, Copy, Debug, Default)]
struct Weights([[i64; 3]; 2]);

impl Weights {
    fn add(&mut self, effect: Effect, truth: Truth, times: i64) {
        let own = &mut self.0[usize::from(effect == Effect::Deny)];
        for (count, counts) in own.iter_mut().zip([truth.now, truth.could_hold, !truth.could_fail]) {
            *count += times * i64::from(counts);
        }
    }

    fn said(&self) -> [[bool; 3]; 2] {
        self.0.map(|counts| counts.map(|count| count > 0))
    }
}
