//! The Test Anything Protocol, version 13.

use super::run::{TestCase, TestResult, TestRun};

pub(super) fn tap(run: &TestRun) -> String {
    let cases: Vec<&TestCase> = run.scripts.iter().flat_map(|script| &script.cases).collect();
    let mut text = format!("TAP version 13\n1..{}\n", cases.len());
    for (i, case) in cases.iter().enumerate() {
        text.push_str(&line(i + 1, case));
        for detail in case.result.details().lines() {
            text.push_str(&format!("# {detail}\n"));
        }
    }
    text
}

fn line(number: usize, case: &TestCase) -> String {
    let (ok, todo) = match case.result {
        TestResult::Passed => ("ok", ""),
        TestResult::Todo => ("not ok", " # TODO"),
        TestResult::Failed(_) | TestResult::Invalid(_) => ("not ok", ""),
    };
    // What stands behind a `#` would be read as a directive.
    let title = format!("{} {}", case.location(), case.title()).replace('#', "\\#");
    format!("{ok} {number} - {title}{todo}\n")
}
