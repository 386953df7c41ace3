//! An answer about all requests, as text and as a page: the word, what it means, and one entry for each reason.

use super::rows::ReportRows;
use super::style::{Style, Tone};
use crate::layout::wrap;
use crate::source::one_line;

/// What is said of all requests.
pub(super) struct ToldOfAll {
    pub(super) verdict: &'static str,
    pub(super) tone: Tone,
    /// What that means.
    pub(super) says: Vec<String>,
    pub(super) entries: Vec<ToldEntry>,
    /// How many entries a text shows, at most; of the others the number is told.
    pub(super) shown: usize,
    /// How far the answer goes.
    pub(super) closing: String,
}

/// One reason.
pub(super) struct ToldEntry {
    pub(super) head: String,
    /// What is said of it, each with a label or without.
    pub(super) rows: Vec<(&'static str, String)>,
}

impl ToldOfAll {
    /// For a terminal or a log.
    pub(super) fn text(&self, style: &Style) -> String {
        let says = self.says.iter().flat_map(|line| wrap(line, style.width));
        let first = [style.paint(self.tone, self.verdict)].into_iter().chain(says).collect::<Vec<_>>();
        let shown = self.entries.iter().take(self.shown).enumerate();
        let entries: Vec<String> = shown.map(|(at, entry)| entry.text(at + 1, style)).collect();
        let is_short = self.entries.iter().all(|entry| entry.rows.is_empty());
        let mut blocks = vec![first.join("\n")];
        match is_short && !entries.is_empty() {
            true => blocks.push(entries.join("\n")),
            false => blocks.extend(entries),
        }
        let more = self.entries.len().saturating_sub(self.shown);
        blocks.extend((more > 0).then(|| format!("and {more} more; `--format json` tells all")));
        blocks.push(wrap(&self.closing, style.width).join("\n"));
        format!("{}\n", blocks.join("\n\n"))
    }
}

impl ToldOfAll {
    /// A row for each reason, a column for each label.
    pub(super) fn rows(&self) -> ReportRows {
        ReportRows::of_entries(&self.entries)
    }
}

impl ToldEntry {
    /// With a number, for a terminal or a log.
    pub(super) fn text(&self, number: usize, style: &Style) -> String {
        let rows = self.rows.iter().map(|(label, text)| format!("{label:7}{text}"));
        laid_out(std::iter::once(format!("{number}  {}", self.head)).chain(rows).collect(), style)
    }
}

/// An entry of a list: its first line, and those under it, each with a label.
pub(super) fn laid_out(lines: Vec<String>, style: &Style) -> String {
    let indented = lines.into_iter().enumerate().flat_map(|(at, line)| {
        let label = line.len() - line.trim_start().len();
        let (first, rest) = if at == 0 { (0, 3) } else { (3 + label, 10) };
        let width = style.width.saturating_sub(rest);
        wrap(&one_line(&line), width)
            .into_iter()
            .enumerate()
            .map(move |(row, text)| {
                format!("{:1$}{2}", "", if row == 0 { first } else { rest }, text.trim_end())
            })
            .collect::<Vec<_>>()
    });
    indented.collect::<Vec<_>>().join("\n")
}
