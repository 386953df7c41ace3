//! Lines of prose, cut between words.

use super::{Format, Style};
use crate::layout::{width, wrap};

/// The least room for words: a narrower one is not worth a cut.
const LEAST: usize = 20;

/// A text whose lines are cut to the surface; what is cut off goes on under the last column of its line, which two
/// spaces set apart. For logs and screen readers lines stay whole.
pub fn prose(text: &str, style: &Style) -> String {
    if style.format != Format::Text {
        return text.to_owned();
    }
    let lines: Vec<String> = text.lines().map(|line| cut(line, style.width)).collect();
    lines.join("\n")
}

fn cut(line: &str, columns: usize) -> String {
    if width(line) <= columns {
        return line.to_owned();
    }
    let indent = column(line);
    let narrow = indent + LEAST > columns;
    let indent = if narrow { blanks(line) } else { indent };
    let (before, words) = line.split_at_checked(indent).unwrap_or(("", line));
    // Without room for a column, what goes on is set off a little.
    let below = " ".repeat(width(before) + if narrow { 4 } else { 0 });
    format!("{before}{}", wrap(words, columns.saturating_sub(below.len())).join(&format!("\n{below}")))
}

/// Where the last column of a line starts.
fn column(line: &str) -> usize {
    line.rfind("  ").map_or_else(|| blanks(line), |at| at + 2)
}

fn blanks(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_on_under_its_last_column() {
        let style = Style { width: 34, ..Style::default() };
        assert_eq!(
            prose("  can   asks whether somebody may do it", &style),
            "  can   asks whether somebody may\n        do it"
        );
        assert_eq!(prose("short", &style), "short");
    }

    #[test]
    fn for_screen_readers_lines_stay_whole() {
        let style = Style { width: 20, format: Format::Plain, ..Style::default() };
        assert_eq!(prose("one two three four five six", &style), "one two three four five six");
    }
}
