//! The decision, in the order of D.3.

use super::combine::{Combined, combine};
use super::gates;
use super::layers::{self, Layers};
use crate::policy::Layer;
use crate::trace::{CouldAllow, Decision, Recorder, Strengths};
use crate::world::{Prepared, UnknownPolicy};

/// Decides a prepared request. The recorder hears the way; with `()` nothing is recorded and the evaluation stops
/// at the first statement that decides.
pub fn authorize<R: Recorder>(request: &Prepared<'_>, recorder: &mut R) -> Decision {
    if request.may_be_gated
        && let Some(gate) = gates::before(request)
    {
        let decision = if gate.allows() { Decision::Allowed } else { Decision::ImplicitDeny };
        recorder.hangs(gate.unknown);
        recorder.gate(gate);
        return decision;
    }
    if request.action.is_of("rootonly") {
        return Decision::Allowed; // E.4: a task without an action of AWS's; the gate has let root pass
    }
    let layers = layers::evaluate(request, recorder);
    // D.3-3: any Deny that applies is final.
    if layers.denied.now {
        recorder.hangs(R::ON && hangs(request, &layers));
        return Decision::ExplicitDeny;
    }
    if request.may_be_gated
        && let Some(gate) = gates::after_denies(request, &layers)
    {
        let decision = if gate.allows() { Decision::Allowed } else { Decision::ImplicitDeny };
        recorder.hangs(R::ON && gate.allows() && layers.denied.worst);
        recorder.gate(gate);
        return decision;
    }
    let verdict = combine(request, |layer| layers.allow(layer).now, layers.strengths.now);
    record(request, &layers, &verdict, recorder);
    if verdict.is_allowed() { Decision::Allowed } else { Decision::ImplicitDeny }
}

fn record<R: Recorder>(request: &Prepared<'_>, layers: &Layers, verdict: &Combined, recorder: &mut R) {
    if R::ON {
        verdict.allowed_by().for_each(|layer| recorder.allowed_by(layer));
        verdict.blocked_by().for_each(|layer| recorder.blocked_by(layer));
        if let Some(rule) = verdict.rule {
            recorder.rule(rule);
        }
        recorder.hangs(hangs(request, layers));
        if !verdict.is_allowed() {
            recorder.could_allow(could_allow(request, layers));
        }
    }
}

/// Whether keys nobody gave could turn the verdict: it differs between the best and the worst that they can do.
/// More Allows and fewer Denies never hurt, so these two bound all others.
fn hangs(request: &Prepared<'_>, layers: &Layers) -> bool {
    if layers.is_certain() {
        return false;
    }
    let best = || combine(request, |layer| layers.allow(layer).best, layers.strengths.best).is_allowed();
    let worst = || combine(request, |layer| layers.allow(layer).worst, layers.strengths.worst).is_allowed();
    (!layers.denied.best && best()) != (!layers.denied.worst && worst())
}

/// I6: which policies that are not known could turn an implicit deny. A resource's policy can do no more than to name
/// the principal in every way.
fn could_allow(request: &Prepared<'_>, layers: &Layers) -> CouldAllow {
    let known = |layer| layers.allow(layer).now;
    let hoped = |layer| layers.allow(layer).now || layers.hoped(layer);
    // Of two policies that must both allow, what one does not allow the other cannot make good.
    let is_named = !matches!(request.unknown_policy(), Some(UnknownPolicy::OfNoResource));
    let lost = is_named && !layers.hoped(Layer::ResourceBased);
    let strengths = match request.lacks_resource_policy() && !lost {
        true => Strengths::ALL,
        false => layers.strengths.now,
    };
    CouldAllow {
        resource: combine(request, known, Strengths::ALL).is_allowed(),
        missing: combine(request, hoped, strengths).is_allowed(),
    }
}
