//! Cells side by side.

use super::wrap::width;

/// The blanks between two columns.
pub const GAP: &str = "  ";

/// On which side of its column a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// As words do.
    Left,
    /// As numbers do.
    Right,
}

/// A line of cells, each with the width of its column.
pub fn side_by_side<T: AsRef<str>>(cells: impl IntoIterator<Item = (T, usize, Align)>) -> String {
    let mut line = String::new();
    for (number, (cell, wide, align)) in cells.into_iter().enumerate() {
        let cell = cell.as_ref();
        let blank = " ".repeat(wide.saturating_sub(width(cell)));
        let (before, behind) = if align == Align::Left { ("", &*blank) } else { (&*blank, "") };
        line.extend([if number == 0 { "" } else { GAP }, before, cell, behind]);
    }
    line.truncate(line.trim_end().len());
    line
}
