//! The clock of a measurement; on a terminal it says how far a long one is.

use std::io::{IsTerminal, Write};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::bench::Clock;

/// The moment from which the time of measurements counts.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// From this time on it is said how far a measurement is.
const LONG: Duration = Duration::from_secs(1);

/// A clock that draws on standard error, where that is a terminal.
pub(super) struct Stopwatch {
    draws: bool,
    start: Duration,
    /// What was drawn last, in percent.
    drawn: AtomicU32,
}

impl Stopwatch {
    pub(super) fn new() -> Self {
        let draws = std::io::stderr().is_terminal();
        Self { draws, start: START.elapsed(), drawn: AtomicU32::new(0) }
    }

    fn draw(text: &str) {
        let mut err = std::io::stderr().lock();
        // Whoever closed standard error misses nothing.
        let _ = write!(err, "\r\x1b[K{text}").and_then(|()| err.flush());
    }
}

impl Clock for Stopwatch {
    fn now(&self) -> Duration {
        START.elapsed()
    }

    fn done(&self, share: f64) {
        let percent = (share * 100.0) as u32;
        if self.draws
            && self.now() - self.start > LONG
            && self.drawn.swap(percent, Ordering::Relaxed) != percent
        {
            Self::draw(&format!("measuring: {percent} %"));
        }
    }
}

impl Drop for Stopwatch {
    fn drop(&mut self) {
        if self.drawn.load(Ordering::Relaxed) > 0 {
            Self::draw("");
        }
    }
}
