//! Conditions (B), operator by operator.

use std::net::IpAddr;

use serde_json::Value;

use super::asked::{Asked, Held, list};
use super::pattern::{arn_like, chars, glob, units};

/// B1: all operators and all keys must hold.
pub(crate) fn holds(condition: &Value, current: bool, asked: &Asked) -> bool {
    let Some(operators) = condition.as_object() else { return true };
    operators.iter().all(|(name, block)| {
        let keys = block.as_object().expect("a block of keys");
        keys.iter().all(|(key, values)| Test::read(name, values, current).holds(key, asked))
    })
}

struct Test {
    /// `forallvalues`, `foranyvalue` or nothing.
    set: String,
    /// The positive operator in lower case.
    operator: String,
    negated: bool,
    if_exists: bool,
    values: Vec<String>,
    current: bool,
}

impl Test {
    fn read(name: &str, values: &Value, current: bool) -> Self {
        let name = name.to_lowercase(); // B4
        let (set, rest) = name.split_once(':').unwrap_or(("", &name));
        let bare = rest.strip_suffix("ifexists").unwrap_or(rest);
        let positive = bare.replacen("not", "", 1);
        Self {
            set: set.to_owned(),
            negated: positive != bare,
            if_exists: bare != rest,
            operator: positive,
            values: list(values),
            current,
        }
    }

    /// The truth tables of B.3.
    fn holds(&self, key: &str, asked: &Asked) -> bool {
        let held = asked.context.get(&key.to_lowercase()); // B2
        if self.operator == "null" {
            return self.null(held.is_none());
        }
        let given = match held {
            None => &[],
            Some(Held::One(value)) => std::slice::from_ref(value),
            Some(Held::Many(values)) => &values[..],
        };
        let matches = |r: &String| self.values.iter().any(|p| self.compare(p, r, asked));
        match (&*self.set, given) {
            ("forallvalues", _) if self.negated => !given.iter().any(matches),
            ("forallvalues", _) => given.iter().all(matches),
            ("foranyvalue", _) if self.negated => given.iter().any(|r| !matches(r)),
            ("foranyvalue", _) => given.iter().any(matches),
            (_, []) => self.negated || self.if_exists,
            (_, [one]) if self.negated => !self.is_untyped(one) && !matches(one),
            (_, [one]) => matches(one),
            _ => false, // B18
        }
    }

    /// B12, B13.
    fn null(&self, absent: bool) -> bool {
        match &*self.set {
            "forallvalues" => true,
            "foranyvalue" => false,
            _ => self.values.iter().any(|value| value.eq_ignore_ascii_case(&absent.to_string())),
        }
    }

    /// B7, H.2-13: a negated comparison of what is no number or date fails.
    fn is_untyped(&self, value: &str) -> bool {
        let typed = |text: &str| match &*self.operator {
            "numericequals" => number(text).is_some(),
            "dateequals" => date(text).is_some(),
            _ => true,
        };
        !typed(value) || !self.values.iter().all(|value| typed(value))
    }

    fn compare(&self, expected: &str, value: &str, asked: &Asked) -> bool {
        let text = |wildcards| units(expected, self.current, wildcards, asked);
        let like = |wildcards: bool| text(wildcards).is_some_and(|units| glob(&units, &chars(value)));
        match &*self.operator {
            "stringequals" => like(false),
            "stringlike" => like(true),
            "stringequalsignorecase" => {
                let lower = |units: Vec<super::pattern::Unit>| {
                    units.iter().map(|unit| format!("{unit:?}").to_lowercase()).collect::<Vec<_>>()
                };
                let own = value.chars().map(super::pattern::Unit::Plain).collect();
                text(false).is_some_and(|units| lower(units) == lower(own))
            }
            "arnequals" | "arnlike" => text(true).is_some_and(|units| arn_like(&units, value)),
            "bool" => {
                let truth = |text: &str| ["true", "false"].contains(&&*text.to_lowercase());
                truth(expected) && truth(value) && expected.eq_ignore_ascii_case(value)
            }
            "ipaddress" => in_range(expected, value),
            "binaryequals" => expected == value,
            name => ordered(name, expected, value),
        }
    }
}

fn ordered(operator: &str, expected: &str, value: &str) -> bool {
    let (operator, pair) = match operator.strip_prefix("numeric") {
        Some(rest) => (rest, number(value).zip(number(expected))),
        None => (&operator["date".len()..], date(value).zip(date(expected))),
    };
    let Some((value, expected)) = pair else { return false };
    match operator {
        "equals" => value == expected,
        "lessthan" => value < expected,
        "lessthanequals" => value <= expected,
        "greaterthan" => value > expected,
        "greaterthanequals" => value >= expected,
        other => panic!("no operator {other}"),
    }
}

fn number(text: &str) -> Option<f64> {
    let plain = text.chars().all(|c| c.is_ascii_digit() || ".+-".contains(c));
    plain.then(|| text.parse().ok()).flatten()
}

/// B8, in seconds: epoch seconds, or `YYYY-MM-DD` with or without `Thh:mm:ssZ`.
fn date(text: &str) -> Option<f64> {
    if text.len() != 4 && text.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok();
    }
    let (day, time) = text.split_once('T').unwrap_or((text, "00:00:00Z"));
    let day: Vec<i64> = day.split('-').map(|n| n.parse().ok()).collect::<Option<_>>()?;
    let clock: Vec<i64> =
        time.strip_suffix('Z')?.split(':').map(|n| n.parse().ok()).collect::<Option<_>>()?;
    let (year, month, date) = (day[0], *day.get(1).unwrap_or(&1), *day.get(2).unwrap_or(&1));
    let mut days = date - 1;
    days += (1970..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum::<i64>();
    days += (1..month).map(|month| days_of(month, year)).sum::<i64>();
    let seconds = clock.iter().zip([3600, 60, 1]).map(|(n, unit)| n * unit).sum::<i64>();
    Some((days * 86_400 + seconds) as f64)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(month: i64, year: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// B10.
fn in_range(range: &str, address: &str) -> bool {
    let (network, length) = range.split_once('/').map_or((range, None), |(n, l)| (n, l.parse().ok()));
    let bits = |address: IpAddr| match address {
        IpAddr::V4(v4) => (u128::from(u32::from(v4)) << 96, 32),
        IpAddr::V6(v6) => (u128::from(v6), 128),
    };
    let (Ok(network), Ok(address)) = (network.parse().map(bits), address.parse().map(bits)) else {
        return false;
    };
    let length: u32 = length.unwrap_or(network.1);
    let same = length == 0 || (network.0 >> (128 - length)) == (address.0 >> (128 - length));
    network.1 == address.1 && same
}
