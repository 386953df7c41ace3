//! How far something is that takes a while.

use std::io::{IsTerminal, Write};

/// A line of standard error that is written over, where a terminal shows it.
pub(super) struct StatusLine {
    is_shown: bool,
}

impl StatusLine {
    pub(super) fn new() -> Self {
        Self { is_shown: std::io::stderr().is_terminal() }
    }

    pub(super) fn show(&self, text: &str) {
        self.write(&format!("\r{text}"));
    }

    /// Takes it off the screen.
    pub(super) fn clear(&self) {
        self.write("\r\x1b[K");
    }

    fn write(&self, text: &str) {
        if self.is_shown {
            // Nothing depends on it.
            let _ = std::io::stderr().write_all(text.as_bytes());
        }
    }
}

/// Shows how many outputs of a folder are read.
pub(super) fn of_outputs(line: &StatusLine) -> impl Fn(usize, usize) + '_ {
    |done, count| match count {
        0 | 1 => {}
        _ => line.show(&format!("{done} of {count} outputs")),
    }
}

/// How far it is through so many things, shown where there are several.
pub(super) struct Progress {
    count: usize,
    what: &'static str,
    line: Option<StatusLine>,
}

impl Progress {
    /// The progress through so many things of a kind.
    pub(super) fn new(count: usize, what: &'static str) -> Self {
        Self { count, what, line: (count > 1).then(StatusLine::new) }
    }

    pub(super) fn show(&self, done: usize) {
        if let Some(line) = &self.line {
            line.show(&format!("{done} of {} {}", self.count, self.what));
        }
    }

    /// Takes it off the screen.
    pub(super) fn clear(&self) {
        self.line.iter().for_each(StatusLine::clear);
    }
}
