//! Every answer of a batch keeps the contract that `iamwhy batch --schema` prints.

use boon::{Compiler, SchemaIndex, Schemas};
use iamwhy::batch::{Batch, SCHEMA};
use iamwhy::trace::GateName;
use iamwhy::world::World;
use serde_json::{Value, json};

/// Good requests that between them fill every field of an answer.
fn requests() -> Vec<Value> {
    let everything = json!({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}});
    let alice = "arn:aws:iam::111122223333:user/alice";
    let object = "arn:aws:s3:::reports/q1.csv";
    vec![
        json!({"id": "allowed", "principal": alice, "action": "s3:GetObject", "resource": object,
            "policies": {"identity": [everything], "scp": [[everything]]}}),
        json!({"id": "root-only", "principal": alice, "action": "account:CloseAccount", "policies": {"identity": [everything]}}),
        json!({"principal": alice, "action": "s3:GetObject", "resource": object, "context": {"aws:TagKeys": ["a"], "aws:username": null, "x:y": 3},
            "policies": {"identity": {"name": "Named", "document": {"Version": "2012-10-17", "Statement": [
                {"Sid": "A", "Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                {"Sid": "B", "Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": true}}}]}}}}),
        json!({"id": 7, "principal": alice, "action": "s3:GetObject", "resource": object,
            "policies": {"identity": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*",
                "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}, "Bool": {"aws:MultiFactorAuthPresent": "true"}}}}]},
            "settings": {"strict_context": true}}),
        json!({"id": "incomplete", "principal": alice, "action": "kms:Decrypt",
            "resource": "arn:aws:kms:us-east-1:111122223333:key/k", "policies": {"identity": [everything]}}),
        json!({"id": "service", "principal": {"service": "sns.amazonaws.com"}, "action": "sqs:SendMessage",
            "resource": "arn:aws:sqs:us-east-1:111122223333:jobs"}),
        json!({"id": "unknown", "principal": "anonymous", "action": "s3:GetObjct", "resource": object,
            "settings": {"s3_block_public_access": {"restrict_public_buckets": true}}}),
        json!({"id": "trust", "principal": "arn:aws:sts::111122223333:assumed-role/R/s", "action": "sts:AssumeRole",
            "resource": "arn:aws:iam::111122223333:role/T"}),
    ]
}

/// Lines that have no answer.
const BROKEN: [&str; 8] = [
    "",
    "{",
    "[1]",
    r#"{"principal": "arn:aws:iam::111122223333:user/alice"}"#,
    r#"{"principal": "nobody", "action": "s3:GetObject"}"#,
    r#"{"principal": "anonymous", "action": "s3"}"#,
    r#"{"principal": "anonymous", "action": "s3:GetObject", "policies": {"identity": [{"Statement": {"Effect": "Permit", "Action": "*", "Resource": "*"}}]}}"#,
    r#"{"principal": "anonymous", "action": "s3:GetObject", "resource": "bucket", "extra": 1}"#,
];

fn schema(part: &str, schemas: &mut Schemas) -> SchemaIndex {
    let mut compiler = Compiler::new();
    let value: Value = serde_json::from_str(SCHEMA).expect("JSON");
    compiler.add_resource("batch.json", value).expect("a schema");
    compiler.compile(&format!("batch.json#/$defs/{part}"), schemas).expect("a schema")
}

fn answers(lines: impl Iterator<Item = String>) -> Vec<Value> {
    let world = World::new();
    let mut batch = Batch::new(&world, 1_790_000_000, "requests");
    lines
        .enumerate()
        .map(|(i, line)| {
            let mut out = String::new();
            batch.answer(&line, i + 1, &mut out);
            assert_eq!(out.matches('\n').count(), 1, "one line an answer: {out}");
            serde_json::from_str(&out).expect("JSON")
        })
        .collect()
}

#[test]
fn every_answer_is_as_the_schema_says() {
    let mut schemas = Schemas::new();
    let answer = schema("answer", &mut schemas);
    let lines = requests().into_iter().map(|request| request.to_string());
    for value in answers(lines.chain(BROKEN.map(str::to_owned))) {
        let valid = schemas.validate(&value, answer);
        assert!(valid.is_ok(), "{value}\n{:#}", valid.expect_err("invalid"));
    }
}

#[test]
fn the_schema_names_every_gate() {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    let named = &schema["$defs"]["answer"]["properties"]["gate"]["properties"]["name"]["enum"];
    assert_eq!(*named, Value::from(GateName::ALL.map(GateName::as_str).to_vec()));
}

#[test]
fn what_is_answered_with_a_decision_is_a_request_by_the_schema() {
    let mut schemas = Schemas::new();
    let request = schema("request", &mut schemas);
    for value in requests() {
        let valid = schemas.validate(&value, request);
        assert!(valid.is_ok(), "{value}\n{:#}", valid.expect_err("invalid"));
    }
}

#[test]
fn a_good_request_has_a_decision_and_a_broken_line_an_error() {
    for answer in answers(requests().into_iter().map(|request| request.to_string())) {
        assert!(answer.get("decision").is_some() && answer.get("error").is_none(), "{answer}");
    }
    for answer in answers(BROKEN.map(str::to_owned).into_iter()) {
        assert!(answer.get("decision").is_none() && answer.get("error").is_some(), "{answer}");
        assert!(answer.get("line_number").is_some(), "{answer}");
    }
}

#[test]
fn an_id_is_echoed_and_without_one_the_line_is_numbered() {
    let answers = answers(requests().into_iter().map(|request| request.to_string()));
    assert_eq!(answers[0]["id"], "allowed");
    assert_eq!(answers[2]["line_number"], 3);
    assert_eq!(answers[3]["id"], 7);
}

/// bob may assume Deploy, which may write reports; carol may not, and may make functions, but pass no role.
const WORLD: &str = r#"account 111122223333
user bob
user carol
role Deploy trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "sts:AssumeRole" } }
inline Write on role Deploy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::reports/*" } }
inline Make on user carol { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "lambda:CreateFunction", "Resource": "*" } }"#;

fn asked_of_world(request: &Value) -> Value {
    let world = iamwhy::commands::world(WORLD).expect("a world");
    let mut out = String::new();
    Batch::new(&world, 1_790_000_000, "requests").answer(&request.to_string(), 1, &mut out);
    let answer = serde_json::from_str(&out).expect("JSON");
    let mut schemas = Schemas::new();
    let (asks, answers) = (schema("request", &mut schemas), schema("answer", &mut schemas));
    assert!(
        schemas.validate(request, asks).is_ok() && schemas.validate(&answer, answers).is_ok(),
        "{answer}"
    );
    answer
}

#[test]
fn a_line_can_be_asked_as_a_role_that_is_assumed_first() {
    let role = "arn:aws:iam::111122223333:role/Deploy";
    let asks = |user: &str, action: &str| {
        let principal = format!("arn:aws:iam::111122223333:user/{user}");
        asked_of_world(
            &json!({"id": 1, "principal": principal, "action": action, "resource": "arn:aws:s3:::reports/k", "as_role": role}),
        )
    };
    let may = asks("bob", "s3:PutObject");
    assert_eq!(may["decision"], "allowed", "{may}");
    assert_eq!(
        (&may["also"][0]["action"], &may["also"][0]["decision"]),
        (&json!("sts:AssumeRole"), &json!("allowed"))
    );
    assert_eq!(asks("bob", "s3:GetObject")["decision"], "implicitDeny");
    let not = asks("carol", "s3:PutObject");
    assert_eq!(not["decision"], "implicitDeny", "{not}");
    assert!(not["message"].as_str().is_some_and(|said| said.contains("sts:AssumeRole")), "{not}");
    let nobody = asked_of_world(
        &json!({"principal": "anonymous", "action": "s3:GetObject", "as_role": "arn:aws:iam::111122223333:user/bob"}),
    );
    assert_eq!(nobody["error"]["code"], "not-a-role", "{nobody}");
}

#[test]
fn a_line_can_name_what_else_its_call_works_with() {
    let asks = |using: Value| {
        asked_of_world(
            &json!({"principal": "arn:aws:iam::111122223333:user/carol", "action": "lambda:CreateFunction",
            "resource": "arn:aws:lambda:us-east-1:111122223333:function:f", "using": using}),
        )
    };
    let with = asks(json!(["arn:aws:iam::111122223333:role/Deploy"]));
    assert_eq!(with["decision"], "allowed", "{with}");
    let pass = with["also"].as_array().expect("more").iter().find(|one| one["action"] == "iam:PassRole");
    assert_eq!(pass.expect("iam:PassRole")["decision"], "implicitDeny", "{with}");
    assert!(asks(json!([])).get("also").is_none());
    assert_eq!(asks(json!(["Deploy"]))["error"]["code"], "wrong-type");
}
