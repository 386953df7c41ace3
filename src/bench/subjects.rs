//! What is measured: decisions, and the policies that they need.

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::sync::Arc;

use super::figures::Figures;
use super::meter::Meter;
use super::question::Named;
use super::report::{DecisionReport, LayerReport, PolicyReport, beyond};
use crate::compile::CompiledPolicy;
use crate::eval::authorize;
use crate::policy::{Layer, parse_policy};
use crate::source::Source;
use crate::trace::Trace;
use crate::world::{Caller, LeftOut, Prepared, World};

pub(super) struct Decidable<'q> {
    pub(super) world: &'q World,
    pub(super) named: &'q Named,
    pub(super) caller: &'q Caller,
    pub(super) prepared: Prepared<'q>,
}

impl<'q> Decidable<'q> {
    fn layers(&self) -> Vec<Layer> {
        Layer::ALL.into_iter().filter(|layer| !self.prepared.levels(*layer).is_empty()).collect()
    }

    /// In the order in which `report` takes their figures: each layer by itself only where several take part.
    pub(super) fn meters<'m>(&'m self) -> Vec<Meter<'m>> {
        let silently = |prepared: Prepared<'m>| Meter::new(move || authorize(black_box(&prepared), &mut ()));
        let mut meters = vec![
            silently(self.prepared.clone()),
            Meter::new(|| {
                let mut trace = Trace::default();
                authorize(black_box(&self.prepared), &mut trace);
                black_box(&trace);
            }),
            Meter::new(|| {
                let prepared = black_box(&self.named.question).prepare_by(self.caller, self.world);
                prepared.map(|prepared| authorize(&prepared, &mut ()))
            }),
            silently(with_only(&self.prepared, None)),
        ];
        let layers = self.layers();
        if layers.len() > 1 {
            meters.extend(layers.into_iter().map(|layer| silently(with_only(&self.prepared, Some(layer)))));
        }
        meters
    }

    pub(super) fn report(&self, figures: &mut impl Iterator<Item = Figures>) -> DecisionReport {
        let mut next = || figures.next().unwrap_or_default();
        let (decide, traced, raw, no_policies) = (next(), next(), next(), next());
        let layers = self.layers();
        let is_alone = layers.len() == 1; // then it is the decision itself
        let mut alone = || if is_alone { decide.clone() } else { next() };
        let layers = layers.into_iter().map(|layer| self.layer(layer, alone(), &no_policies)).collect();
        DecisionReport {
            request: self.named.name.clone(),
            asked: (&self.named.question).into(),
            decision: authorize(&self.prepared, &mut ()).as_str().to_owned(),
            decide,
            traced,
            raw,
            no_policies,
            layers,
        }
    }

    fn layer(&self, layer: Layer, alone: Figures, no_policies: &Figures) -> LayerReport {
        let levels = self.prepared.levels(layer);
        let policies = levels.iter().flat_map(|level| level.set.policies());
        LayerReport {
            layer: layer.key().to_owned(),
            levels: levels.len(),
            statements: policies.map(|policy| policy.statements().len()).sum(),
            own_ns: beyond(&alone, no_policies),
            alone,
        }
    }
}

/// The request with the policies of one layer at most.
fn with_only<'p>(prepared: &Prepared<'p>, kept: Option<Layer>) -> Prepared<'p> {
    let (mut prepared, mut caller) = (prepared.clone(), Caller::clone(&prepared.caller));
    for layer in Layer::ALL.into_iter().filter(|layer| Some(*layer) != kept) {
        caller.leave_out(&LeftOut::Layer(layer));
        prepared.leave_out(&LeftOut::Layer(layer));
    }
    prepared.caller = caller.into();
    prepared
}

/// A policy with its own text.
pub(super) struct Measured {
    pub(super) name: String,
    source: Arc<Source>,
    compiled: Arc<CompiledPolicy>,
}

/// The policies of all questions, each once and with a name of its own, in the order in which they are met.
pub(super) fn policies(asked: &[Decidable<'_>]) -> Vec<Measured> {
    let mut seen = HashSet::new();
    let mut names: HashMap<&str, usize> = HashMap::new();
    let mut found = Vec::new();
    let levels = asked.iter().flat_map(|asked| Layer::ALL.map(|layer| asked.prepared.levels(layer)));
    for level in levels.flatten() {
        for (policy, origin) in level.set.policies().iter().zip(&*level.origins) {
            if seen.insert(Arc::as_ptr(policy)) {
                let times = names.entry(&origin.name).or_default();
                *times += 1;
                let name = match times {
                    1 => origin.name.to_string(),
                    times => format!("{} #{times}", origin.name),
                };
                found.push(Measured::new(name, policy));
            }
        }
    }
    found
}

pub(super) fn index_bytes<'c>(callers: impl Iterator<Item = &'c Caller>) -> usize {
    callers.flat_map(Caller::levels).map(|level| level.set.index_memory()).sum()
}

impl Measured {
    fn new(name: String, compiled: &Arc<CompiledPolicy>) -> Self {
        let policy = compiled.policy();
        let text = policy.source().slice(policy.document());
        Self { source: Source::new(name.as_str(), text), name, compiled: Arc::clone(compiled) }
    }

    pub(super) fn text_bytes(&self) -> usize {
        self.source.text().len()
    }

    pub(super) fn compiled_bytes(&self) -> usize {
        self.compiled.memory()
    }

    pub(super) fn meters(&self) -> [Meter<'_>; 2] {
        let policy = self.compiled.policy();
        [
            Meter::new(|| parse_policy(black_box(&self.source), policy.kind())),
            Meter::new(|| CompiledPolicy::new(Arc::clone(black_box(policy)))),
        ]
    }

    pub(super) fn report(&self, figures: &mut impl Iterator<Item = Figures>) -> PolicyReport {
        PolicyReport {
            policy: self.name.clone(),
            fingerprint: fingerprint(self.source.text()),
            bytes: self.text_bytes(),
            statements: self.compiled.statements().len(),
            compiled_bytes: self.compiled_bytes(),
            parse: figures.next().unwrap_or_default(),
            compile: figures.next().unwrap_or_default(),
        }
    }
}

/// A hash that is the same everywhere (FNV-1a): it tells texts apart, and protects from nobody.
fn fingerprint(text: &str) -> String {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}
