//! The measurement.

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::sync::Arc;

use super::cores;
use super::figures::Figures;
use super::layers::{caller_with_only, with_only};
use super::meter::{self, Clock, LEAST_BATCH, Meter, Plan};
use super::question::{Asker, Question};
use super::report::{DecisionReport, LayerReport, PolicyReport, Report};
use crate::compile::CompiledPolicy;
use crate::eval::authorize;
use crate::policy::{Layer, parse_policy};
use crate::source::Source;
use crate::trace::Trace;
use crate::world::{Caller, Prepared, Request, World, WorldError};

/// The share of the time that the comparison of one thread with several takes, once each.
const CORES_SHARE: u32 = 10;

/// Measures the decisions about all questions, and what was needed before them.
///
/// # Errors
/// If a question cannot be asked: its action or resource is none.
pub fn measure(
    world: &World,
    questions: &[Question],
    now: i64,
    plan: &Plan,
    clock: Clock<'_>,
) -> Result<Report, (usize, WorldError)> {
    let callers = callers(world, questions);
    let requests: Vec<Request<'_>> = questions.iter().map(|question| question.request(now)).collect();
    let mut asked = Vec::with_capacity(questions.len());
    for (i, (question, request)) in questions.iter().zip(&requests).enumerate() {
        let caller = &callers[&Arc::as_ptr(&question.asker)];
        let prepared = world.prepare(caller, request).map_err(|error| (i, error))?;
        asked.push(Asked { world, question, caller, request, prepared });
    }
    let parts: Vec<Parts> = asked.iter().map(Asked::parts).collect();
    let policies = policies(&asked);
    let mut meters: Vec<Meter<'_>> =
        asked.iter().zip(&parts).flat_map(|(asked, parts)| asked.meters(parts)).collect();
    meters.extend(policies.iter().flat_map(Measured::meters));
    meter::run(&mut meters, plan, clock);
    let mut figures = meters.iter().map(Meter::figures);
    let decisions =
        asked.iter().zip(&parts).map(|(asked, parts)| asked.report(parts, &mut figures)).collect();
    let policies = policies.iter().map(|policy| policy.report(&mut figures)).collect();
    let prepared: Vec<Prepared<'_>> = asked.iter().map(|asked| asked.prepared.clone()).collect();
    Ok(Report {
        iamwhy: env!("CARGO_PKG_VERSION").to_owned(),
        least_batch_ns: LEAST_BATCH.as_nanos() as u64,
        rounds: plan.rounds,
        decisions,
        policies,
        cores: cores::measure(&prepared, plan.threads, plan.time / CORES_SHARE, clock),
        unreached: Vec::new(),
        unreached_why: Vec::new(),
    })
}

/// The principals, each prepared once.
fn callers(world: &World, questions: &[Question]) -> HashMap<*const Asker, Caller> {
    let mut callers = HashMap::new();
    for asker in questions.iter().map(|question| &question.asker) {
        let caller = || world.caller(&asker.principal, &asker.policies).indexed();
        callers.entry(Arc::as_ptr(asker)).or_insert_with(caller);
    }
    callers
}

/// A question that can be decided.
struct Asked<'q> {
    world: &'q World,
    question: &'q Question,
    caller: &'q Caller,
    request: &'q Request<'q>,
    prepared: Prepared<'q>,
}

/// The principal with the policies of no layer, and of one layer at a time.
struct Parts {
    nothing: Caller,
    layers: Vec<(Layer, Caller)>,
}

impl<'q> Asked<'q> {
    fn parts(&self) -> Parts {
        let taking_part = Layer::ALL.into_iter().filter(|layer| !self.prepared.levels(*layer).is_empty());
        Parts {
            nothing: caller_with_only(self.caller, None),
            layers: taking_part.map(|layer| (layer, caller_with_only(self.caller, Some(layer)))).collect(),
        }
    }

    /// In the order in which `report` takes their figures.
    fn meters<'m>(&'m self, parts: &'m Parts) -> Vec<Meter<'m>> {
        let silently = |prepared: Prepared<'m>| Meter::new(move || authorize(black_box(&prepared), &mut ()));
        let mut meters = vec![
            silently(self.prepared.clone()),
            Meter::new(|| {
                let mut trace = Trace::default();
                authorize(black_box(&self.prepared), &mut trace);
                black_box(&trace);
            }),
            Meter::new(|| {
                let prepared = self.world.prepare(self.caller, black_box(self.request));
                prepared.map(|prepared| authorize(&prepared, &mut ()))
            }),
            silently(with_only(&self.prepared, &parts.nothing, None)),
        ];
        let layers = parts.layers.iter();
        meters
            .extend(layers.map(|(layer, caller)| silently(with_only(&self.prepared, caller, Some(*layer)))));
        meters
    }

    fn report(&self, parts: &Parts, figures: &mut impl Iterator<Item = Figures>) -> DecisionReport {
        let mut next = || figures.next().unwrap_or_default();
        let (decide, traced, raw, no_policies) = (next(), next(), next(), next());
        let layers = parts.layers.iter().map(|(layer, _)| self.layer(*layer, next(), &no_policies)).collect();
        DecisionReport {
            request: self.question.name.clone(),
            asked: self.question.into(),
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
        let own = alone.p50_ns - no_policies.p50_ns;
        LayerReport {
            layer: layer.key().to_owned(),
            levels: levels.len(),
            statements: policies.map(|policy| policy.statements().len()).sum(),
            alone,
            own_ns: (own.max(0.0) * 10.0).round() / 10.0,
        }
    }
}

/// A policy with its own text.
struct Measured {
    name: String,
    source: Arc<Source>,
    compiled: Arc<CompiledPolicy>,
}

/// The policies of all questions, each once and with a name of its own, in the order in which they are met.
fn policies(asked: &[Asked<'_>]) -> Vec<Measured> {
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

impl Measured {
    fn new(name: String, compiled: &Arc<CompiledPolicy>) -> Self {
        let policy = compiled.policy();
        let text = policy.source().slice(policy.document());
        Self { source: Source::new(name.as_str(), text), name, compiled: Arc::clone(compiled) }
    }

    fn meters(&self) -> [Meter<'_>; 2] {
        let policy = self.compiled.policy();
        [
            Meter::new(|| parse_policy(black_box(&self.source), policy.kind())),
            Meter::new(|| CompiledPolicy::new(Arc::clone(black_box(policy)))),
        ]
    }

    fn report(&self, figures: &mut impl Iterator<Item = Figures>) -> PolicyReport {
        PolicyReport {
            policy: self.name.clone(),
            bytes: self.source.text().len(),
            statements: self.compiled.statements().len(),
            compiled_bytes: self.compiled.memory(),
            parse: figures.next().unwrap_or_default(),
            compile: figures.next().unwrap_or_default(),
        }
    }
}
