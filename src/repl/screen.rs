//! How a text that is being typed lies on the screen.

use std::borrow::Cow;

use crate::layout::ascii;

/// How far a tab goes.
pub(super) const TAB_STOP: usize = 4;

/// The width of the screen, and how much of it the prompt takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Screen {
    /// How many columns it has.
    pub(super) columns: usize,
    /// How many rows it has.
    pub(super) rows: usize,
    /// How many of the columns the prompt takes.
    pub(super) prompt: usize,
    /// Whether it shows ASCII only.
    pub(super) is_ascii: bool,
}

impl Screen {
    /// The screen as large as it is now, where that can be told.
    pub(super) fn now(self) -> Self {
        match terminal_size::terminal_size_of(std::io::stdout()) {
            Some((width, height)) => Self { columns: width.0.into(), rows: height.0.into(), ..self },
            None => self,
        }
    }

    /// A text as it is shown within a number of columns.
    pub(super) fn cut(self, text: &str, columns: usize) -> String {
        let (text, more) = match self.is_ascii {
            true => (ascii(text), "..."),
            false => (Cow::Borrowed(text), "…"),
        };
        if text.chars().count() < columns {
            return text.into_owned();
        }
        let room = columns.saturating_sub(1 + more.chars().count());
        text.chars().take(room).chain(more.chars()).collect()
    }

    /// How many rows a text has beyond the first.
    pub(super) fn rows_below(self, text: &str) -> usize {
        self.end(text).0
    }

    /// How many columns are left behind a text.
    pub(super) fn left(self, text: &str) -> usize {
        self.columns.saturating_sub(self.end(text).1)
    }

    /// The row and column, from 0, in which a text ends; counted as the line editor does (rustyline 19).
    fn end(self, text: &str) -> (usize, usize) {
        let columns = self.columns.max(1);
        let (mut row, mut column) = (self.prompt / columns, self.prompt % columns);
        for c in text.chars() {
            let width = if c == '\t' { TAB_STOP - column % TAB_STOP } else { 1 };
            (row, column) = match c {
                '\n' => (row + 1, 0),
                _ if column + width > columns => (row + 1, width),
                _ => (row, column + width),
            };
        }
        if column == columns { (row + 1, 0) } else { (row, column) }
    }
}

impl Default for Screen {
    fn default() -> Self {
        Self { columns: 80, rows: usize::MAX, prompt: 0, is_ascii: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_with_the_signs_that_the_screen_has() {
        let screen = Screen { is_ascii: true, ..Screen::default() };
        assert_eq!(screen.cut("a → b", 7), "a -> b");
        assert_eq!(
            (screen.cut("abcdefgh", 8), Screen::default().cut("abcdefgh", 8)),
            ("abcd...".into(), "abcdef…".into())
        );
    }

    #[test]
    fn rows_are_counted_as_they_are_drawn() {
        let screen = Screen { columns: 10, prompt: 4, ..Screen::default() };
        assert_eq!((screen.rows_below("12345"), screen.left("12345")), (0, 1));
        assert_eq!((screen.rows_below("123456"), screen.left("123456")), (1, 10));
        assert_eq!((screen.rows_below("a\n\tb"), screen.left("a\n\tb")), (1, 5));
    }
}
