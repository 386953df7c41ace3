//! Percentages as arguments.

/// A percentage, which is a number from 0 to 100: anything else would be a threshold that nothing or everything passes.
pub(super) fn percent(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "expected a number of percent from 0 to 100, such as `90`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_a_number_from_0_to_100() {
        assert_eq!(["0", "90", "99.5", "100"].map(percent), [Ok(0.0), Ok(90.0), Ok(99.5), Ok(100.0)]);
        for text in ["nan", "NaN", "inf", "-inf", "-1", "-0.1", "100.1", "1e3", "", "90 %", "90%"] {
            assert!(percent(text).is_err(), "{text}");
        }
    }
}
