//! Rows and columns for whoever goes on working with an answer: CSV for spreadsheets, Markdown for pull requests.

use super::about_all::ToldEntry;
use super::style::Format;
use crate::source::one_line;

/// What a spreadsheet would take for a formula begins with one of these.
const FORMULAS: [char; 4] = ['=', '+', '-', '@'];

/// The title of the column of what an entry is about.
const WHAT: &str = "what";

/// Rows under a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportRows {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl ReportRows {
    /// With these columns.
    pub(super) fn new<const N: usize>(
        header: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) -> Self {
        let header = header.map(str::to_owned).to_vec();
        Self { header, rows: rows.into_iter().map(|row| row.to_vec()).collect() }
    }

    /// A row for each entry, a column for each label of them; what has no label belongs to the cell before it.
    pub(super) fn of_entries(entries: &[ToldEntry]) -> Self {
        let mut all = Self { header: vec![WHAT.to_owned()], rows: Vec::new() };
        for entry in entries {
            let mut row = vec![entry.head.clone()];
            let mut at = 0;
            for (label, text) in &entry.rows {
                at = if label.is_empty() { at } else { all.column(label) };
                row.resize(row.len().max(at + 1), String::new());
                let before = if row[at].is_empty() { "" } else { "; " };
                row[at] += &format!("{before}{text}");
            }
            all.rows.push(row);
        }
        all
    }

    /// The number of a column, which is added where there is none of that name.
    fn column(&mut self, title: &str) -> usize {
        let known = self.header.iter().position(|one| one == title);
        known.unwrap_or_else(|| {
            self.header.push(title.to_owned());
            self.header.len() - 1
        })
    }

    /// In the form that was asked for.
    pub fn written(&self, format: Format) -> String {
        match format {
            Format::Markdown => self.markdown(),
            _ => self.csv(),
        }
    }

    /// A header and a line for each row, with commas between the cells; no cell is a formula.
    fn csv(&self) -> String {
        let line = |row: &Vec<String>| self.cells(row).map(csv_cell).collect::<Vec<_>>().join(",") + "\n";
        std::iter::once(&self.header).chain(&self.rows).map(line).collect()
    }

    fn markdown(&self) -> String {
        let line = |row: &Vec<String>| {
            format!("| {} |\n", self.cells(row).map(markdown_cell).collect::<Vec<_>>().join(" | "))
        };
        let rule = format!("|{}\n", " --- |".repeat(self.header.len()));
        line(&self.header) + &rule + &self.rows.iter().map(line).collect::<String>()
    }

    /// A cell for each column.
    pub(super) fn cells<'r>(&'r self, row: &'r [String]) -> impl Iterator<Item = &'r str> {
        (0..self.header.len()).map(|at| row.get(at).map_or("", String::as_str))
    }
}

fn csv_cell(cell: &str) -> String {
    let cell = one_line(cell);
    let guarded = match cell.starts_with(FORMULAS) && cell.len() > 1 {
        true => format!("'{cell}"),
        false => cell.into_owned(),
    };
    match guarded.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", guarded.replace('"', "\"\"")),
        false => guarded,
    }
}

/// A text in which nothing is markup: names hold `*` and `_`.
fn markdown_cell(cell: &str) -> String {
    let mut shown = String::with_capacity(cell.len());
    for letter in one_line(cell).chars() {
        match letter {
            '<' => shown.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '|' | '[' | ']' | '~' => shown.extend(['\\', letter]),
            letter => shown.push(letter),
        }
    }
    shown
}
