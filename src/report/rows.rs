//! Rows and columns for whoever goes on working with an answer: CSV for spreadsheets, Markdown for pull requests.

use std::borrow::Cow;

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
    pub rows: Vec<Vec<Cow<'static, str>>>,
}

impl ReportRows {
    /// With these columns.
    pub(super) fn new<const N: usize>(
        header: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) -> Self {
        Self::of_texts(header.map(str::to_owned).to_vec(), rows)
    }

    /// With these columns, and these texts in the rows.
    pub fn of_texts(header: Vec<String>, rows: impl IntoIterator<Item: IntoIterator<Item = String>>) -> Self {
        let rows = rows.into_iter().map(|row| row.into_iter().map(Cow::Owned).collect());
        Self { header, rows: rows.collect() }
    }

    /// A row for each entry, a column for each label of them; what has no label belongs to the cell before it.
    pub(super) fn of_entries(entries: &[ToldEntry]) -> Self {
        let mut all = Self { header: vec![WHAT.to_owned()], rows: Vec::new() };
        for entry in entries {
            let mut row: Vec<Cow<'static, str>> = vec![entry.head.clone().into()];
            let mut at = 0;
            for (label, text) in &entry.rows {
                at = if label.is_empty() { at } else { all.column(label) };
                row.resize(row.len().max(at + 1), Cow::default());
                let before = if row[at].is_empty() { "" } else { "; " };
                row[at].to_mut().extend([before, text]);
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
        let mut written = String::new();
        push_csv_line(&mut written, self.header.iter().map(String::as_str));
        self.rows.iter().for_each(|row| push_csv_line(&mut written, self.cells(row)));
        written
    }

    fn markdown(&self) -> String {
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let header = line(self.header.iter().map(|title| markdown_cell(title)).collect());
        let rule = format!("|{}\n", " --- |".repeat(self.header.len()));
        let rows = self.rows.iter().map(|row| line(self.cells(row).map(markdown_cell).collect()));
        header + &rule + &rows.collect::<String>()
    }

    /// A cell for each column.
    pub(super) fn cells<'r>(&'r self, row: &'r [Cow<'static, str>]) -> impl Iterator<Item = &'r str> {
        (0..self.header.len()).map(|at| row.get(at).map_or("", AsRef::as_ref))
    }
}

/// Into one text: a matrix has millions of cells.
fn push_csv_line<'r>(written: &mut String, cells: impl Iterator<Item = &'r str>) {
    for (at, cell) in cells.enumerate() {
        written.push_str(if at == 0 { "" } else { "," });
        push_csv_cell(written, &one_line(cell));
    }
    written.push('\n');
}

fn push_csv_cell(written: &mut String, cell: &str) {
    let guard = if cell.starts_with(FORMULAS) && cell.len() > 1 { "'" } else { "" };
    if cell.contains([',', '"', '\n', '\r']) {
        written.extend(["\"", guard, &cell.replace('"', "\"\""), "\""]);
    } else {
        written.extend([guard, cell]);
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
