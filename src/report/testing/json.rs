//! JSON of this program's own: a document for a run.

use serde_json::{Value, json};

use super::run::{TestCase, TestRun, TestedScript};

pub(super) fn json(run: &TestRun) -> String {
    let counts = run.counts();
    let scripts: Vec<Value> = run.scripts.iter().map(script).collect();
    let all = json!({
        "passed": counts.passed, "failed": counts.failed, "todo": counts.todo, "invalid": counts.invalid,
        "scripts": scripts,
    });
    format!("{all}\n")
}

fn script(script: &TestedScript) -> Value {
    let cases: Vec<Value> = script.cases.iter().map(case).collect();
    let remarks: Vec<String> = script.remarks.iter().map(ToString::to_string).collect();
    let mut value = json!({"path": &*script.path, "cases": cases});
    if !remarks.is_empty() {
        value["remarks"] = json!(remarks);
    }
    value
}

fn case(case: &TestCase) -> Value {
    let start = case.place.line_column();
    let mut value = json!({
        "name": case.name(), "result": case.result.word(), "file": case.place.source.name(),
        "line": start.line, "column": start.column,
    });
    if !case.section.is_empty() {
        value["section"] = json!(&*case.section);
    }
    if let Some(first) = case.diagnostics().first() {
        value["code"] = json!(first.code);
        value["message"] = json!(first.message);
        value["details"] = json!(case.details());
    }
    value
}
