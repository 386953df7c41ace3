//! Typed values of conditions: what numbers, dates, booleans and addresses look like (B7–B11).

use std::net::IpAddr;

use ipnet::IpNet;

use crate::source::scan::first;

/// A number, exact to 12 decimal places and up to 10^24 (B7). What is longer is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    // An i128 in halves: whole, it would double the size of every compiled value of a condition.
    high: i64,
    low: u64,
}

const DECIMALS: usize = 12;
const MAX_DIGITS: usize = 24;

impl Number {
    /// Reads an integer or decimal; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let fits =
            !digits.is_empty() && digits != "." && whole.len() <= MAX_DIGITS && fraction.len() <= DECIMALS;
        if !fits || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let value = whole.bytes().chain(fraction.bytes()).fold(0_i128, |n, b| n * 10 + i128::from(b - b'0'));
        let value = value * 10_i128.pow((DECIMALS - fraction.len()) as u32);
        Some(Self::of(if negative { -value } else { value }))
    }

    /// Reads an integer or decimal, or one with an exponent such as `1e1`, as far as it is exact (H.2).
    pub fn parse_with_exponent(text: &str) -> Option<Self> {
        let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return Self::parse(text) };
        let exponent: i32 = exponent.parse().ok()?;
        let (value, scale) = (Self::parse(mantissa)?.value(), 10_i128.checked_pow(exponent.unsigned_abs())?);
        let scaled = match exponent {
            ..0 => (value % scale == 0).then(|| value / scale),
            0.. => value.checked_mul(scale),
        };
        scaled.map(Self::of)
    }

    fn of(value: i128) -> Self {
        Self { high: (value >> 64) as i64, low: value as u64 }
    }

    fn value(self) -> i128 {
        (i128::from(self.high) << 64) | i128::from(self.low)
    }
}

/// An instant in microseconds since 1970 (B8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(i64);

const SECOND: i64 = 1_000_000;

impl Instant {
    /// The instant that many seconds after 1970-01-01T00:00:00Z.
    pub fn from_epoch_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(SECOND))
    }

    /// Whole seconds since 1970.
    pub fn epoch_seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// Reads a date of the W3C profile of ISO 8601, missing parts taken as the start of the period and UTC, or
    /// epoch seconds. Four digits are a year.
    ///
    /// ```
    /// use iamwhy::names::Instant;
    /// assert_eq!(Instant::parse("2030-01-01T01:00+01:00"), Instant::parse("1893456000"));
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let epoch = digits.len() != 4 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        if epoch {
            let (seconds, _) = text.split_once('.').unwrap_or((text, ""));
            return seconds.parse::<i64>().ok()?.checked_mul(SECOND).map(Self);
        }
        let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        let mut parts = date.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map_or(Some(1), |part| number(part, 2))?;
        let day = parts.next().map_or(Some(1), |part| number(part, 2))?;
        if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day)
        {
            return None;
        }
        let time = time.map_or(Some(0), time_of_day)?;
        Some(Self(days_from_civil(year, month, day) * 86_400 * SECOND + time))
    }

    /// The date and time in UTC, `2030-01-01T00:00:00Z`.
    pub fn to_iso(self) -> String {
        let seconds = self.epoch_seconds();
        let (days, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil_from_days(days);
        let (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff` with a time zone, in microseconds after midnight UTC.
fn time_of_day(text: &str) -> Option<i64> {
    let zone_at = text.find(['Z', '+', '-'])?;
    let (clock, zone) = text.split_at(zone_at);
    let mut parts = clock.split(':');
    let hour = number(parts.next()?, 2).filter(|h| *h < 24)?;
    let minute = number(parts.next()?, 2).filter(|m| *m < 60)?;
    let second = parts.next().map_or(Some(0), seconds)?;
    if parts.next().is_some() {
        return None;
    }
    Some((hour * 3600 + minute * 60) * SECOND + second - zone_offset(zone)? * SECOND)
}

/// `ss` or `ss.fff`, in microseconds.
fn seconds(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let whole = number(whole, 2).filter(|s| *s < 61)?;
    let known = fraction.get(..fraction.len().min(6))?;
    let scale = 10_i64.pow(6 - known.len() as u32);
    let digits = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| known.parse::<i64>().ok()).flatten().map(|f| whole * SECOND + f * scale)
}

/// `Z`, `+hh:mm` or `-hh:mm`, in seconds.
fn zone_offset(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let (hour, minute) = text.get(1..)?.split_once(':')?;
    Some(sign * (number(hour, 2)? * 3600 + number(minute, 2)? * 60))
}

fn number(text: &str, digits: usize) -> Option<i64> {
    let fits = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar; years begin in March, so that the leap day is the last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

/// Reads `true` or `false` in any letter case (B11).
pub fn parse_bool(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// Reads an address of version 4 or 6.
pub fn parse_address(text: &str) -> Option<IpAddr> {
    text.parse().ok()
}

/// Reads a range of addresses; without a prefix length it is that one address (B10).
pub fn parse_network(text: &str) -> Option<IpNet> {
    let network = ordinary_network(text).or_else(|| text.parse().ok());
    network.or_else(|| parse_address(text).map(IpNet::from))
}

/// What nearly all ranges look like; `ipnet` takes several times as long for an address as the standard library.
fn ordinary_network(text: &str) -> Option<IpNet> {
    let slash = first(text.as_bytes(), [b'/'])?;
    let (address, length) = (&text[..slash], &text[slash + 1..]);
    let digits = length.len() <= 2 && length.bytes().all(|b| b.is_ascii_digit());
    let length = digits.then(|| length.parse().ok()).flatten()?;
    IpNet::new(address.parse().ok()?, length).ok()
}
