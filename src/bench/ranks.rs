//! Whether two runs differ by more than the noise within them.

/// The probability, from both sides, that values of one distribution rank so differently (Mann–Whitney, exact; values
/// that are equal count half for each side).
pub(super) fn mann_whitney(left: &[f64], right: &[f64]) -> f64 {
    if left.is_empty() || right.is_empty() {
        return 1.0;
    }
    let beats = |l: &f64, r: &f64| if l > r { 1.0 } else { f64::from(u8::from(l == r)) / 2.0 };
    let u: f64 = left.iter().flat_map(|l| right.iter().map(move |r| beats(l, r))).sum();
    let pairs = (left.len() * right.len()) as f64;
    let extreme = u.min(pairs - u).ceil() as usize;
    let ways = ways(left.len(), right.len());
    let all: f64 = ways.iter().sum();
    let as_extreme: f64 = ways.iter().take(extreme + 1).sum();
    (2.0 * as_extreme / all).min(1.0)
}

/// The smallest probability that so many values can give: when no value of one run is among those of the other.
pub(super) fn least_probability(left: usize, right: usize) -> f64 {
    mann_whitney(&vec![0.0; left], &vec![1.0; right])
}

/// In how many ways the values of both can be ranked so that the left ones win so many times.
fn ways(left: usize, right: usize) -> Vec<f64> {
    let most = left * right;
    let mut ways = vec![0.0; most + 1];
    ways[0] = 1.0;
    // The Gaussian binomial coefficient: multiplied by 1 - q^(right + i), divided by 1 - q^i.
    for i in 1..=left {
        for wins in (right + i..=most).rev() {
            ways[wins] -= ways[wins - right - i];
        }
        for wins in i..=most {
            ways[wins] += ways[wins - i];
        }
    }
    ways
}

/// The probabilities of many comparisons, each as if it were the only one (Holm): among a thousand that differ by
/// nothing some look as if they did.
pub(super) fn corrected(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]));
    let mut corrected = vec![1.0; probabilities.len()];
    let mut least = 0.0_f64;
    for (rank, at) in order.iter().enumerate() {
        least = least.max(probabilities[*at] * (order.len() - rank) as f64).min(1.0);
        corrected[*at] = least;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_those_of_the_tables() {
        assert!((mann_whitney(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]) - 0.1).abs() < 1e-12);
        assert!((mann_whitney(&[1.0, 2.0, 4.0], &[3.0, 5.0, 6.0]) - 0.2).abs() < 1e-12);
        assert!((least_probability(12, 12) - 2.0 / 2_704_156.0).abs() < 1e-15); // 24 over 12
    }

    #[test]
    fn a_run_does_not_differ_from_itself() {
        let run = [3.0, 1.0, 2.0, 2.0, 5.0];
        assert!(mann_whitney(&run, &run) > 0.9);
        assert!(mann_whitney(&[1.0; 9], &[1.0; 9]) > 0.9);
    }

    #[test]
    fn each_of_many_comparisons_has_to_be_surer_than_one_alone() {
        assert_eq!(corrected(&[0.5, 0.25, 0.03125]), [0.5, 0.5, 0.09375]);
        assert_eq!(corrected(&[0.75, 0.5]), [1.0, 1.0]);
    }
}
