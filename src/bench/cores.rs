//! How much more several threads decide than one.

use std::hint::black_box;
use std::thread;
use std::time::Duration;

use super::meter::Clock;
use super::report::CoresReport;
use crate::eval::authorize;
use crate::world::Prepared;

/// How many decisions are made between two looks at the clock.
const BETWEEN_LOOKS: usize = 1024;

/// After how many looks a clock that stands still is given up.
const MOST_LOOKS: u64 = 1 << 20;

/// How often one thread and all of them take turns. The best of each counts: other programs only take away.
const TURNS: u32 = 5;

/// Decides all requests in turn for some time, on one thread and on all.
pub(super) fn measure(
    requests: &[Prepared<'_>],
    threads: usize,
    time: Duration,
    clock: &dyn Clock,
) -> Vec<CoresReport> {
    if requests.is_empty() {
        return Vec::new();
    }
    let (mut one, mut all) = (0.0_f64, 0.0_f64);
    let mut threads = threads;
    for _ in 0..TURNS {
        one = one.max(per_second(requests, 1, time / TURNS, clock).0);
        if threads > 1 {
            let (decided, running) = per_second(requests, threads, time / TURNS, clock);
            (all, threads) = (all.max(decided), running);
        }
    }
    let mut reports = vec![CoresReport { threads: 1, per_second: one.round(), gain: 1.0 }];
    if threads > 1 {
        let gain = (all / one.max(1.0) * 100.0).round() / 100.0;
        reports.push(CoresReport { threads, per_second: all.round(), gain });
    }
    reports
}

/// How many are decided, and on how many threads: as many as could be started.
fn per_second(requests: &[Prepared<'_>], threads: usize, time: Duration, clock: &dyn Clock) -> (f64, usize) {
    let start = clock.now();
    let (decided, running) = thread::scope(|scope| {
        let begin = |i| {
            let work = move || decide_until(requests, i, start + time, clock);
            thread::Builder::new().spawn_scoped(scope, work).ok()
        };
        let others: Vec<_> = (1..threads).map_while(begin).collect();
        let (own, running) = (decide_until(requests, 0, start + time, clock), others.len() + 1);
        (own + others.into_iter().map(|thread| thread.join().unwrap_or_default()).sum::<u64>(), running)
    });
    let taken = clock.now().saturating_sub(start).as_secs_f64().max(f64::MIN_POSITIVE);
    (decided as f64 / taken, running)
}

/// Each thread starts at another request.
fn decide_until(requests: &[Prepared<'_>], first: usize, end: Duration, clock: &dyn Clock) -> u64 {
    let mut in_turn = requests.iter().cycle().skip(first % requests.len());
    let mut looks = 0;
    while clock.now() < end && looks < MOST_LOOKS {
        for request in in_turn.by_ref().take(BETWEEN_LOOKS) {
            black_box(authorize(black_box(request), &mut ()));
        }
        looks += 1;
    }
    looks * BETWEEN_LOOKS as u64
}
