//! SARIF 2.1.0: a result for each expectation that did not pass.

use serde_json::{Value, json};

use super::super::sarif::{location, log, related};
use super::run::{TestCase, TestResult, TestRun};
use crate::source::{Diagnostic, Label, Severity};

/// The rules that results name.
const RULES: [(&str, &str); 4] = [
    ("expectation-failed", "an expectation about a decision does not hold"),
    ("invalid", "a script is wrong, so that it cannot be run"),
    ("todo", "an expectation is marked as not reached yet"),
    ("remark", "something about a script is worth knowing"),
];

pub(super) fn sarif(run: &TestRun) -> String {
    let cases = run.scripts.iter().flat_map(|script| &script.cases).filter_map(result);
    let remarks = run.scripts.iter().flat_map(|script| &script.remarks).map(remark);
    let results: Vec<Value> = cases.chain(remarks).collect();
    let rules: Vec<Value> =
        RULES.iter().map(|(id, text)| json!({"id": id, "shortDescription": {"text": text}})).collect();
    log(&rules, &results)
}

fn result(case: &TestCase) -> Option<Value> {
    let (rule, level) = match case.result {
        TestResult::Passed => return None,
        TestResult::Todo => ("todo", "note"),
        TestResult::Failed(..) => ("expectation-failed", "error"),
        TestResult::Invalid(_) => ("invalid", "error"),
    };
    let message = match case.message() {
        message if message.is_empty() => case.title(),
        message => format!("{message}: {}", case.title()),
    };
    let diagnostics = case.diagnostics();
    let labels = diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels);
    let others: Vec<Value> = labels.skip(1).enumerate().map(|(i, label)| related(i, label)).collect();
    let own = Label { place: case.place.clone(), text: String::new() };
    let first = diagnostics.first().and_then(|diagnostic| diagnostic.labels.first());
    let mut result = outline(rule, level, &message, vec![location(first.unwrap_or(&own))]);
    if !others.is_empty() {
        result["relatedLocations"] = Value::Array(others);
    }
    Some(result)
}

fn remark(diagnostic: &Diagnostic) -> Value {
    let level = if diagnostic.severity == Severity::Note { "note" } else { "warning" };
    outline("remark", level, &diagnostic.message, diagnostic.labels.iter().take(1).map(location).collect())
}

fn outline(rule: &str, level: &str, message: &str, locations: Vec<Value>) -> Value {
    let index = RULES.iter().position(|(id, _)| *id == rule);
    json!({
        "ruleId": rule,
        "ruleIndex": index,
        "level": level,
        "message": {"text": message},
        "locations": locations,
    })
}
