//! The Test Anything Protocol, version 13.

use super::run::{TestCase, TestResult, TestRun};

pub(super) fn tap(run: &TestRun) -> String {
    let mut text = format!("TAP version 13\n1..{}\n", run.counts().all());
    let mut number = 0;
    for script in &run.scripts {
        for case in &script.cases {
            number += 1;
            text.push_str(&line(number, case));
            text.push_str(&comment(&case.details()));
        }
        text.push_str(&comment(&script.remark_lines()));
    }
    text
}

fn comment(lines: &str) -> String {
    lines.lines().map(|line| format!("# {line}\n")).collect()
}

fn line(number: usize, case: &TestCase) -> String {
    let (ok, todo) = match case.result {
        TestResult::Passed => ("ok", ""),
        TestResult::Todo => ("not ok", " # TODO"),
        TestResult::Failed(..) | TestResult::Invalid(_) => ("not ok", ""),
    };
    // What stands behind a `#` would be read as a directive.
    let title = format!("{} {}", case.location(), case.title()).replace('#', "\\#");
    format!("{ok} {number} - {title}{todo}\n")
}
