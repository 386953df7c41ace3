//! The annotations of GitHub Actions: workflow commands on standard output.

use super::super::github::{annotation, data, property};
use super::run::{TestResult, TestRun};
use crate::source::Severity;

pub(super) fn github(run: &TestRun) -> String {
    let mut text = String::new();
    for script in &run.scripts {
        for case in &script.cases {
            let details = case.details();
            for diagnostic in case.diagnostics().iter().take(1) {
                text.push_str(&annotation("error", diagnostic, &case.title(), &details));
            }
            if matches!(case.result, TestResult::Todo) {
                let (file, line) = (case.place.source.name(), case.place.line_column().line);
                let name = data(&case.name());
                text.push_str(&format!("::notice file={},line={line}::todo: {name}\n", property(file)));
            }
        }
        for remark in &script.remarks {
            let word = if remark.severity == Severity::Note { "notice" } else { "warning" };
            text.push_str(&annotation(word, remark, &remark.message, &remark.message));
        }
    }
    text
}
