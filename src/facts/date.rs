//! Days of the calendar, as far as facts need them.

use std::fmt;

/// A day, ordered by time.
///
/// ```
/// use iamwhy::facts::Date;
/// let day = Date::parse("2025-04-22").unwrap();
/// assert!(day > Date::parse("2021-08-01").unwrap());
/// assert_eq!(day.to_string(), "2025-04-22");
/// assert_eq!(Date::parse("2025-02-30"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, four digits.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// Reads `YYYY-MM-DD`; anything else, and a day that the calendar lacks, is `None`.
    pub const fn parse(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        if text.len() != 10 || text[4] != b'-' || text[7] != b'-' {
            return None;
        }
        let (Some(year), Some(month), Some(day)) =
            (number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
        else {
            return None;
        };
        if month < 1 || month > 12 || day < 1 || day > days_in(year, month) {
            return None;
        }
        Some(Self { year, month: month as u8, day: day as u8 })
    }

    /// A day written in the source of a table; a wrong one does not compile.
    pub(super) const fn known(text: &str) -> Self {
        match Self::parse(text) {
            Some(date) => date,
            None => panic!("a date of the facts is not of the form YYYY-MM-DD"),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

const fn number(text: &[u8], from: usize, to: usize) -> Option<u16> {
    let (mut value, mut at) = (0, from);
    while at < to {
        if !text[at].is_ascii_digit() {
            return None;
        }
        value = value * 10 + (text[at] - b'0') as u16;
        at += 1;
    }
    Some(value)
}

const fn days_in(year: u16, month: u16) -> u16 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
