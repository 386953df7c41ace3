//! Which forms of output which command has.

use super::arguments::{FormatName, Task};
use crate::source::Diagnostic;

/// What is wrong where a command has no output of a form.
pub(super) fn wrong_form(format: Option<FormatName>, task: Option<&Task>) -> Option<Diagnostic> {
    use FormatName as F;
    let (is_there, what) = match format? {
        F::Text | F::Plain | F::Json => return None,
        F::Sarif | F::Github => {
            (matches!(task, Some(Task::Lint(_))), "`--format sarif` and `--format github` are for `lint`")
        }
        F::Dot | F::Mermaid => (
            matches!(task, None | Some(Task::Paths(_))),
            "`--format dot` and `--format mermaid` are for `paths`",
        ),
        F::Csv | F::Markdown => (has_tables(task), TABLES),
    };
    (!is_there).then(|| Diagnostic::error("wrong-format", what))
}

const TABLES: &str = "`--format csv` and `--format markdown` are for `who-can`, `what-can`, `paths`, `matrix`, `diff` and `check`";

/// Whether a command answers with rows and columns; of statements that are typed nobody knows.
fn has_tables(task: Option<&Task>) -> bool {
    use Task as T;
    let has = |task: &Task| {
        matches!(task, T::WhoCan(_) | T::WhatCan(_) | T::Paths(_) | T::Matrix(_) | T::Diff(_) | T::Check(_))
    };
    task.is_none_or(has)
}
