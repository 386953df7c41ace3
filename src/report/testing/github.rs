//! The annotations of GitHub Actions: workflow commands on standard output.

use super::run::{TestResult, TestRun};
use crate::source::{Diagnostic, Severity, one_line, printable};

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

fn annotation(word: &str, diagnostic: &Diagnostic, title: &str, details: &str) -> String {
    let at = diagnostic.labels.first().map(|label| {
        let start = label.place.line_column();
        let file = property(label.place.source.name());
        format!("file={file},line={},col={},", start.line, start.column)
    });
    let (at, title) = (at.unwrap_or_default(), property(title));
    format!("::{word} {at}title={title}::{}\n", data(details.trim_end()))
}

/// What stands behind `::`.
fn data(text: &str) -> String {
    printable(text).replace('%', "%25").replace('\n', "%0A")
}

/// What stands behind `name=`.
fn property(text: &str) -> String {
    data(&one_line(text)).replace(':', "%3A").replace(',', "%2C")
}
