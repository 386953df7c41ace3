//! A table decided, in parts by several threads.

use std::ops::Range;
use std::sync::Arc;
use std::thread;

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;

use super::answers::{AnswerTable, RowAnswers};
use super::requests::{RequestTable, answers_of};
use super::rows::Rows;
use super::task::DecideTask;
use crate::source::Diagnostic;

/// Below this many rows another thread costs more than it saves.
const WORTH_A_THREAD: usize = 512;

/// Decides each row.
pub(crate) fn decide(task: &DecideTask, batch: &RecordBatch) -> Result<RecordBatch, Diagnostic> {
    let requests = RequestTable::of(batch)?;
    let parts = decide_parts(task, &requests);
    let schema = Arc::new(answers_of(batch.schema_ref(), task.because));
    let table = AnswerTable { id: requests.id, parts }.batch(schema, requests.rows);
    table.map_err(|wrong: ArrowError| Diagnostic::error("bad-table", wrong.to_string()))
}

fn decide_parts(task: &DecideTask, requests: &RequestTable) -> Vec<RowAnswers> {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let threads = if task.threads == 0 { cores() } else { task.threads };
    let parts = threads.min(requests.rows.div_ceil(WORTH_A_THREAD)).max(1);
    let size = requests.rows.div_ceil(parts);
    let range = |part: usize| requests.rows.min(part * size)..requests.rows.min((part + 1) * size);
    let work = |range: Range<usize>| Rows::new(task, requests).decide(range);
    thread::scope(|scope| {
        let others: Vec<_> = (1..parts).map(|part| scope.spawn(move || work(range(part)))).collect();
        let own = work(range(0));
        let joined = others
            .into_iter()
            .map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        std::iter::once(own).chain(joined).collect()
    })
}
