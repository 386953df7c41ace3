//! Worlds, and what is asked in them.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_array::RecordBatchReader;
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_pyarrow::PyArrowType;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde_json::{Map, Value};

use super::decide::{DecideTask, DecidedReader, decide};
use super::error::{of_messages, of_outcome, of_refusal};
use super::policy::{NativePolicy, given};
use crate::commands;
use crate::disk::{Disk, WorldFiles};
use crate::session::{Outcome, Outside, Session};
use crate::source::Source;
use crate::tools::Tool;

/// A world that can be asked; `iamwhy.World` is made of it.
#[pyclass(frozen, module = "iamwhy._native")]
#[derive(Debug)]
pub struct NativeWorld {
    session: Arc<Session>,
}

#[pymethods]
impl NativeWorld {
    /// A world in which nothing is.
    #[new]
    fn new() -> Self {
        commands::session().into()
    }

    /// The world of files and folders: scripts, dumps, outputs of the AWS command line.
    #[staticmethod]
    fn load(py: Python<'_>, paths: Vec<PathBuf>, allow_outside: bool) -> PyResult<Self> {
        let loaded = py.detach(|| {
            read(|files, session| {
                files.allow_outside = allow_outside;
                paths.iter().try_for_each(|path| files.load(session, &path.to_string_lossy()))
            })
        });
        loaded.map_err(|refused| of_outcome(py, &refused))
    }

    /// The world that a script declares. It reads no files.
    #[staticmethod]
    fn from_script(py: Python<'_>, text: &str) -> PyResult<Self> {
        let source = Source::new("<script>", text);
        let declared = py.detach(|| read(|files, session| files.declare(session, &source, &mut ())));
        declared.map_err(|refused| of_outcome(py, &refused))
    }

    /// Calls a tool: its answer for people, and as JSON.
    fn call(
        &self,
        py: Python<'_>,
        tool: &str,
        arguments: &str,
        policies: Vec<Py<NativePolicy>>,
    ) -> PyResult<(String, String)> {
        let tool = Tool::named(tool)
            .ok_or_else(|| PyValueError::new_err(format!("there is no question `{tool}`")))?;
        let arguments: Map<String, Value> =
            serde_json::from_str(arguments).map_err(|wrong| PyValueError::new_err(wrong.to_string()))?;
        let given = (!policies.is_empty()).then(|| given(&policies));
        let answered = py.detach(|| {
            let mut session = Session::clone(&self.session);
            given.into_iter().for_each(|given| session.give(given));
            tool.call(&arguments, &session, &mut Disk)
        });
        let answer = answered.map_err(|refusal| of_refusal(py, &refusal))?;
        Ok((answer.text, answer.data.to_string()))
    }

    /// Decides the requests of a batch, a row each.
    fn decide(
        &self,
        py: Python<'_>,
        batch: PyArrowType<RecordBatch>,
        policies: Vec<Py<NativePolicy>>,
        because: bool,
        threads: usize,
    ) -> PyResult<PyArrowType<RecordBatch>> {
        let task = self.task(&policies, because, threads);
        let decided = py.detach(|| decide(&task, &batch.0));
        decided.map(PyArrowType).map_err(|wrong| of_messages(py, vec![wrong]))
    }

    /// Decides the requests of a stream as it is read, batch by batch.
    fn decide_stream(
        &self,
        py: Python<'_>,
        stream: PyArrowType<RecordBatchStreamReader>,
        policies: Vec<Py<NativePolicy>>,
        because: bool,
        threads: usize,
    ) -> PyResult<PyArrowType<Box<dyn RecordBatchReader + Send>>> {
        let reader = DecidedReader::new(self.task(&policies, because, threads), stream.0);
        let reader = reader.map_err(|wrong| of_messages(py, vec![wrong]))?;
        Ok(PyArrowType(Box::new(reader)))
    }
}

impl NativeWorld {
    fn task(&self, policies: &[Py<NativePolicy>], because: bool, threads: usize) -> DecideTask {
        DecideTask {
            session: Arc::clone(&self.session),
            given: given(policies),
            now: Disk.now(),
            because,
            threads,
        }
    }
}

impl From<Session> for NativeWorld {
    fn from(session: Session) -> Self {
        Self { session: Arc::new(session) }
    }
}

/// A world that is read by nobody who listens.
fn read(
    declare: impl FnOnce(&mut WorldFiles<'_>, &mut Session) -> Result<(), Outcome>,
) -> Result<NativeWorld, Outcome> {
    let mut session = commands::session();
    let mut files = WorldFiles { allow_outside: false, heard: &mut |_| {}, progress: &|_, _| {} };
    declare(&mut files, &mut session)?;
    Ok(session.into())
}
