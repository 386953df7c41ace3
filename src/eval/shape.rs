//! How the layers of a request combine, whatever they say: for whoever reasons about all requests at once.

use super::combine::combine;
use super::public_access::restricted_by;
use super::root_only::overrides_resource_policy;
use crate::compile::StatementRef;
use crate::policy::{Effect, Layer};
use crate::trace::{StatementAt, StatementView, Strengths};
use crate::world::{Level, Prepared};

/// What is enough for a request to be allowed, where no Deny applies and no gate decides: these layers allow, and the
/// resource's policy names the principal so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sufficient {
    layers: u8,
    /// How the resource's policy has to name the principal: in one of these ways; none where it has not to.
    pub strengths: Strengths,
}

impl Sufficient {
    /// Whether a layer has to allow.
    pub fn needs(self, layer: Layer) -> bool {
        self.layers & layer.bit() != 0
    }

    fn is_within(self, other: Self) -> bool {
        let same_name = self.strengths.is_empty() || self.strengths == other.strengths;
        self.layers & !other.layers == 0 && same_name
    }
}

/// The layers whose Allows can be needed.
const ALLOWING: [Layer; 5] = [
    Layer::IdentityBased,
    Layer::PermissionsBoundary,
    Layer::Session,
    Layer::ServiceControl,
    Layer::VpcEndpoint,
];

/// All that is just enough for a request of this shape to be allowed: leave anything out, and it is not. It is asked
/// of `combine`, which says it of one request (D.4, D.6, D.7); more Allows never hurt there.
pub fn sufficient(request: &Prepared<'_>) -> Vec<Sufficient> {
    let by_resource: &[Strengths] =
        if request.takes_part(Layer::ResourceBased) { &Strengths::EACH } else { &[] };
    minimal(request, &[&[Strengths::NONE], by_resource].concat(), |tried| {
        let allows = |layer| tried.needs(layer) || !request.takes_part(layer);
        combine(request, allows, tried.strengths).is_allowed()
    })
}

/// The same, if the policy of the resource named the principal in every way: where that policy is not known, what is
/// allowed only so depends on it (I6).
pub fn sufficient_at_best(request: &Prepared<'_>) -> Vec<Sufficient> {
    minimal(request, &[Strengths::NONE], |tried| {
        let allows = |layer| tried.needs(layer) || !request.takes_part(layer);
        combine(request, allows, Strengths::ALL).is_allowed()
    })
}

/// Whether an Allow that is meant stands wherever one is needed: where not, the policies allow the request under no context
/// and for no resource. `is_meant` is asked of Allows that cover the action.
pub fn could_be_allowed(request: &Prepared<'_>, is_meant: impl Fn(StatementView<'_>) -> bool) -> bool {
    let has_one = |layer: Layer, (number, level): (usize, &Level)| {
        level.set.any_covering(&request.action, Effect::Allow, |found| {
            let at = StatementAt { layer, level: number as u8, statement: found.statement };
            request.statement(at).is_some_and(&is_meant)
        })
    };
    let allows = |layer: Layer| request.levels(layer).iter().enumerate().all(|level| has_one(layer, level));
    sufficient(request).into_iter().any(|way| {
        (way.strengths.is_empty() || allows(Layer::ResourceBased))
            && ALLOWING.into_iter().all(|layer| !way.needs(layer) || allows(layer))
    })
}

fn minimal(
    request: &Prepared<'_>,
    strengths: &[Strengths],
    is_allowed: impl Fn(Sufficient) -> bool,
) -> Vec<Sufficient> {
    let open: Vec<Layer> = ALLOWING.into_iter().filter(|layer| request.takes_part(*layer)).collect();
    let mut sets: Vec<u8> = (0..1_u8 << open.len()).collect();
    sets.sort_by_key(|set| set.count_ones());
    let mut found: Vec<Sufficient> = Vec::new();
    for strengths in strengths.iter().copied() {
        for set in &sets {
            let chosen = open.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
            let tried =
                Sufficient { layers: chosen.fold(0, |bits, (_, layer)| bits | layer.bit()), strengths };
            if !found.iter().any(|other| other.is_within(tried)) && is_allowed(tried) {
                found.push(tried);
            }
        }
    }
    merged(found)
}

/// Where several ways of naming the principal do with the same layers, any of them does.
fn merged(all: Vec<Sufficient>) -> Vec<Sufficient> {
    let mut merged: Vec<Sufficient> = Vec::new();
    for one in all {
        let names = |other: &&mut Sufficient| other.layers == one.layers && !other.strengths.is_empty();
        match merged.iter_mut().find(names).filter(|_| !one.strengths.is_empty()) {
            Some(same) => same.strengths = same.strengths.or(one.strengths),
            None => merged.push(one),
        }
    }
    merged
}

/// What becomes of the Denies of a policy of the resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DenyReach {
    /// They deny what they say.
    AsWritten,
    /// They deny nothing to the owner's root user (E12–E14).
    Nothing,
    /// As if this statement denied everything: it makes the policy public, and that keeps the principal out (D37).
    Everything(StatementRef),
}

/// What becomes of the Denies of a level of a request.
pub fn deny_reach(request: &Prepared<'_>, layer: Layer, level: &Level) -> DenyReach {
    if layer != Layer::ResourceBased {
        return DenyReach::AsWritten;
    }
    match restricted_by(request, level) {
        _ if overrides_resource_policy(request) => DenyReach::Nothing,
        Some(statement) => DenyReach::Everything(statement),
        None => DenyReach::AsWritten,
    }
}
