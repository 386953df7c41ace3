//! How far a run is.

use std::io::{IsTerminal, Write};

/// How far the run is, where a terminal shows it.
pub(super) struct Progress {
    count: usize,
    shown: bool,
}

impl Progress {
    /// The progress through so many scripts.
    pub(super) fn new(count: usize) -> Self {
        Self { count, shown: std::io::stderr().is_terminal() && count > 1 }
    }

    pub(super) fn show(&self, done: usize) {
        self.write(&format!("\r{done} of {} scripts", self.count));
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
