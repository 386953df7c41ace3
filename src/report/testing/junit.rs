//! JUnit's XML: a suite for each script.

use super::run::{TestCase, TestCounts, TestResult, TestRun};
use super::xml::Xml;

pub(super) fn junit(run: &TestRun) -> String {
    let mut xml = Xml::new();
    let counts = Counted::of(run.counts());
    let [tests, failures, errors, _] = counts.attributes();
    xml.open("testsuites", &[("name", "iamwhy"), tests, failures, errors]);
    for script in &run.scripts {
        let counts = Counted::of(script.counts());
        let [tests, failures, errors, skipped] = counts.attributes();
        xml.open("testsuite", &[("name", &script.path), tests, failures, errors, skipped]);
        script.cases.iter().for_each(|case| test_case(&mut xml, case, &script.path));
        if !script.remarks.is_empty() {
            xml.element("system-err", &[], &script.remark_lines());
        }
        xml.close();
    }
    xml.finish()
}

fn test_case(xml: &mut Xml, case: &TestCase, path: &str) {
    let name = format!("{} (line {})", case.name(), case.place.line_column().line);
    let class = if case.section.is_empty() { path.to_owned() } else { format!("{path}: {}", case.section) };
    let attributes = [("name", &*name), ("classname", &*class)];
    let message = case.message();
    let why = |kind| [("message", &*message), ("type", kind)];
    let details = case.details();
    if matches!(case.result, TestResult::Passed) {
        return xml.element("testcase", &attributes, "");
    }
    xml.open("testcase", &attributes);
    match &case.result {
        TestResult::Passed => {}
        TestResult::Todo => xml.element("skipped", &[], ""),
        TestResult::Failed(..) => xml.element("failure", &why("expectation-failed"), &details),
        TestResult::Invalid(_) => xml.element("error", &why("invalid"), &details),
    }
    xml.close();
}

struct Counted([String; 4]);

impl Counted {
    fn of(counts: TestCounts) -> Self {
        Self([counts.all(), counts.failed, counts.invalid, counts.todo].map(|count| count.to_string()))
    }

    fn attributes(&self) -> [(&'static str, &str); 4] {
        let [tests, failures, errors, skipped] = &self.0;
        [("tests", tests), ("failures", failures), ("errors", errors), ("skipped", skipped)]
    }
}
