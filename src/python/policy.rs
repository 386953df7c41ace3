//! Policies.

use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use super::error::of_messages;
use crate::catalog::Catalog;
use crate::lint::{LintOptions, LintedFile, lint};
use crate::policy::PolicyType;
use crate::session::{Outcome, Part, documents};
use crate::source::Source;
use crate::tools::ToolAnswer;
use crate::world::{GivenPolicies, NamedDocument};

/// A policy that has been read; `iamwhy.Policy` is made of it.
#[pyclass(frozen, module = "iamwhy._native")]
#[derive(Debug)]
pub struct NativePolicy {
    source: Arc<Source>,
    kind: PolicyType,
    documents: Vec<NamedDocument>,
}

#[pymethods]
impl NativePolicy {
    /// A policy from its text; `name` is what answers call it.
    #[new]
    fn new(py: Python<'_>, text: &str, kind: &str, name: &str) -> PyResult<Self> {
        let (source, kind) = (Source::new(name, text), kind_of(kind)?);
        let read = documents(&source, kind).map_err(|wrong| of_messages(py, wrong))?;
        Ok(Self { source, kind, documents: read.0 })
    }

    /// What is wrong with a text, or probably not meant: for people, and as JSON.
    #[staticmethod]
    #[pyo3(signature = (text, name, kind=None))]
    fn lint(py: Python<'_>, text: &str, name: &str, kind: Option<&str>) -> PyResult<(String, String)> {
        let kind = kind.map(kind_of).transpose()?;
        let source = Source::new(name, text);
        let answer = py.detach(|| linted(&source, kind));
        Ok((answer.text, answer.data.to_string()))
    }

    #[getter]
    fn text(&self) -> &str {
        self.source.text()
    }

    #[getter]
    fn name(&self) -> &str {
        self.source.name()
    }

    #[getter]
    fn kind(&self) -> &'static str {
        self.kind.word()
    }
}

fn linted(source: &Arc<Source>, kind: Option<PolicyType>) -> ToolAnswer {
    let catalog = Catalog::in_use();
    let options = LintOptions { kind, ..LintOptions::default() };
    let file = LintedFile { name: source.name().to_owned(), policies: lint(source, catalog, &options) };
    ToolAnswer::of(&Outcome::of(Part::Lint(vec![file], catalog.date().to_owned())))
}

fn kind_of(word: &str) -> PyResult<PolicyType> {
    PolicyType::parse(word).ok_or_else(|| {
        let words = PolicyType::WORDS.map(|(word, _)| word).join(", ");
        PyValueError::new_err(format!("`{word}` is no type of policy: the types are {words}"))
    })
}

/// Policies in place of the world's, each on the layer of its type; several SCPs or RCPs stand on one level.
pub(super) fn given(policies: &[Py<NativePolicy>]) -> GivenPolicies {
    let mut given = GivenPolicies::default();
    for policy in policies.iter().map(Py::get) {
        let documents = policy.documents.iter().cloned();
        match policy.kind {
            PolicyType::IdentityBased => given.identity.get_or_insert_default().extend(documents),
            PolicyType::PermissionsBoundary => {
                given.permissions_boundary.get_or_insert_default().extend(documents);
            }
            PolicyType::Session | PolicyType::Task => given.session.get_or_insert_default().extend(documents),
            PolicyType::VpcEndpoint => given.vpc_endpoint.get_or_insert_default().extend(documents),
            PolicyType::ServiceControl => on_one_level(&mut given.scp).extend(documents),
            PolicyType::ResourceControl => on_one_level(&mut given.rcp).extend(documents),
            PolicyType::ResourceBased | PolicyType::Trust | PolicyType::Key => {
                given.resource = policy.documents.last().cloned();
            }
        }
    }
    given.assume_full_access();
    given
}

fn on_one_level(levels: &mut Option<Vec<Vec<NamedDocument>>>) -> &mut Vec<NamedDocument> {
    let levels = levels.get_or_insert_default();
    if levels.is_empty() {
        levels.push(Vec::new());
    }
    &mut levels[0]
}
