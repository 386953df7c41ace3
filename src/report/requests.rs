//! The requests that an answer shows, as lines that `batch` reads.

use serde_json::{Map, Value, json};

use crate::question::Question;
use crate::question::wire::WireQuestion;
use crate::reason::{Check, CheckKind, PolicyDifference, PublicAccess, StatementChange};
use crate::world::{GivenPolicies, NamedDocument};

/// One line for the request of each change, or two where the versions give policies of their own: `1 old` and `1 new`.
pub fn requests(difference: &PolicyDifference) -> String {
    let mut lines = String::new();
    for (at, change) in difference.changes.iter().enumerate() {
        let number = at + 1;
        let [old, new] = change.witness.questions.each_ref().map(request);
        match old == new {
            true => add(&mut lines, &number.to_string(), new),
            false => {
                add(&mut lines, &format!("{number} old"), old);
                add(&mut lines, &format!("{number} new"), new);
            }
        }
    }
    lines
}

/// One line for the request of each breach of a check: of two versions, or of one alone.
pub fn requests_of_check(check: &Check) -> String {
    match check.kind {
        CheckKind::AccessNotGranted => of_one(check.breaches.changes.iter().map(StatementChange::request)),
        CheckKind::Equivalent | CheckKind::NoNewAccess => requests(&check.breaches),
    }
}

/// One line for each request that a stranger is allowed.
pub fn requests_of_public(access: &PublicAccess) -> String {
    of_one(access.parts.iter().map(|(_, part)| &part.witness))
}

/// A line for each request, with its number.
fn of_one<'q>(questions: impl Iterator<Item = &'q Question>) -> String {
    let mut lines = String::new();
    for (at, question) in questions.enumerate() {
        add(&mut lines, &(at + 1).to_string(), request(question));
    }
    lines
}

fn add(lines: &mut String, id: &str, request: Map<String, Value>) {
    let line: Map<String, Value> = [("id".to_owned(), id.into())].into_iter().chain(request).collect();
    lines.push_str(&Value::Object(line).to_string());
    lines.push('\n');
}

fn request(question: &Question) -> Map<String, Value> {
    let mut request = match json!(WireQuestion::from(question)) {
        Value::Object(request) => request,
        _ => Map::new(),
    };
    let given = policies(&question.assumptions.policies);
    if !given.is_empty() {
        request.insert("policies".to_owned(), given.into());
    }
    request
}

/// The policies that came with a question.
fn policies(given: &GivenPolicies) -> Map<String, Value> {
    let list = |list: &Vec<NamedDocument>| list.iter().map(document).collect::<Value>();
    let levels = |levels: &Vec<Vec<NamedDocument>>| levels.iter().map(list).collect::<Value>();
    let layers = [
        ("identity", given.identity.as_ref().map(list)),
        ("permissions_boundary", given.permissions_boundary.as_ref().map(list)),
        ("session", given.session.as_ref().map(list)),
        ("resource", given.resource.as_ref().map(document)),
        ("vpc_endpoint", given.vpc_endpoint.as_ref().map(list)),
        ("scp", given.scp.as_ref().map(levels)),
        ("rcp", given.rcp.as_ref().map(levels)),
    ];
    layers.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn document(policy: &NamedDocument) -> Value {
    let text = policy.document.compiled().map(|compiled| {
        let policy = compiled.policy();
        policy.source().slice(policy.document()).to_owned()
    });
    let document = text.and_then(|text| serde_json::from_str::<Value>(&text).ok()).unwrap_or_default();
    json!({ "name": policy.name, "document": document })
}
