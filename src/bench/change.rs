//! How one figure changed between two runs.

use serde::{Deserialize, Serialize};

use super::figures::Figures;
use super::ranks::{corrected, mann_whitney};

/// Below this probability a difference is not taken for noise.
pub(super) const SIGNIFICANT: f64 = 0.01;

/// How something changed between two runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// What was measured.
    pub what: String,
    /// The fastest round before: the median of its batches.
    pub before_ns: f64,
    /// The fastest round now.
    pub now_ns: f64,
    /// The change in percent.
    pub percent: f64,
    /// The change in percent beyond that of a decision with no policies, which the machine makes rather than anybody's
    /// policy.
    pub percent_beyond_floor: f64,
    /// How likely the noise within the runs alone makes such a difference (Mann–Whitney over the medians of the
    /// rounds), corrected for how many comparisons there are (Holm). It knows nothing of what makes whole runs differ.
    pub p: f64,
    /// What it comes to.
    pub trend: Trend,
}

/// What a change comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Trend {
    /// Slower by more than the threshold, also beyond the floor, and not by the noise within the runs.
    Slower,
    /// Faster likewise.
    Faster,
    /// More than the threshold, but it may be noise.
    Unclear,
    /// No more than the threshold.
    Same,
}

impl Trend {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Slower => "slower",
            Self::Faster => "faster",
            Self::Unclear => "unclear",
            Self::Same => "same",
        }
    }
}

/// What is compared: its name, before, now.
pub(super) type Pair<'r> = (String, &'r Figures, &'r Figures);

/// The changes of all pairs; `floor` is how many times longer a decision with no policies takes now.
pub(super) fn changes(pairs: Vec<Pair<'_>>, floor: f64, threshold: f64) -> Vec<Drift> {
    let alone: Vec<f64> =
        pairs.iter().map(|(_, before, now)| mann_whitney(&before.rounds_ns, &now.rounds_ns)).collect();
    let all = pairs.into_iter().zip(corrected(&alone));
    all.map(|((what, before, now), p)| {
        let (before_ns, now_ns) = (before.fastest_round(), now.fastest_round());
        let ratio = if before_ns > 0.0 { now_ns / before_ns } else { 1.0 };
        let (percent, percent_beyond_floor) = ((ratio - 1.0) * 100.0, (ratio / floor - 1.0) * 100.0);
        let trend = trend(percent, percent_beyond_floor, threshold, p);
        let tenth = |percent: f64| (percent * 10.0).round() / 10.0;
        Drift {
            what,
            before_ns,
            now_ns,
            percent: tenth(percent),
            percent_beyond_floor: tenth(percent_beyond_floor),
            p,
            trend,
        }
    })
    .collect()
}

fn trend(percent: f64, beyond_floor: f64, threshold: f64, p: f64) -> Trend {
    // Of both the one nearer to nothing; where they contradict each other, nothing is known.
    let sure = match percent.signum() == beyond_floor.signum() {
        true => percent.abs().min(beyond_floor.abs()).copysign(percent),
        false => 0.0,
    };
    match p < SIGNIFICANT {
        true if sure > threshold => Trend::Slower,
        true if sure < -threshold => Trend::Faster,
        _ if beyond_floor.abs() > threshold => Trend::Unclear,
        _ => Trend::Same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slower_is_what_is_so_by_itself_and_beyond_the_floor() {
        assert_eq!(trend(25.0, 25.0, 10.0, 1e-6), Trend::Slower);
        assert_eq!(trend(-25.0, -25.0, 10.0, 1e-6), Trend::Faster);
        assert_eq!(trend(40.0, 2.0, 10.0, 1e-6), Trend::Same); // the machine
        assert_eq!(trend(2.0, 40.0, 10.0, 1e-6), Trend::Unclear); // a faster machine, perhaps
    }

    #[test]
    fn a_large_change_that_may_be_noise_is_unclear() {
        assert_eq!(trend(33.0, 33.0, 10.0, 0.17), Trend::Unclear);
        assert_eq!(trend(3.0, 3.0, 10.0, 1e-6), Trend::Same);
    }
}
