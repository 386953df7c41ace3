//! The shades of JSON that may be unfinished.

use super::brackets::string;
use super::shade::{Shade, Shades};

/// Shades a range of a line as JSON: keys, strings, numbers and constants.
pub(super) fn shade_json(line: &str, start: usize, end: usize, shades: &mut Shades) {
    let mut at = start;
    while let Some(rest) = line.get(at..end).filter(|rest| !rest.is_empty()) {
        let length = if rest.starts_with('"') {
            let length = string(rest);
            let behind = rest.get(length..).unwrap_or_default().trim_start();
            shades.fill(at, at + length, if behind.starts_with(':') { Shade::Key } else { Shade::Text });
            length
        } else if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-') {
            let length =
                rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '.').unwrap_or(rest.len());
            if is_constant(rest.get(..length).unwrap_or_default()) {
                shades.fill(at, at + length, Shade::Constant);
            }
            length
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        at += length;
    }
}

fn is_constant(word: &str) -> bool {
    matches!(word, "true" | "false" | "null") || word.parse::<f64>().is_ok()
}
