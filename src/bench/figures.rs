//! What batches say together.

use serde::{Deserialize, Serialize};

/// How many bars a histogram has.
const BARS: usize = 16;

/// The cost of something, over batches: each figure is of a batch's mean for one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Half of the batches took no longer.
    pub p50_ns: f64,
    /// Nine of ten batches took no longer.
    pub p90_ns: f64,
    /// Ninety-nine of a hundred batches took no longer; the slowest, where there are [fewer](Self::has_p99).
    pub p99_ns: f64,
    /// The slowest batch.
    pub max_ns: f64,
    /// How many a second, all batches together.
    pub per_second: f64,
    /// How many make a batch.
    pub batch: u64,
    /// How many batches there were.
    pub batches: usize,
    /// The median of each round: what a comparison with another run is made of.
    pub rounds_ns: Vec<f64>,
    /// How the batches spread.
    pub histogram: Histogram,
}

/// How many batches took how long.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// Where the first bar starts: at the fastest batch.
    pub from_ns: f64,
    /// Where the last bar ends; it counts what is slower, too.
    pub to_ns: f64,
    /// The number of batches of each bar.
    pub counts: Vec<u32>,
}

impl Figures {
    pub(super) fn of(rounds: &[Vec<f64>], batch: u64) -> Self {
        let all = sorted(rounds.iter().flatten().copied());
        let total: f64 = all.iter().sum();
        let per_second = if total > 0.0 { 1e9 * all.len() as f64 / total } else { 0.0 };
        Self {
            p50_ns: tenth(quantile(&all, 0.50)),
            p90_ns: tenth(quantile(&all, 0.90)),
            p99_ns: tenth(quantile(&all, 0.99)),
            max_ns: tenth(quantile(&all, 1.0)),
            per_second: per_second.round(),
            batch,
            batches: all.len(),
            rounds_ns: rounds.iter().map(|round| hundredth(median(round.iter().copied()))).collect(),
            histogram: Histogram::of(&all),
        }
    }
}

impl Figures {
    /// Whether there were enough batches for one in a hundred to be slower than the 99th percentile.
    pub fn has_p99(&self) -> bool {
        self.batches >= 100
    }

    /// The fastest round. What else a machine does only ever adds, and adds the least to it.
    pub(super) fn fastest_round(&self) -> f64 {
        self.rounds_ns.iter().copied().min_by(f64::total_cmp).unwrap_or_default()
    }

    /// Takes figures of the same that are faster.
    pub(super) fn keep_faster(&mut self, again: Self) {
        if again.fastest_round() < self.fastest_round() {
            *self = again;
        }
    }
}

impl Histogram {
    fn of(sorted: &[f64]) -> Self {
        let from = sorted.first().copied().unwrap_or_default();
        let to = quantile(sorted, 0.99).max(from + 0.1);
        let mut counts = vec![0; BARS];
        for sample in sorted {
            let bar = (sample - from) / (to - from) * BARS as f64;
            counts[(bar as usize).min(BARS - 1)] += 1;
        }
        Self { from_ns: tenth(from), to_ns: tenth(to), counts }
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    quantile(&sorted(values), 0.5)
}

/// The smallest value that this share of the values does not pass.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut all: Vec<f64> = values.collect();
    all.sort_unstable_by(f64::total_cmp);
    all
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let round: Vec<f64> = (1..=100).map(f64::from).collect();
        let figures = Figures::of(&[round], 7);
        assert_eq!(
            (figures.p50_ns, figures.p90_ns, figures.p99_ns, figures.max_ns),
            (50.0, 90.0, 99.0, 100.0)
        );
        assert_eq!(figures.histogram.counts.iter().sum::<u32>(), 100);
    }

    #[test]
    fn nothing_measured_is_zero() {
        assert_eq!(Figures::of(&[], 1).p99_ns, 0.0);
    }
}
