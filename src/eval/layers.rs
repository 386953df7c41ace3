//! What each level of each layer says by itself.

use crate::compile::{Covering, StatementRef};
use crate::policy::{Effect, Layer};
use crate::trace::{
    LevelOutcome, LevelTrace, Mismatch, Recorder, StatementAt, StatementTrace, Strengths, Truth,
};
use crate::world::{Level, Prepared};

use super::public_access;
use super::root_only::overrides_resource_policy;
use super::statement::{Detail, StatementTried};

/// A value now, at best and at worst, where best is what helps the request most.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Range<T> {
    pub(super) now: T,
    pub(super) best: T,
    pub(super) worst: T,
}

impl<T: PartialEq> Range<T> {
    fn is_certain(&self) -> bool {
        self.best == self.now && self.worst == self.now
    }
}

/// What all layers say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layers {
    /// Whether a Deny applies.
    pub(super) denied: Range<bool>,
    /// Whether every level of the layer has an Allow that applies; true for layers that take no part.
    pub(super) allows: [Range<bool>; 7],
    /// How the resource policy's applying Allow statements name the principal (D.3-7).
    pub(super) strengths: Range<Strengths>,
    /// Whether every level of the layer that has no such Allow has a policy that could not be consulted.
    hoped: [bool; 7],
    has_resource_policy: bool,
}

impl Default for Layers {
    fn default() -> Self {
        let yes = Range { now: true, best: true, worst: true };
        Self {
            denied: Range::default(),
            allows: [yes; 7],
            strengths: Range::default(),
            hoped: [true; 7],
            has_resource_policy: false,
        }
    }
}

/// Evaluates the layers. Silently it stops at the first Deny.
pub(super) fn evaluate<R: Recorder>(request: &Prepared<'_>, recorder: &mut R) -> Layers {
    let mut layers = Layers::default();
    if !R::ON {
        silently(request, &mut layers);
        return layers;
    }
    for layer in request.layers() {
        for (i, level) in request.levels(layer).iter().enumerate() {
            let at = At { request, layer, number: i as u8, level };
            let (outcome, strengths) = at.recorded(recorder);
            layers.add(layer, &outcome, strengths);
            layers.hoped[layer as usize] &= outcome.allows.is_some() || !level.incomplete.is_empty();
            recorder.level(LevelTrace { layer, level: i as u8, outcome });
        }
    }
    layers
}

/// What is found is written where it is read: copies of many small parts cost more than the rest.
fn silently(request: &Prepared<'_>, layers: &mut Layers) {
    for layer in request.layers() {
        for level in request.levels(layer) {
            if (At { request, layer, number: 0, level }).denies() {
                layers.denied.now = true;
                return;
            }
        }
    }
    for layer in request.layers() {
        for level in request.levels(layer) {
            let at = At { request, layer, number: 0, level };
            if layer == Layer::ResourceBased {
                let strengths = at.strengths();
                layers.add_strengths(Range { now: strengths, best: strengths, worst: strengths });
            } else {
                layers.allows[layer as usize].now &= at.allows();
            }
        }
    }
}

impl Layers {
    /// Whether a layer allows.
    pub(super) fn allow(&self, layer: Layer) -> Range<bool> {
        self.allows[layer as usize]
    }

    /// Whether the policies of a layer that could not be consulted could make it allow.
    pub(super) fn hoped(&self, layer: Layer) -> bool {
        self.hoped[layer as usize]
    }

    /// Whether no key that nobody gave makes a difference to any layer.
    pub(super) fn is_certain(&self) -> bool {
        self.denied.is_certain() && self.strengths.is_certain() && self.allows.iter().all(Range::is_certain)
    }

    fn add(&mut self, layer: Layer, outcome: &LevelOutcome, strengths: Range<Strengths>) {
        self.denied.now |= outcome.denies.is_some();
        self.denied.best |= outcome.could_deny && !outcome.could_not_deny;
        self.denied.worst |= outcome.could_deny;
        let allows = &mut self.allows[layer as usize];
        allows.now &= outcome.allows.is_some();
        allows.best &= outcome.could_allow;
        allows.worst &= outcome.could_allow && !outcome.could_not_allow;
        if layer == Layer::ResourceBased {
            self.add_strengths(strengths);
        }
    }

    /// D45: behind an access point both policies must name the principal; it counts how the first does.
    fn add_strengths(&mut self, own: Range<Strengths>) {
        let both = |first: Option<Strengths>, own: Strengths| match first {
            Some(_) if own.is_empty() => Strengths::NONE,
            Some(first) => first,
            None => own,
        };
        let first = self.has_resource_policy.then_some(self.strengths);
        self.strengths = Range {
            now: both(first.map(|f| f.now), own.now),
            best: both(first.map(|f| f.best), own.best),
            worst: both(first.map(|f| f.worst), own.worst),
        };
        self.has_resource_policy = true;
    }
}

/// A level of a request.
#[derive(Clone, Copy)]
struct At<'r> {
    request: &'r Prepared<'r>,
    layer: Layer,
    number: u8,
    level: &'r Level,
}

impl<'r> At<'r> {
    fn candidate(&self, statement: StatementRef) -> StatementTried<'r> {
        let number = statement.policy;
        let policy = &self.level.set.policies()[number as usize];
        let statement = &policy.statements()[statement.statement as usize];
        StatementTried {
            request: self.request,
            layer: self.layer,
            level: self.level,
            number,
            policy,
            statement,
        }
    }

    #[inline]
    fn any(&self, effect: Effect, mut visit: impl FnMut(StatementTried<'r>) -> bool) -> bool {
        self.level
            .set
            .any_covering(&self.request.action, effect, |found| visit(self.candidate(found.statement)))
    }

    /// Whether a Deny applies; for a Deny every way of naming the principal counts alike (D1).
    fn denies(&self) -> bool {
        let denied = self.any(Effect::Deny, |candidate| candidate.applies_silently().is_some())
            || self.restricted().is_some();
        denied && !self.is_overridden()
    }

    /// Whether an Allow applies. AWS attaches RCPFullAWSAccess to every level, and it cannot be detached (D.3-4).
    fn allows(&self) -> bool {
        self.layer == Layer::ResourceControl
            || self.any(Effect::Allow, |candidate| candidate.applies_silently().is_some())
    }

    /// The strengths of all Allow statements that apply; one Allow can add to another's.
    fn strengths(&self) -> Strengths {
        let mut strengths = Strengths::NONE;
        self.any(Effect::Allow, |candidate| {
            strengths = strengths.or(candidate.applies_silently().unwrap_or(Strengths::NONE));
            false
        });
        strengths
    }

    /// E12–E14: the owner's root user passes the denies of the resource's policy.
    fn is_overridden(&self) -> bool {
        self.layer == Layer::ResourceBased && overrides_resource_policy(self.request)
    }

    /// D37: the statement that makes the policy public, where that keeps the principal out.
    #[inline]
    fn restricted(&self) -> Option<StatementRef> {
        match self.layer {
            Layer::ResourceBased => public_access::restricted_by(self.request, self.level),
            _ => None,
        }
    }

    fn recorded<R: Recorder>(&self, recorder: &mut R) -> (LevelOutcome, Range<Strengths>) {
        let mut outcome =
            LevelOutcome { could_not_deny: true, could_not_allow: true, ..LevelOutcome::default() };
        let mut strengths = Range::default();
        for covering in &self.level.set.covering(&self.request.action) {
            let trace = self.trace(*covering);
            match trace.effect {
                _ if !trace.truth.could_hold => {} // Most do not fit at all.
                Effect::Deny => add_deny(&mut outcome, &trace),
                Effect::Allow => add_allow(&mut outcome, &mut strengths, &trace, self),
            }
            recorder.statement(trace);
        }
        if let Some(statement) = self.restricted().filter(|_| outcome.denies.is_none()) {
            outcome =
                LevelOutcome { denies: Some(statement), could_deny: true, could_not_deny: false, ..outcome };
            recorder.rule(const { crate::facts::rule("D37") });
        }
        if self.layer == Layer::ResourceControl {
            (outcome.could_allow, outcome.could_not_allow) = (true, false);
        }
        (outcome, strengths)
    }

    #[inline]
    fn trace(&self, covering: Covering) -> StatementTrace {
        let at = StatementAt { layer: self.layer, level: self.number, statement: covering.statement };
        let mut trace = self.candidate(covering.statement).trace(at, Ok(covering.pattern), Detail::None);
        if trace.effect == Effect::Deny && self.is_overridden() && trace.truth.could_hold {
            trace.found = Err(Mismatch::RootOverride);
            trace.truth = Truth::certain(false);
        }
        trace
    }
}

/// A Deny that applies or could.
fn add_deny(outcome: &mut LevelOutcome, trace: &StatementTrace) {
    if trace.found.is_ok() {
        outcome.denies = outcome.denies.or(Some(trace.at.statement));
    }
    outcome.could_deny = true;
    outcome.could_not_deny &= trace.truth.could_fail;
}

/// An Allow that applies or could.
fn add_allow(
    outcome: &mut LevelOutcome,
    strengths: &mut Range<Strengths>,
    trace: &StatementTrace,
    at: &At<'_>,
) {
    outcome.could_allow = true;
    outcome.could_not_allow &= trace.truth.could_fail;
    if let Ok(matched) = trace.found {
        outcome.allows = outcome.allows.or(Some(trace.at.statement));
        strengths.now = strengths.now.or(matched.strengths);
    }
    if at.layer != Layer::ResourceBased {
        return; // How a principal is named counts there alone (D.3-7).
    }
    let named = at.candidate(trace.at.statement).named();
    strengths.best = strengths.best.or(named);
    if !trace.truth.could_fail {
        strengths.worst = strengths.worst.or(named);
    }
}
