//! How far something is that takes a while.

use std::io::{IsTerminal, Write};

/// How far it is, where a terminal shows it.
pub(super) struct Progress {
    count: usize,
    what: &'static str,
    shown: bool,
}

impl Progress {
    /// The progress through so many things of a kind.
    pub(super) fn new(count: usize, what: &'static str) -> Self {
        Self { count, what, shown: std::io::stderr().is_terminal() && count > 1 }
    }

    pub(super) fn show(&self, done: usize) {
        self.write(&format!("\r{done} of {} {}", self.count, self.what));
    }

    /// Takes it off the screen.
    pub(super) fn clear(&self) {
        self.write("\r\x1b[K");
    }

    fn write(&self, text: &str) {
        if self.shown {
            // Nothing depends on it.
            let _ = std::io::stderr().write_all(text.as_bytes());
        }
    }
}
