//! Tables that fit a width.

use super::words::clipped;
use crate::layout::{Align, GAP, fill, side_by_side};
use crate::source::one_line;

/// The narrowest that names get before a column goes.
const LEAST_NAME: usize = 24;

/// A column: its title, and how soon it goes where there is no room: the highest first, 0 never.
pub(super) type Column = (&'static str, u8);

/// Rows of cells. The first column holds names, which are clipped where that is not enough.
pub(super) struct TextTable {
    columns: Vec<Column>,
    /// How many columns hold words; the others hold numbers.
    words: usize,
    rows: Vec<Vec<String>>,
}

impl TextTable {
    pub(super) fn new(columns: &[Column], words: usize) -> Self {
        Self { columns: columns.to_vec(), words, rows: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells.iter().map(|cell| one_line(cell).into_owned()).collect());
    }

    /// Writes it; gives the titles of the columns that there is room for.
    pub(super) fn write(&self, width: usize, out: &mut String) -> Vec<&'static str> {
        let mut lengths: Vec<usize> = (0..self.columns.len()).map(|column| self.length(column)).collect();
        let shown = self.shown(width, &lengths);
        let others: usize = shown.iter().skip(1).map(|column| 2 + lengths[*column]).sum();
        lengths[0] = lengths[0].min(width.saturating_sub(2 + others).max(LEAST_NAME / 2));
        let title = |column: usize| self.columns[column].0;
        self.line(&shown, &lengths, title, out);
        for row in &self.rows {
            self.line(&shown, &lengths, |column| row.get(column).map_or("", String::as_str), out);
        }
        let gone: Vec<&str> = (0..self.columns.len()).filter(|c| !shown.contains(c)).map(title).collect();
        if !gone.is_empty() {
            wrapped(&format!("  (no room for {})", gone.join(", ")), width, "   ", out);
        }
        shown.into_iter().map(title).collect()
    }

    fn shown(&self, width: usize, lengths: &[usize]) -> Vec<usize> {
        let mut shown: Vec<usize> = (0..self.columns.len()).collect();
        let length =
            |column: &usize| if *column == 0 { lengths[0].min(LEAST_NAME) } else { lengths[*column] };
        while shown.iter().map(|column| 2 + length(column)).sum::<usize>() > width {
            let soonest = shown.iter().copied().max_by_key(|column| self.columns[*column].1);
            match soonest.filter(|column| self.columns[*column].1 > 0) {
                Some(gone) => shown.retain(|column| *column != gone),
                None => break,
            }
        }
        shown
    }

    /// How wide it is when all columns stay.
    pub(super) fn least_width(&self) -> usize {
        let others = (1..self.columns.len()).map(|column| 2 + self.length(column)).sum::<usize>();
        2 + self.length(0).min(LEAST_NAME) + others
    }

    fn length(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.max().unwrap_or_default().max(self.columns[column].0.chars().count())
    }

    fn line<'c>(
        &self,
        shown: &[usize],
        lengths: &[usize],
        cell: impl Fn(usize) -> &'c str,
        out: &mut String,
    ) {
        let cells = shown.iter().map(|column| match *column {
            0 => (clipped(cell(0), lengths[0]), lengths[0], Align::Left),
            column if column < self.words => (cell(column).to_owned(), lengths[column], Align::Left),
            column => (cell(column).to_owned(), lengths[column], Align::Right),
        });
        out.push_str(format!("{GAP}{}", side_by_side(cells)).trim_end());
        out.push('\n');
    }
}

/// A text in lines of that width, each after the first indented.
pub(super) fn wrapped(text: &str, width: usize, indent: &str, out: &mut String) {
    let words = text.trim_start();
    let lines = fill(words, width, &text[..text.len() - words.len()], indent);
    out.push_str(&(lines.join("\n") + "\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_goes_in_its_order_and_names_last() {
        let mut table = TextTable::new(&[("request", 0), ("p50", 0), ("batch", 1), ("distribution", 2)], 1);
        let row = ["managed100 [ReadOnly] s3:GetObject #4", "31.0 ns", "640", "▁▂▃▄▅▆▇█▁▂▃▄▅▆▇█"];
        table.row(row.map(str::to_owned).to_vec());
        for (width, gone) in [
            (80, None),
            (58, Some("(no room for distribution)")),
            (36, Some("(no room for batch, distribution)")),
        ] {
            let mut out = String::new();
            table.write(width, &mut out);
            assert!(out.lines().all(|line| line.chars().count() <= width), "{out}");
            assert_eq!(out.lines().nth(2).map(str::trim), gone, "{out}");
        }
    }
}
