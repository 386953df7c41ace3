//! Figures and names, as text and page write them.

use crate::policy::Layer;

/// Nanoseconds in the unit that suits them.
pub(super) fn time(ns: f64) -> String {
    let (size, sign) = (ns.abs(), if ns < 0.0 { "−" } else { "" });
    match size {
        size if size < 1e3 => format!("{sign}{size:.1} ns"),
        size if size < 1e6 => format!("{sign}{:.2} µs", size / 1e3),
        size if size < 1e9 => format!("{sign}{:.2} ms", size / 1e6),
        size => format!("{sign}{:.2} s", size / 1e9),
    }
}

/// A whole number with commas between thousands.
pub(super) fn count(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

pub(super) fn plural(number: usize, what: &str) -> String {
    let number_text = count(number as f64);
    match (number, what.strip_suffix('y')) {
        (1, _) => format!("{number_text} {what}"),
        (_, Some(stem)) => format!("{number_text} {stem}ies"),
        _ if what.ends_with('h') => format!("{number_text} {what}es"),
        _ => format!("{number_text} {what}s"),
    }
}

pub(super) fn percent(percent: f64) -> String {
    let sign = if percent < 0.0 { '−' } else { '+' };
    format!("{sign}{:.1} %", percent.abs())
}

pub(super) fn probability(p: f64) -> String {
    if p < 0.0001 { "< 0.0001".to_owned() } else { format!("{p:.4}") }
}

/// A name of at most so many characters. What tells names apart is mostly at their ends, so the middle goes.
pub(super) fn clipped(name: &str, most: usize) -> String {
    let length = name.chars().count();
    if length <= most {
        return name.to_owned();
    }
    let start = most.saturating_sub(1) / 3;
    let end = length - most.saturating_sub(start + 1).min(length);
    name.chars().take(start).chain(['…']).chain(name.chars().skip(end)).collect()
}

/// What people call the layer of a key.
pub(super) fn layer_word(key: &str) -> &str {
    match Layer::parse(key) {
        Some(layer) => layer.word(),
        None => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_commas_between_thousands() {
        assert_eq!([0.0, 999.0, 1000.0, 1_234_567.0].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([1, 2].map(|n| plural(n, "policy")), ["1 policy", "2 policies"]);
    }

    #[test]
    fn times_have_the_unit_that_suits_them() {
        assert_eq!([35.14, 1500.0, 2.5e6, -5.0].map(time), ["35.1 ns", "1.50 µs", "2.50 ms", "−5.0 ns"]);
    }

    #[test]
    fn long_names_lose_their_middle() {
        assert_eq!(clipped("managed100 [ReadOnly] s3:GetObject #4", 20), "manage…:GetObject #4");
        assert_eq!(clipped("miss", 4), "miss");
    }
}
