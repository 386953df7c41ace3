//! Cells side by side.

use std::borrow::Cow;

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
    painted_side_by_side(cells, |cell| Cow::Borrowed(cell))
}

/// A line of cells, each with the width of its column, drawn in a way that takes no more room.
pub fn painted_side_by_side<T: AsRef<str>>(
    cells: impl IntoIterator<Item = (T, usize, Align)>,
    paint: impl Fn(&str) -> Cow<'_, str>,
) -> String {
    let mut line = String::new();
    for (number, (cell, wide, align)) in cells.into_iter().enumerate() {
        let cell = cell.as_ref();
        let blank = " ".repeat(wide.saturating_sub(width(cell)));
        let (before, behind) = if align == Align::Left { ("", &*blank) } else { (&*blank, "") };
        line.extend([if number == 0 { "" } else { GAP }, before, &paint(cell), behind]);
    }
    line.truncate(line.trim_end().len());
    line
}
