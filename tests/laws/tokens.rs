//! From a trace back to the text: each token is the element that it says.

use iamwhy::policy::{Layer, Token};
use iamwhy::question::wire::read_request;
use iamwhy::question::{Asked, ask};
use iamwhy::source::Source;
use iamwhy::syntax::json::parse_json;
use iamwhy::trace::{Mismatch, StatementAt, StatementTrace};
use iamwhy::world::{Settings, World};
use serde_json::Value;

use crate::worlds::NOW;

/// Asks a request of a batch with a trace, and shows both.
pub(crate) fn with_asked(request: &Value, look: impl FnOnce(&Asked<'_>, &Value)) {
    let world = World::new();
    let source = Source::at_line("requests", &*request.to_string(), 1);
    let tree = parse_json(&source).value.expect("a request is JSON");
    let read = read_request(tree.root(), Settings::default()).expect("the request is good");
    let principal = read.who().expect("the principal is one");
    let caller = world.caller(&principal, &read.policies);
    let prepared = world.prepare((&caller).into(), read.at(NOW)).expect("the request can be prepared");
    look(&ask(prepared), request);
}

/// Holds every token of the trace against the request.
pub(crate) fn check(asked: &Asked<'_>, request: &Value) {
    for trace in &asked.trace.statements {
        let statement = statement(request, trace.at);
        let elements = elements(statement);
        for (token, expected) in &elements {
            let place = asked.place(trace.at, *token).expect("a statement of a trace has a place");
            let found: Value = serde_json::from_str(place.text()).expect("an element is JSON");
            assert_eq!(found, *expected, "{token:?} of {statement}");
        }
        for token in mentioned(trace) {
            assert!(elements.iter().any(|(known, _)| *known == token), "{token:?} of {statement}: {trace:?}");
        }
    }
}

/// The statement in the request.
fn statement(request: &Value, at: StatementAt) -> &Value {
    let layer = &request["policies"][at.layer.key()];
    let policy = at.statement.policy as usize;
    let document = match at.layer {
        Layer::ServiceControl | Layer::ResourceControl => &layer[at.level as usize][policy],
        _ if layer.is_array() => &layer[policy],
        _ => layer,
    };
    match &document["Statement"] {
        Value::Array(list) => &list[at.statement.statement as usize],
        one => one,
    }
}

/// The tokens that a trace speaks of.
fn mentioned(trace: &StatementTrace) -> Vec<Token> {
    match trace.found {
        Ok(matched) => {
            let action = matched.action.map(Token::Action);
            let resource = matched.resource.map(Token::Resource);
            [action, resource, matched.principal.map(Token::Principal)].into_iter().flatten().collect()
        }
        Err(Mismatch::Action) => vec![Token::ActionKey],
        Err(Mismatch::NotAction(i)) => vec![Token::Action(i)],
        Err(Mismatch::Resource { nearest: i, .. } | Mismatch::Unresolved(i) | Mismatch::OnlyStar(i)) => {
            vec![Token::Resource(i)]
        }
        Err(Mismatch::NotResource(i)) => vec![Token::Resource(i)],
        Err(Mismatch::NotCovered) => vec![Token::ResourceKey],
        Err(Mismatch::Principal | Mismatch::NotPrincipal) => vec![Token::PrincipalKey],
        Err(Mismatch::Condition { test, .. }) => vec![Token::Operator(test), Token::Key(test)],
        Err(Mismatch::NoPrincipal | Mismatch::RootOverride) => vec![Token::Statement],
        Err(other) => panic!("nothing is known here of {other:?}"),
    }
}

/// Every element that a statement has, with its value.
fn elements(statement: &Value) -> Vec<(Token, Value)> {
    let mut found = vec![(Token::Statement, statement.clone()), (Token::Effect, statement["Effect"].clone())];
    add_list(statement, ["Action", "NotAction"], Token::ActionKey, Token::Action, &mut found);
    add_list(statement, ["Resource", "NotResource"], Token::ResourceKey, Token::Resource, &mut found);
    add_list(statement, ["Principal", "NotPrincipal"], Token::PrincipalKey, Token::Principal, &mut found);
    if let Some(condition) = statement.get("Condition") {
        found.push((Token::Condition, condition.clone()));
        add_tests(condition, &mut found);
    }
    found
}

fn add_list(
    statement: &Value,
    names: [&str; 2],
    key: Token,
    member: fn(u32) -> Token,
    found: &mut Vec<(Token, Value)>,
) {
    let Some(name) = names.into_iter().find(|name| statement.get(name).is_some()) else { return };
    found.push((key, name.into()));
    let values = match &statement[name] {
        Value::Object(map) => map.values().flat_map(members).collect(),
        value => members(value),
    };
    found.extend((0..).zip(values).map(|(i, value)| (member(i), value)));
}

fn members(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}

fn add_tests(condition: &Value, found: &mut Vec<(Token, Value)>) {
    let mut test = 0;
    for (operator, block) in condition.as_object().into_iter().flatten() {
        for (key, values) in block.as_object().into_iter().flatten() {
            found.push((Token::Operator(test), operator.as_str().into()));
            found.push((Token::Key(test), key.as_str().into()));
            let values = (0..).zip(members(values));
            found.extend(values.map(|(value, text)| (Token::Value { test, value }, text)));
            test += 1;
        }
    }
}
