//! A stream of tables, decided as it is read.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};

use super::requests::{RequestTable, answers_of};
use super::table::decide;
use super::task::DecideTask;
use crate::source::Diagnostic;

/// The answers to a stream of requests.
pub(crate) struct DecidedReader {
    task: DecideTask,
    requests: RecordBatchStreamReader,
    schema: SchemaRef,
}

impl DecidedReader {
    pub(crate) fn new(task: DecideTask, requests: RecordBatchStreamReader) -> Result<Self, Diagnostic> {
        let given = requests.schema();
        // What is no table of requests is refused before anything is read.
        RequestTable::of(&RecordBatch::new_empty(Arc::clone(&given)))?;
        let schema = Arc::new(answers_of(&given, task.because));
        Ok(Self { task, requests, schema })
    }

    fn decided(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        // Whoever reads is C, through which nothing may unwind.
        let decided = catch_unwind(AssertUnwindSafe(|| decide(&self.task, batch)));
        let decided =
            decided.map_err(|panic| ArrowError::ComputeError(format!("panic: {}", words(&*panic))))?;
        decided.map_err(|wrong| ArrowError::InvalidArgumentError(wrong.to_string()))
    }
}

impl Iterator for DecidedReader {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.requests.next()?;
        Some(batch.and_then(|batch| self.decided(&batch)))
    }
}

impl RecordBatchReader for DecidedReader {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("a mistake in iamwhy")
}
