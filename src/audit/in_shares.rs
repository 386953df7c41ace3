//! Many questions, shared out among the processors.

use std::thread;

use crate::world::WorldError;

/// What is found of each of many, in their order: each thread has a share of them.
///
/// # Errors
/// Where one cannot be asked about: the first such error.
pub(super) fn of_each<O: Sync, T: Send>(
    many: &[O],
    find: impl Fn(&O) -> Result<Option<T>, WorldError> + Sync,
) -> Result<Vec<T>, WorldError> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = many.len().div_ceil(threads).max(1);
    let find = &find;
    let of_share = move |share: &[O]| {
        share.iter().filter_map(|one| find(one).transpose()).collect::<Result<Vec<_>, _>>()
    };
    thread::scope(|scope| {
        let mut shares = many.chunks(share);
        let first = shares.next().unwrap_or_default();
        let workers: Vec<_> = shares.map(|share| scope.spawn(move || of_share(share))).collect();
        let mut found = of_share(first)?;
        for worker in workers {
            found.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(found)
    })
}
