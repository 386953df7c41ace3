//! regorus, with an evaluator of IAM statements in Rego and the statements as data.

use anyhow::Result;
use regorus::{Engine, Value};
use serde_json::{Value as Json, json};

use crate::timing::Contender;
use crate::workload::Workload;

const EVALUATOR: &str = include_str!("iam.rego");

/// Its compiled evaluator with the statements of a workload, and one request.
pub fn contender<'a>(workload: &Workload, number: usize) -> Result<Contender<'a>> {
    let mut engine = Engine::new();
    engine.add_policy("iam.rego".to_owned(), EVALUATOR.to_owned())?;
    engine.add_data(Value::from_json_str(&statements(workload)?.to_string())?)?;
    let compiled = engine.compile_with_entrypoint(&"data.iam.allowed".into())?;
    let asked = &workload.requests[number];
    let context: Json =
        workload.context.iter().map(|(key, value)| (key.to_lowercase(), json!(value))).collect();
    let input =
        json!({ "action": asked.action.to_lowercase(), "resource": asked.resource, "context": context });
    let input = Value::from_json_str(&input.to_string())?;
    compiled.eval_with_input(input.clone())?;
    Ok(Contender::new("regorus 0.14", move || {
        compiled.eval_with_input(input.clone()).is_ok_and(|value| value == Value::from(true))
    }))
}

/// The statements in the form that costs least to evaluate: lists everywhere, patterns told apart by their kind,
/// letter case folded where it does not count.
fn statements(workload: &Workload) -> Result<Json> {
    let documents = workload.documents()?;
    let all = documents.iter().flat_map(|document| list(&document["Statement"]));
    let (denies, allows): (Vec<_>, Vec<_>) =
        all.map(statement).partition(|statement| statement["effect"] == "Deny");
    Ok(json!({ "denies": denies, "allows": allows }))
}

fn statement(own: &Json) -> Json {
    let patterns =
        |name: &str, fold: bool| -> Json { list(&own[name]).map(|text| pattern(text, fold)).collect() };
    let tests: Vec<Json> = own["Condition"].as_object().into_iter().flatten().flat_map(test).collect();
    json!({
        "effect": own["Effect"],
        "actions": patterns("Action", true),
        "resources": patterns("Resource", false),
        "tests": tests,
    })
}

fn pattern(text: &Json, fold: bool) -> Json {
    let text = text.as_str().unwrap_or_default();
    let text = if fold { text.to_lowercase() } else { text.to_owned() };
    let stem = text.trim_end_matches('*');
    match stem.contains(['*', '?']) {
        true => json!({ "kind": "glob", "text": text }),
        false if stem.len() < text.len() => json!({ "kind": "prefix", "text": stem }),
        false => json!({ "kind": "exact", "text": text }),
    }
}

fn test((operator, keys): (&String, &Json)) -> Vec<Json> {
    let keys = keys.as_object().into_iter().flatten();
    keys.map(|(key, values)| {
        let values: Vec<&Json> = list(values).collect();
        let patterns: Json = values.iter().map(|value| pattern(value, false)).collect();
        json!({ "operator": operator, "key": key.to_lowercase(), "values": values, "patterns": patterns })
    })
    .collect()
}

fn list(value: &Json) -> Box<dyn Iterator<Item = &Json> + '_> {
    match value {
        Json::Array(items) => Box::new(items.iter()),
        Json::Null => Box::new(std::iter::empty()),
        one => Box::new(std::iter::once(one)),
    }
}
