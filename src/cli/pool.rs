//! Work in parallel, with the results in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// The stack of a worker: as large as the main thread's usually is.
const STACK: usize = 8 << 20;

/// Whether there is any use in the results that are still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    GoOn,
    Stop,
}

/// Does the work of every number below `count`, `jobs` at a time, and hands the results on in order.
pub(super) fn in_parallel<T: Send>(
    jobs: usize,
    count: usize,
    work: impl Fn(usize) -> T + Sync,
    mut done: impl FnMut(usize, T) -> Then,
) {
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let take = || match stopped.load(Ordering::Relaxed) {
        true => None,
        false => Some(next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < count),
    };
    let (sender, results) = mpsc::channel();
    thread::scope(|scope| {
        let mut workers = 0;
        for _ in 0..jobs.min(count) {
            let (sender, take, work) = (sender.clone(), &take, &work);
            let body = move || {
                while let Some(number) = take() {
                    if sender.send((number, work(number))).is_err() {
                        return;
                    }
                }
            };
            workers +=
                usize::from(thread::Builder::new().stack_size(STACK).spawn_scoped(scope, body).is_ok());
        }
        if workers == 0 {
            // No thread could be had: the work is done here.
            std::iter::from_fn(take).for_each(|number| drop(sender.send((number, work(number)))));
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut wanted = 0;
        for (number, result) in results {
            early.insert(number, result);
            while let Some(result) = early.remove(&wanted) {
                if !stopped.load(Ordering::Relaxed) && done(wanted, result) == Then::Stop {
                    stopped.store(true, Ordering::Relaxed);
                }
                wanted += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_the_number_of_workers() {
        for jobs in [1, 2, 7, 100] {
            let mut found = Vec::new();
            in_parallel(
                jobs,
                50,
                |number| number * 2,
                |number, result| {
                    found.push((number, result));
                    Then::GoOn
                },
            );
            assert_eq!(found, (0..50).map(|number| (number, number * 2)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_is_handed_on_after_a_stop() {
        let mut found = Vec::new();
        in_parallel(
            3,
            50,
            |number| number,
            |number, _| {
                found.push(number);
                if number == 4 { Then::Stop } else { Then::GoOn }
            },
        );
        assert_eq!(found, [0, 1, 2, 3, 4]);
    }
}
