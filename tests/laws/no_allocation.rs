//! Deciding allocates nothing while nobody listens.

use iamwhy::eval::authorize;
use iamwhy::question::wire::read_request;
use iamwhy::source::Source;
use iamwhy::syntax::json::parse_json;
use iamwhy::trace::{Decision, Trace};
use iamwhy::world::{Principal, Settings, World};
use serde_json::{Value, json};

use crate::allocations::allocations_of;
use crate::worlds;

#[test]
fn the_counter_counts() {
    assert!(allocations_of(|| drop(std::hint::black_box(Box::new(7)))) > 0);
}

#[test]
fn an_allow_through_all_layers_allocates_nothing() {
    hold(&all_layers(statements("Allow", 3)), Decision::Allowed);
}

#[test]
fn an_allow_found_by_the_index_allocates_nothing() {
    hold(&all_layers(statements("Allow", 40)), Decision::Allowed);
}

#[test]
fn a_deny_by_condition_allocates_nothing() {
    let mut request = all_layers(statements("Allow", 3));
    request["policies"]["identity"][0]["Statement"][0]["Effect"] = json!("Deny");
    hold(&request, Decision::ExplicitDeny);
}

#[test]
fn an_implicit_deny_allocates_nothing() {
    let mut request = all_layers(statements("Allow", 3));
    request["context"]["aws:PrincipalTag/team"] = json!("other");
    hold(&request, Decision::ImplicitDeny);
}

/// What the worlds of the laws find, this finds for allocations. A gate gives its reason as text, and so allocates.
#[test]
fn no_decision_by_policies_allocates() {
    let mut seed = 11_u64;
    for _ in 0..3000 {
        let bytes = (0..500).map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 56) as u8
        });
        let request = worlds::request(&mut worlds::Tape::new(bytes.collect()));
        let (allocations, trace) = count_of(&request);
        assert!(allocations == 0 || trace.gate.is_some(), "{allocations} allocations: {request}");
    }
}

/// Holds the decision of a request and that it allocates nothing.
fn hold(request: &Value, expected: Decision) {
    let (allocations, trace) = count_of(request);
    assert!(trace.gate.is_none());
    assert_eq!((allocations, decision(request)), (0, expected));
}

fn decision(request: &Value) -> Decision {
    match worlds::decision(request).as_str() {
        "allowed" => Decision::Allowed,
        "explicitDeny" => Decision::ExplicitDeny,
        _ => Decision::ImplicitDeny,
    }
}

/// Decides a request in silence and with a trace.
fn count_of(request: &Value) -> (usize, Trace) {
    let world = World::new();
    let source = Source::at_line("request", &*request.to_string(), 1);
    let tree = parse_json(&source).value.expect("the request is JSON");
    let read = read_request(tree.root(), Settings::default()).expect("the request is good");
    let principal = Principal::parse(&read.principal).expect("the principal is one");
    let caller = world.caller(&principal, &read.policies);
    let prepared =
        world.prepare((&caller).into(), read.at(worlds::NOW)).expect("the request can be prepared");
    let mut trace = Trace::default();
    let expected = authorize(&prepared, &mut trace);
    let mut decision = None;
    let allocations = allocations_of(|| decision = Some(authorize(&prepared, &mut ())));
    assert_eq!(decision, Some(expected));
    (allocations, trace)
}

/// A role session that reads an object through an endpoint, with policies of every kind.
fn all_layers(statements: Vec<Value>) -> Value {
    let policy = json!({"Version": "2012-10-17", "Statement": statements});
    let mut named = policy.clone();
    for statement in named["Statement"].as_array_mut().into_iter().flatten() {
        statement["Principal"] = json!({"AWS": ["111122223333", "arn:aws:iam::111122223333:role/R"]});
    }
    let mut endpoint = named.clone();
    for statement in endpoint["Statement"].as_array_mut().into_iter().flatten() {
        statement["Principal"] = json!("*");
    }
    let rcp = json!({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
        "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalAccount": "111122223333"}}}});
    json!({
        "principal": "arn:aws:sts::111122223333:assumed-role/R/s",
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::reports/blue/q1.csv",
        "resource_account": "111122223333",
        "context": {"aws:PrincipalTag/team": "blue", "aws:SourceIp": "10.1.2.3", "aws:TagKeys": ["a", "b"],
            "s3:max-keys": 10, "x:arn": "arn:aws:sns:us-east-1:111122223333:n", "x:bin": "QUJD"},
        "policies": {"identity": [policy], "permissions_boundary": [policy], "session": [policy],
            "resource": named, "vpc_endpoint": endpoint, "scp": [[policy], [policy]], "rcp": [[rcp]]},
    })
}

/// Statements of which the first applies: it looks at the variable and at one key for each family of operators.
fn statements(effect: &str, count: usize) -> Vec<Value> {
    let other = |number| json!({"Effect": "Deny", "Action": format!("sqs:Send{number}"), "Resource": "*"});
    let applying = json!({"Effect": effect, "Action": ["ec2:*", "s3:Get*"],
    "Resource": ["arn:aws:s3:::reports/${aws:PrincipalTag/team, 'none'}/*"],
    "Condition": {
        "StringLike": {"aws:PrincipalTag/team": ["b*e", "${aws:username}"]},
        "StringEqualsIgnoreCase": {"aws:principaltag/TEAM": "BLUE"},
        "StringNotEquals": {"aws:PrincipalTag/other": "x"},
        "ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]},
        "NumericLessThanEquals": {"s3:max-keys": "10"},
        "DateLessThan": {"aws:CurrentTime": "2030-01-01"},
        "Bool": {"aws:SecureTransport": "true"},
        "IpAddress": {"aws:SourceIp": "10.0.0.0/8"},
        "ArnLike": {"x:arn": "arn:aws:sns:*:*:n", "aws:PrincipalArn": "arn:aws:iam::*:role/*"},
        "BinaryEquals": {"x:bin": "QUJD"},
        "Null": {"aws:MultiFactorAuthAge": "true"},
    }});
    std::iter::once(applying).chain((1..count).map(other)).collect()
}
