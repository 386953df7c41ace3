//! What is wrong, as an exception with its place.

use pyo3::create_exception;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

use crate::report::{Format, Style};
use crate::session::Outcome;
use crate::source::{Diagnostic, Severity};
use crate::tools::ToolRefusal;

create_exception!(
    iamwhy,
    Error,
    PyException,
    "What is wrong with a text or a question: `code`, `message`, `help`, `file`, `line`, `column`, `token`."
);

/// The exception that a refusal is.
pub(super) fn of_outcome(py: Python<'_>, refused: &Outcome) -> PyErr {
    let text = refused.render(&Style::of(Format::Plain));
    let first = refused.diagnostics().find(|found| found.severity == Severity::Error);
    made(py, text.trim_end(), first.or_else(|| refused.diagnostics().next()))
}

/// The exception that messages about a text are.
pub(super) fn of_messages(py: Python<'_>, wrong: Vec<Diagnostic>) -> PyErr {
    of_outcome(py, &Outcome::refused(wrong))
}

/// The exception that the refusal of a tool is.
pub(super) fn of_refusal(py: Python<'_>, refusal: &ToolRefusal) -> PyErr {
    match refusal {
        ToolRefusal::Argument(wrong) => {
            of_messages(py, vec![Diagnostic::error("bad-argument", wrong.as_str())])
        }
        ToolRefusal::Statement(refused) => of_outcome(py, refused),
    }
}

fn made(py: Python<'_>, text: &str, about: Option<&Diagnostic>) -> PyErr {
    let error = Error::new_err(text.to_owned());
    match describe(error.value(py), about, text) {
        Ok(()) => error,
        Err(other) => other,
    }
}

/// Puts what a program asks for beside the text.
fn describe(error: &Bound<'_, PyAny>, about: Option<&Diagnostic>, text: &str) -> PyResult<()> {
    let place = about.and_then(|about| about.labels.first()).map(|label| &label.place);
    let at = place.map(|place| place.line_column());
    error.setattr("code", about.map(|about| about.code))?;
    error.setattr("message", about.map_or(text, |about| &about.message))?;
    error.setattr("help", about.and_then(|about| about.help.as_deref()))?;
    error.setattr("file", place.map(|place| place.source.name()))?;
    error.setattr("line", at.map(|at| at.line))?;
    error.setattr("column", at.map(|at| at.column))?;
    error.setattr("token", place.map(|place| place.text()))
}
