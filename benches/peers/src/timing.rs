//! Medians over batches, taken in turns.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The shortest batch.
const LEAST: Duration = Duration::from_micros(20);

/// How often all take their turn, and how many batches a turn has.
const ROUNDS: usize = 15;
const BATCHES: usize = 11;

/// An engine with its policies and one request.
pub struct Contender<'a> {
    /// The engine.
    pub engine: &'static str,
    /// What it decides.
    pub allows: bool,
    decide: Box<dyn FnMut(u64) + 'a>,
    batch: u64,
}

impl<'a> Contender<'a> {
    /// An engine that decides like this.
    pub fn new(engine: &'static str, mut decide: impl FnMut() -> bool + 'a) -> Self {
        let allows = decide();
        let decide = move |times| {
            for _ in 0..times {
                black_box(decide());
            }
        };
        Self { engine, allows, decide: Box::new(decide), batch: 1 }
    }

    fn time(&mut self) -> Duration {
        let start = Instant::now();
        (self.decide)(self.batch);
        start.elapsed()
    }
}

/// The median of each in nanoseconds, the engines taking turns.
pub fn measure(contenders: &mut [Contender<'_>]) -> Vec<f64> {
    for contender in &mut *contenders {
        while contender.time() < LEAST {
            contender.batch *= 2;
        }
    }
    let mut samples = vec![Vec::new(); contenders.len()];
    for _ in 0..ROUNDS {
        for (contender, samples) in contenders.iter_mut().zip(&mut samples) {
            let once = |time: Duration, batch: u64| time.as_nanos() as f64 / batch as f64;
            samples.extend((0..BATCHES).map(|_| once(contender.time(), contender.batch)));
        }
    }
    samples.into_iter().map(median).collect()
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_unstable_by(f64::total_cmp);
    samples[samples.len() / 2]
}

/// A time in the unit that suits it.
pub fn text(ns: f64) -> String {
    match ns {
        ns if ns < 1e3 => format!("{ns:.0} ns"),
        ns if ns < 1e6 => format!("{:.2} µs", ns / 1e3),
        ns => format!("{:.2} ms", ns / 1e6),
    }
}
