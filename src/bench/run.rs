//! The measurement.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use super::baseline::{compare, decision_names, policy_names};
use super::change::Trend;
use super::cores;
use super::meter::{self, Clock, Meter, MeterPlan};

use super::question::Named;
use super::report::{MemoryReport, Report};
use super::subjects::{Decidable, Measured, index_bytes, policies};
use crate::question::Question;
use crate::world::{Caller, GivenPolicies, Prepared, Principal, World, WorldError};

/// The tenths of the time that the comparison of one thread with several takes.
const CORES_TENTHS: u32 = 2;

/// How often what looks slower than the baseline is measured again, each time in a part of the time.
const AGAIN: u32 = 3;

/// Measures the decisions about all questions, and what was needed before them.
///
/// # Errors
/// If a question cannot be asked: its action or resource is none.
pub fn measure(
    world: &World,
    questions: &[Named],
    plan: &MeterPlan,
    clock: &dyn Clock,
) -> Result<Report, (usize, WorldError)> {
    ready(world, questions, |subjects| subjects.measure(plan, clock))
}

/// Measures, and once more what looks slower than a baseline by more than the threshold, in percent: what is really
/// slower is so each time.
///
/// # Errors
/// As [`measure`].
pub fn measure_against(
    world: &World,
    questions: &[Named],
    plan: &MeterPlan,
    clock: &dyn Clock,
    (baseline, threshold): (&Report, f64),
) -> Result<Report, (usize, WorldError)> {
    ready(world, questions, |subjects| {
        let mut report = subjects.measure(plan, clock);
        for _ in 0..AGAIN {
            let changes = compare(baseline, &report, threshold).changes;
            let slower = changes.into_iter().filter(|change| change.trend == Trend::Slower);
            let suspects: HashSet<String> = slower.map(|change| change.what).collect();
            if suspects.is_empty() {
                break;
            }
            report.keep_faster(subjects.measure_again(&suspects, plan, clock));
        }
        report
    })
}

/// Prepares all questions.
fn ready<T>(
    world: &World,
    questions: &[Named],
    then: impl FnOnce(&Subjects<'_>) -> T,
) -> Result<T, (usize, WorldError)> {
    let callers = callers(world, questions);
    let mut asked = Vec::with_capacity(questions.len());
    for (i, named) in questions.iter().enumerate() {
        let caller = &callers[&asker(&named.question)];
        let prepared = named.question.prepare_by(caller, world).map_err(|error| (i, error))?;
        asked.push(Decidable { world, named, caller, prepared });
    }
    let policies = policies(&asked);
    let index_bytes = index_bytes(callers.values());
    Ok(then(&Subjects { asked, policies, index_bytes }))
}

/// Who asks: a principal with the policies that are given.
type Asker = (*const Principal, *const GivenPolicies);

fn asker(question: &Question) -> Asker {
    (Arc::as_ptr(&question.principal), Arc::as_ptr(&question.assumptions.policies))
}

/// The callers, each prepared once.
fn callers(world: &World, questions: &[Named]) -> HashMap<Asker, Caller> {
    let mut callers = HashMap::new();
    for Named { question, .. } in questions {
        let caller = || question.caller(world).indexed();
        callers.entry(asker(question)).or_insert_with(caller);
    }
    callers
}

struct Subjects<'q> {
    asked: Vec<Decidable<'q>>,
    policies: Vec<Measured>,
    index_bytes: usize,
}

impl Subjects<'_> {
    fn measure(&self, plan: &MeterPlan, clock: &dyn Clock) -> Report {
        let time = plan.time * (10 - CORES_TENTHS) / 10;
        let report = measure_these(&self.asked, &self.policies, plan, time, clock);
        let prepared: Vec<Prepared<'_>> = self.asked.iter().map(|asked| asked.prepared.clone()).collect();
        let sum = |of: fn(&Measured) -> usize| self.policies.iter().map(of).sum();
        Report {
            wanted_seconds: report.wanted_seconds * 10.0 / f64::from(10 - CORES_TENTHS),
            memory: MemoryReport {
                text_bytes: sum(Measured::text_bytes),
                compiled_bytes: sum(Measured::compiled_bytes),
                index_bytes: self.index_bytes,
                peak_process_bytes: None,
            },
            cores: cores::measure(&prepared, plan.threads, plan.time * CORES_TENTHS / 20, clock),
            ..report
        }
    }

    /// Only those decisions and policies of which something is suspected.
    fn measure_again(&self, suspects: &HashSet<String>, plan: &MeterPlan, clock: &dyn Clock) -> Report {
        let suspected = |names: &[String]| names.iter().any(|name| suspects.contains(name));
        let asked = self.asked.iter().filter(|asked| suspected(&decision_names(&asked.named.name)));
        let policies = self.policies.iter().filter(|policy| suspected(&policy_names(&policy.name)));
        measure_these(asked, policies, plan, plan.time / AGAIN, clock)
    }
}

fn measure_these<'s, 'q: 's>(
    asked: impl IntoIterator<Item = &'s Decidable<'q>>,
    policies: impl IntoIterator<Item = &'s Measured>,
    plan: &MeterPlan,
    time: Duration,
    clock: &dyn Clock,
) -> Report {
    let asked: Vec<&Decidable<'_>> = asked.into_iter().collect();
    let policies: Vec<&Measured> = policies.into_iter().collect();
    let mut meters: Vec<Meter<'_>> = asked.iter().flat_map(|asked| asked.meters()).collect();
    meters.extend(policies.iter().flat_map(|policy| policy.meters()));
    let shortest = meter::run(&mut meters, plan, time, clock);
    let mut figures = meters.iter().map(Meter::figures);
    Report {
        iamwhy: env!("CARGO_PKG_VERSION").to_owned(),
        least_batch_ns: shortest.as_nanos() as u64,
        rounds: meters.first().map_or(0, Meter::rounds),
        wanted_seconds: plan.least_time(meters.len()).as_secs_f64(),
        decisions: asked.iter().map(|asked| asked.report(&mut figures)).collect(),
        policies: policies.iter().map(|policy| policy.report(&mut figures)).collect(),
        ..Report::default()
    }
}
