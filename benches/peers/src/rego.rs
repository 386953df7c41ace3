//! regorus, with an evaluator of IAM statements in Rego and the statements as data.

use std::collections::BTreeMap;

use anyhow::Result;
use regorus::{Engine, Value};
use serde_json::{Map, Value as Json, json};

use crate::timing::Contender;
use crate::workload::Workload;

const EVALUATOR: &str = include_str!("iam.rego");

/// The group of statements that every request has to try.
const ANY: &str = "*";

/// Its compiled evaluator with the statements of a workload and one request; with `by_service` a request tries only
/// the statements that name its service, or any.
pub fn contender<'a>(workload: &Workload, number: usize, by_service: bool) -> Result<Contender<'a>> {
    let mut engine = Engine::new();
    engine.add_policy("iam.rego".to_owned(), EVALUATOR.to_owned())?;
    engine.add_data(Value::from_json_str(&statements(workload, by_service)?.to_string())?)?;
    let compiled = engine.compile_with_entrypoint(&"data.iam.allowed".into())?;
    let asked = &workload.requests[number];
    let context: Json =
        workload.context.iter().map(|(key, value)| (key.to_lowercase(), json!(value))).collect();
    let action = asked.action.to_lowercase();
    let service = action.split(':').next().unwrap_or_default();
    let groups = if by_service { vec![service, ANY] } else { vec![ANY] };
    let input = json!({ "action": action, "groups": groups, "resource": asked.resource, "context": context });
    let input = Value::from_json_str(&input.to_string())?;
    compiled.eval_with_input(input.clone())?;
    let engine = if by_service { "regorus 0.14, by service" } else { "regorus 0.14" };
    Ok(Contender::new(engine, move || {
        compiled.eval_with_input(input.clone()).is_ok_and(|value| value == Value::from(true))
    }))
}

/// The statements in a form that costs little to evaluate: denies apart, in groups.
fn statements(workload: &Workload, by_service: bool) -> Result<Json> {
    let documents = workload.documents()?;
    let mut effects: BTreeMap<&str, BTreeMap<String, Vec<Json>>> = BTreeMap::new();
    effects.insert("allows", BTreeMap::new());
    effects.insert("denies", BTreeMap::new());
    for own in documents.iter().flat_map(|document| list(&document["Statement"])) {
        let groups = effects.entry(if own["Effect"] == "Deny" { "denies" } else { "allows" }).or_default();
        for group in groups_of(own, by_service) {
            groups.entry(group).or_default().push(statement(own));
        }
    }
    Ok(json!(effects))
}

/// The services that a statement names.
fn groups_of(own: &Json, by_service: bool) -> Vec<String> {
    if !by_service {
        return vec![ANY.to_owned()];
    }
    let services =
        list(&own["Action"]).filter_map(|action| Some(action.as_str()?.split_once(':')?.0.to_lowercase()));
    let mut services: Vec<String> = services.collect();
    services.sort_unstable();
    services.dedup();
    let open = list(&own["Action"]).any(|action| action == "*")
        || services.iter().any(|name| name.contains(['*', '?']));
    if open { vec![ANY.to_owned()] } else { services }
}

fn statement(own: &Json) -> Json {
    let tests: Vec<Json> = own["Condition"].as_object().into_iter().flatten().flat_map(tests).collect();
    json!({
        "actions": patterns(&own["Action"], true),
        "resources": patterns(&own["Resource"], false),
        "tests": tests,
    })
}

/// Patterns told apart by their kind, letter case folded where it does not count.
fn patterns(own: &Json, fold: bool) -> Json {
    let (mut exact, mut stems, mut globs) = (Map::new(), Vec::new(), Vec::new());
    for text in list(own).filter_map(Json::as_str) {
        let text = if fold { text.to_lowercase() } else { text.to_owned() };
        let stem = text.trim_end_matches('*');
        match stem.contains(['*', '?']) {
            true => globs.push(text),
            false if stem.len() < text.len() => stems.push(stem.to_owned()),
            false => drop(exact.insert(text, json!(true))),
        }
    }
    json!({ "exact": exact, "stems": stems, "globs": globs })
}

fn tests((operator, keys): (&String, &Json)) -> Vec<Json> {
    let keys = keys.as_object().into_iter().flatten();
    let test = |(key, values): (&String, &Json)| json!({ "operator": operator, "key": key.to_lowercase(), "values": patterns(values, false) });
    keys.map(test).collect()
}

fn list(value: &Json) -> Box<dyn Iterator<Item = &Json> + '_> {
    match value {
        Json::Array(items) => Box::new(items.iter()),
        Json::Null => Box::new(std::iter::empty()),
        one => Box::new(std::iter::once(one)),
    }
}
