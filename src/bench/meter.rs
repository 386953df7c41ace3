//! Measuring: batches long enough for the clock, in rounds.

use std::hint::black_box;
use std::time::Duration;

use super::figures::Figures;

/// What tells the time.
pub trait Clock: Sync {
    /// The time since some moment that stays the same.
    fn now(&self) -> Duration;

    /// Is told which share of the work is done, between what is measured.
    fn done(&self, _share: f64) {}
}

impl<F: Fn() -> Duration + Sync> Clock for F {
    fn now(&self) -> Duration {
        self()
    }
}

/// The shortest batch that is meant: a pair of clock readings costs about as much as a decision, and half a percent
/// of this.
const LEAST_BATCH: Duration = Duration::from_micros(10);

/// What a batch is made for, so that a faster moment still makes one that is long enough.
const MEANT_BATCH: Duration = Duration::from_nanos(12_500);

/// How many times longer than nothing a batch may get before the clock is taken to stand still.
const MOST_REPEATS: u64 = 1 << 22;

/// Batches of a round at most; with more time they get longer instead.
const MOST_BATCHES: u64 = 2_000;

/// Rounds at least, whatever the time.
const LEAST_ROUNDS: usize = 3;

/// Batches that are made to find the size of one, and not counted.
const TRIALS: u64 = 4;

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeterPlan {
    /// How long all of it should take, about.
    pub time: Duration,
    /// How many rounds go through everything, if there is time; what disturbs the machine for a while disturbs all
    /// alike.
    pub rounds: usize,
    /// How many threads decide at once in the comparison with one.
    pub threads: usize,
}

impl Default for MeterPlan {
    fn default() -> Self {
        Self { time: Duration::from_secs(3), rounds: 12, threads: 1 }
    }
}

impl MeterPlan {
    /// The rounds that there is time for, a batch of each meter in each.
    fn rounds_in(&self, time: Duration, meters: usize) -> usize {
        let batches = time.as_nanos() / (MEANT_BATCH.as_nanos() * meters.max(1) as u128);
        let most = self.rounds.max(1);
        (batches as usize).saturating_sub(TRIALS as usize).clamp(LEAST_ROUNDS.min(most), most)
    }

    /// How long all rounds through so many meters take at least.
    pub(super) fn least_time(&self, meters: usize) -> Duration {
        MEANT_BATCH * ((self.rounds + TRIALS as usize) * meters) as u32
    }
}

pub(super) struct Meter<'a> {
    repeat: Box<dyn FnMut(u64) + 'a>,
    /// How many times a batch does it.
    batch: u64,
    batches: u64,
    shortest: Duration,
    /// Nanoseconds for once, batch by batch.
    rounds: Vec<Vec<f64>>,
}

impl<'a> Meter<'a> {
    pub(super) fn new<T>(mut work: impl FnMut() -> T + 'a) -> Self {
        let repeat = move |times| {
            for _ in 0..times {
                black_box(work());
            }
        };
        Self { repeat: Box::new(repeat), batch: 1, batches: 1, shortest: Duration::MAX, rounds: Vec::new() }
    }

    /// Finds the size of a batch when the code is warm, and how many batches a round of this time has.
    fn fit(&mut self, clock: &dyn Clock, round: Duration) {
        while self.time(clock) < LEAST_BATCH && self.batch < MOST_REPEATS {
            self.batch *= 2;
        }
        let fastest = (1..TRIALS).map(|_| self.time(clock)).min().unwrap_or_default();
        if fastest.is_zero() {
            return; // the clock stands still
        }
        let once = fastest.as_nanos() as f64 / self.batch as f64;
        let times = |time: Duration| (time.as_nanos() as f64 / once) as u64;
        self.batch = (times(MEANT_BATCH) + 1).max(times(round) / MOST_BATCHES).min(MOST_REPEATS);
        self.batches = (times(round) / self.batch).clamp(1, MOST_BATCHES);
    }

    fn time(&mut self, clock: &dyn Clock) -> Duration {
        let start = clock.now();
        (self.repeat)(self.batch);
        clock.now().saturating_sub(start)
    }

    /// Measures one round, after a moment to get warm again; of so large a part of the batches.
    fn round(&mut self, clock: &dyn Clock, part: f64) {
        (self.repeat)(self.batch / 8);
        let batches = ((self.batches as f64 * part) as u64).max(1);
        let mut times = self.times(clock, batches);
        let shortest = |times: &[Duration]| times.iter().min().copied().unwrap_or_default();
        let too_short = shortest(&times);
        if too_short < LEAST_BATCH && !too_short.is_zero() {
            let longer = self.batch * MEANT_BATCH.as_nanos() as u64 / too_short.as_nanos() as u64 + 1;
            self.batch = longer.min(MOST_REPEATS);
            times = self.times(clock, batches);
        }
        self.shortest = self.shortest.min(shortest(&times));
        let once = |time: &Duration| time.as_nanos() as f64 / self.batch as f64;
        self.rounds.push(times.iter().map(once).collect());
    }

    fn times(&mut self, clock: &dyn Clock, batches: u64) -> Vec<Duration> {
        (0..batches).map(|_| self.time(clock)).collect()
    }

    pub(super) fn rounds(&self) -> usize {
        self.rounds.len()
    }

    pub(super) fn figures(&self) -> Figures {
        Figures::of(&self.rounds, self.batch)
    }
}

/// Measures all of them, round by round; gives the shortest batch that there was.
pub(super) fn run(meters: &mut [Meter<'_>], plan: &MeterPlan, time: Duration, clock: &dyn Clock) -> Duration {
    let end = clock.now() + time;
    let rounds = plan.rounds_in(time, meters.len());
    let steps = (meters.len() * (rounds + 1)).max(1) as f64;
    let mut step = 0.0;
    let mut stepped = || {
        step += 1.0;
        clock.done(step / steps);
    };
    let share = time / meters.len().max(1) as u32;
    let round = share.saturating_sub(MEANT_BATCH * TRIALS as u32) / rounds as u32;
    for meter in &mut *meters {
        meter.fit(clock, round);
        stepped();
    }
    let mut pace = Pace { part: 1.0, start: clock.now() };
    for number in 0..rounds {
        for meter in &mut *meters {
            at_depth(number, &mut || meter.round(clock, pace.part));
            stepped();
        }
        pace.adapt(clock.now(), end, rounds - number - 1);
    }
    meters.iter().map(|meter| meter.shortest).min().unwrap_or_default()
}

/// How many of the batches are made, so that a busy machine takes no longer either.
struct Pace {
    part: f64,
    start: Duration,
}

impl Pace {
    /// After a round: what is left of the time is for the other rounds.
    fn adapt(&mut self, now: Duration, end: Duration, rounds: usize) {
        let whole = (now - self.start).as_secs_f64() / self.part;
        let left = end.saturating_sub(now).as_secs_f64() / rounds.max(1) as f64;
        self.part = (left / whole.max(f64::MIN_POSITIVE)).clamp(0.01, 1.0);
        self.start = now;
    }
}

/// Does something with that much more on the stack: where data lies changes what it costs, and should not be what
/// tells two runs apart.
#[inline(never)]
fn at_depth(depth: usize, work: &mut dyn FnMut()) {
    let below = black_box([depth; 30]);
    match depth {
        0 => work(),
        _ => at_depth(depth - 1, work),
    }
    black_box(&below);
}
