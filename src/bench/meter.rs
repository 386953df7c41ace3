//! Measuring: batches long enough for the clock, in rounds.

use std::hint::black_box;
use std::time::Duration;

use super::figures::Figures;

/// What tells the time: the time since some moment that stays the same.
pub type Clock<'c> = &'c (dyn Fn() -> Duration + Sync);

/// The shortest batch: a pair of clock readings costs about as much as a decision, and half a percent of this.
pub const LEAST_BATCH: Duration = Duration::from_micros(10);

/// How many times longer than nothing a batch may get before the clock is taken to stand still.
const MOST_REPEATS: u64 = 1 << 22;

/// Batches a round: at least, for a median; at most, for what they tell.
const BATCHES: (usize, usize) = (3, 200);

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How long all of it should take, about.
    pub time: Duration,
    /// How many rounds go through everything; what disturbs the machine for a while disturbs all alike.
    pub rounds: usize,
    /// How many threads decide at once in the comparison with one.
    pub threads: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self { time: Duration::from_secs(3), rounds: 12, threads: 1 }
    }
}

/// Something that is measured.
pub(super) struct Meter<'a> {
    repeat: Box<dyn FnMut(u64) + 'a>,
    /// How many times a batch does it.
    batch: u64,
    /// How many batches a round.
    batches: usize,
    /// Nanoseconds for once, batch by batch.
    rounds: Vec<Vec<f64>>,
}

impl<'a> Meter<'a> {
    /// Measures this.
    pub(super) fn new<T>(mut work: impl FnMut() -> T + 'a) -> Self {
        let repeat = move |times| {
            for _ in 0..times {
                black_box(work());
            }
        };
        Self { repeat: Box::new(repeat), batch: 1, batches: BATCHES.0, rounds: Vec::new() }
    }

    /// Finds the size of a batch, and how many batches of a round take this time.
    pub(super) fn fit(&mut self, clock: Clock<'_>, round: Duration) {
        let mut fastest = self.fastest(clock);
        while fastest < LEAST_BATCH && self.batch < MOST_REPEATS {
            self.batch *= 2;
            fastest = self.fastest(clock);
        }
        self.batch += self.batch / 4; // so that a faster moment still makes a batch long enough
        let batches = round.as_nanos() / fastest.max(LEAST_BATCH).as_nanos();
        self.batches = usize::try_from(batches).unwrap_or(BATCHES.1).clamp(BATCHES.0, BATCHES.1);
    }

    fn fastest(&mut self, clock: Clock<'_>) -> Duration {
        (0..3).map(|_| self.time(clock)).min().unwrap_or_default()
    }

    fn time(&mut self, clock: Clock<'_>) -> Duration {
        let start = clock();
        (self.repeat)(self.batch);
        clock().saturating_sub(start)
    }

    /// Measures one round.
    pub(super) fn round(&mut self, clock: Clock<'_>) {
        let once = |time: Duration, batch: u64| time.as_nanos() as f64 / batch as f64;
        let round = (0..self.batches).map(|_| once(self.time(clock), self.batch)).collect();
        self.rounds.push(round);
    }

    /// What was found.
    pub(super) fn figures(&self) -> Figures {
        Figures::of(&self.rounds, self.batch)
    }
}

/// Measures all of them, round by round.
pub(super) fn run(meters: &mut [Meter<'_>], plan: &Plan, clock: Clock<'_>) {
    let parts = (meters.len().max(1) * plan.rounds.max(1)) as u32;
    for meter in &mut *meters {
        meter.fit(clock, plan.time / parts);
    }
    for _ in 0..plan.rounds.max(1) {
        meters.iter_mut().for_each(|meter| meter.round(clock));
    }
}
