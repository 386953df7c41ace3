//! Two runs compared.

use serde::{Deserialize, Serialize};

use super::figures::{Figures, median};
use super::report::Report;

/// Below this probability a difference is not taken for chance.
const SIGNIFICANT: f64 = 0.01;

/// How something changed between two runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What was measured.
    pub what: String,
    /// The median of the rounds before.
    pub before_ns: f64,
    /// The median of the rounds now.
    pub now_ns: f64,
    /// The change in percent.
    pub percent: f64,
    /// How likely two such runs differ so much by chance (Mann–Whitney, over the medians of the rounds: batches of
    /// one round are disturbed together, rounds are not).
    pub p: f64,
    /// What it comes to.
    pub trend: Trend,
}

/// What a change comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Trend {
    /// Significantly faster by more than the threshold.
    Faster,
    /// Neither.
    Same,
    /// Significantly slower by more than the threshold.
    Slower,
}

/// Compares what both runs measured; `threshold` is in percent.
pub fn compare(before: &Report, now: &Report, threshold: f64) -> Vec<Change> {
    let old = measured(before);
    let new = measured(now);
    let both = new.iter().filter_map(|(what, now)| {
        let (_, before) = old.iter().find(|(other, _)| other == what)?;
        Some(Change::between(what, before, now, threshold))
    });
    both.collect()
}

/// Everything that was measured, with its name.
fn measured(report: &Report) -> Vec<(String, &Figures)> {
    let mut all = Vec::new();
    for decision in &report.decisions {
        let name = &decision.request;
        all.push((name.clone(), &decision.decide));
        all.push((format!("{name}, traced"), &decision.traced));
        all.push((format!("{name}, raw"), &decision.raw));
    }
    for policy in &report.policies {
        all.push((format!("parse {}", policy.policy), &policy.parse));
        all.push((format!("compile {}", policy.policy), &policy.compile));
    }
    all
}

impl Change {
    fn between(what: &str, before: &Figures, now: &Figures, threshold: f64) -> Self {
        let (old, new) = (median(before.rounds_ns.iter().copied()), median(now.rounds_ns.iter().copied()));
        let percent = if old > 0.0 { (new / old - 1.0) * 100.0 } else { 0.0 };
        let p = mann_whitney(&before.rounds_ns, &now.rounds_ns);
        let trend = match p < SIGNIFICANT && percent.abs() > threshold {
            true if percent > 0.0 => Trend::Slower,
            true => Trend::Faster,
            false => Trend::Same,
        };
        let percent = (percent * 10.0).round() / 10.0;
        Self { what: what.to_owned(), before_ns: old, now_ns: new, percent, p, trend }
    }
}

/// The probability, from both sides, that values of one distribution rank so differently; the normal approximation
/// with corrections for continuity and ties.
fn mann_whitney(left: &[f64], right: &[f64]) -> f64 {
    let (n, m) = (left.len() as f64, right.len() as f64);
    if left.is_empty() || right.is_empty() {
        return 1.0;
    }
    let beats = |l: f64, r: f64| {
        if l > r {
            1.0
        } else if l == r {
            0.5
        } else {
            0.0
        }
    };
    let u: f64 = left.iter().flat_map(|l| right.iter().map(move |r| beats(*l, *r))).sum();
    let total = n + m;
    let variance = n * m / 12.0 * (total + 1.0 - ties(left, right) / (total * (total - 1.0)).max(1.0));
    if variance <= 0.0 {
        return 1.0;
    }
    let z = ((u - n * m / 2.0).abs() - 0.5).max(0.0) / variance.sqrt();
    libm::erfc(z / std::f64::consts::SQRT_2)
}

/// The sum of t³ − t over the groups of t equal values.
fn ties(left: &[f64], right: &[f64]) -> f64 {
    let mut all: Vec<f64> = left.iter().chain(right).copied().collect();
    all.sort_unstable_by(f64::total_cmp);
    let sizes = all.chunk_by(|a, b| a == b).map(|group| group.len() as f64);
    sizes.map(|t| t * t * t - t).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_do_not_overlap_differ() {
        let low: Vec<f64> = (0..12).map(f64::from).collect();
        let high: Vec<f64> = (20..32).map(f64::from).collect();
        assert!(mann_whitney(&low, &high) < 1e-4);
    }

    #[test]
    fn a_run_does_not_differ_from_itself() {
        let run = [3.0, 1.0, 2.0, 2.0, 5.0];
        assert!(mann_whitney(&run, &run) > 0.9);
        assert_eq!(mann_whitney(&[1.0; 9], &[1.0; 9]), 1.0);
    }
}
