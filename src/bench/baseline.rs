//! A run compared with an earlier one.

use std::collections::HashMap;

use serde::Serialize;

use super::change::{Drift, Pair, SIGNIFICANT, changes};
use super::figures::Figures;
use super::ranks::least_probability;
use super::report::{DecisionReport, PolicyReport, Report};
use super::words::{percent, plural};

/// From this change of the floor on, in percent, it is said.
const FLOOR_MOVED: f64 = 5.0;

/// What two runs tell together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BaselineComparison {
    /// When the baseline was measured; empty where it does not say it.
    pub date: String,
    /// What both measured.
    #[serde(skip)]
    pub changes: Vec<Drift>,
    /// Requests that are decided otherwise now.
    pub decisions: Vec<DecisionChange>,
    /// Requests and policies that only the baseline has.
    pub only_before: Vec<String>,
    /// Requests and policies that it has not.
    pub only_now: Vec<String>,
    /// How many percent longer a decision with no policies takes now.
    pub floor_percent: f64,
    /// What else makes the runs hard to compare.
    pub remarks: Vec<String>,
}

/// A request that is decided otherwise now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionChange {
    /// The request.
    pub request: String,
    /// What was decided before.
    pub before: String,
    /// What is decided now.
    pub now: String,
}

/// Compares what both runs measured; `threshold` is in percent.
pub fn compare(before: &Report, now: &Report, threshold: f64) -> BaselineComparison {
    let decisions = ByName::of(&before.decisions, &now.decisions, |decision| &decision.request);
    let policies = ByName::of(&before.policies, &now.policies, |policy| &policy.policy);
    let floor = floor(&decisions.both);
    let mut pairs: Vec<Pair<'_>> = decisions.both.iter().flat_map(|(b, n)| decision_pairs(b, n)).collect();
    pairs.extend(policies.both.iter().flat_map(|(b, n)| policy_pairs(b, n)));
    let mut remarks = circumstances(before, now);
    remarks.extend(changed_policies(&policies.both));
    remarks.extend(changed_requests(&decisions.both));
    remarks.extend(too_few(before, now, pairs.len()));
    let floor_percent = ((floor - 1.0) * 1000.0).round() / 10.0;
    remarks.extend(moved(before, now, floor_percent));
    let named = |requests: Vec<&str>, policies: Vec<&str>| {
        let policies = policies.into_iter().map(|name| format!("policy {name}"));
        requests.into_iter().map(str::to_owned).chain(policies).collect()
    };
    BaselineComparison {
        date: before.circumstances.date.clone(),
        changes: changes(pairs, floor, threshold),
        decisions: decisions.both.iter().filter_map(|(b, n)| otherwise(b, n)).collect(),
        only_before: named(decisions.only_before, policies.only_before),
        only_now: named(decisions.only_now, policies.only_now),
        floor_percent,
        remarks,
    }
}

/// What is compared of a decision, by name.
pub(super) fn decision_names(request: &str) -> [String; 3] {
    [request.to_owned(), format!("{request}, traced"), format!("{request}, raw")]
}

/// What is compared of a policy, by name.
pub(super) fn policy_names(policy: &str) -> [String; 2] {
    [format!("parse {policy}"), format!("compile {policy}")]
}

fn decision_pairs<'r>(before: &'r DecisionReport, now: &'r DecisionReport) -> Vec<Pair<'r>> {
    let figures: fn(&DecisionReport) -> [&Figures; 3] = |of| [&of.decide, &of.traced, &of.raw];
    pairs(decision_names(&now.request), figures(before), figures(now))
}

fn policy_pairs<'r>(before: &'r PolicyReport, now: &'r PolicyReport) -> Vec<Pair<'r>> {
    let figures: fn(&PolicyReport) -> [&Figures; 2] = |of| [&of.parse, &of.compile];
    pairs(policy_names(&now.policy), figures(before), figures(now))
}

fn pairs<'r, const N: usize>(
    names: [String; N],
    before: [&'r Figures; N],
    now: [&'r Figures; N],
) -> Vec<Pair<'r>> {
    names.into_iter().zip(before).zip(now).map(|((name, before), now)| (name, before, now)).collect()
}

fn otherwise(before: &DecisionReport, now: &DecisionReport) -> Option<DecisionChange> {
    (before.decision != now.decision).then(|| DecisionChange {
        request: now.request.clone(),
        before: before.decision.clone(),
        now: now.decision.clone(),
    })
}

/// How many times longer a decision with no policies takes: the same for all that the machine, or iamwhy, changed.
fn floor(decisions: &[(&DecisionReport, &DecisionReport)]) -> f64 {
    let ratio = |(before, now): &(&DecisionReport, &DecisionReport)| {
        let (before, now) = (before.no_policies.fastest_round(), now.no_policies.fastest_round());
        (before > 0.0 && now > 0.0).then_some(now / before)
    };
    let mut ratios: Vec<f64> = decisions.iter().filter_map(ratio).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(1.0)
}

fn moved(before: &Report, now: &Report, floor_percent: f64) -> Option<String> {
    let or_else = if before.iamwhy == now.iamwhy { "" } else { ", or iamwhy itself" };
    (floor_percent.abs() >= FLOOR_MOVED).then(|| {
        format!(
            "a decision with no policies changed by {}, too: probably the machine{or_else}; `beyond floor` leaves it out",
            percent(floor_percent)
        )
    })
}

/// What differs in when and where it was measured.
fn circumstances(before: &Report, now: &Report) -> Vec<String> {
    let (old, new) = (&before.circumstances, &now.circumstances);
    let mut remarks = Vec::new();
    let mut differs = |what: &str, old: &str, new: &str| {
        if old != new {
            remarks.push(format!("{what} differs: {old}, now {new}"));
        }
    };
    differs("iamwhy", &before.iamwhy, &now.iamwhy);
    if old.date.is_empty() {
        remarks.push("the baseline does not say when and where it was measured".to_owned());
        return remarks;
    }
    differs("the processor", &old.cpu, &new.cpu);
    differs("the number of cores", &plural(old.cores, "core"), &plural(new.cores, "core"));
    differs("the system", &old.system, &new.system);
    remarks
}

fn changed_policies(policies: &[(&PolicyReport, &PolicyReport)]) -> Option<String> {
    let known = policies.iter().filter(|(before, _)| !before.fingerprint.is_empty());
    let changed = known.filter(|(before, now)| before.fingerprint != now.fingerprint);
    let names: Vec<&str> = changed.map(|(_, now)| now.policy.as_str()).collect();
    let shown = names.iter().take(5).copied().collect::<Vec<_>>().join("`, `");
    let more = if names.len() > 5 { format!(" and {} more", names.len() - 5) } else { String::new() };
    (!names.is_empty())
        .then(|| format!("the text differs of {}: `{shown}`{more}", plural(names.len(), "policy")))
}

/// Requests of one name that ask something else; older baselines do not say what they asked.
fn changed_requests(decisions: &[(&DecisionReport, &DecisionReport)]) -> Option<String> {
    let known = decisions.iter().filter(|(before, _)| !before.asked.action.is_empty());
    let changed: Vec<_> = known.filter(|(before, now)| before.asked != now.asked).collect();
    let first = &changed.first()?.1.request;
    Some(format!("{} of the same name ask something else: `{first}` first", plural(changed.len(), "request")))
}

/// Whether so few rounds could tell anything at all among so many comparisons.
fn too_few(before: &Report, now: &Report, comparisons: usize) -> Option<String> {
    let least = least_probability(before.rounds, now.rounds) * comparisons as f64;
    (least >= SIGNIFICANT).then(|| {
        format!(
            "{} and {} are too few to tell {} from noise: `--seconds {:.0}` makes enough",
            plural(before.rounds, "round"),
            plural(now.rounds, "round"),
            plural(comparisons, "comparison"),
            before.wanted_seconds.max(now.wanted_seconds).ceil(),
        )
    })
}

/// What two lists have in common by name.
struct ByName<'r, T> {
    both: Vec<(&'r T, &'r T)>,
    only_before: Vec<&'r str>,
    only_now: Vec<&'r str>,
}

impl<'r, T> ByName<'r, T> {
    fn of(before: &'r [T], now: &'r [T], name: fn(&T) -> &str) -> Self {
        let mut old: HashMap<&str, &T> = before.iter().map(|one| (name(one), one)).collect();
        let mut matched = Self { both: Vec::new(), only_before: Vec::new(), only_now: Vec::new() };
        for one in now {
            match old.remove(name(one)) {
                Some(before) => matched.both.push((before, one)),
                None => matched.only_now.push(name(one)),
            }
        }
        matched.only_before = before.iter().map(name).filter(|name| old.contains_key(name)).collect();
        matched
    }
}
