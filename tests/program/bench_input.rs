//! What `bench` measures: requests made so that every statement that can be reached is, and requests that files give.

use std::sync::Arc;

use crate::packed::unpacked;
use crate::scratch::Folder;
use assert_cmd::Command;
use assert_cmd::assert::Assert;
use iamwhy::bench::{Asker, Made, make_questions};
use iamwhy::policy::PolicyType;
use iamwhy::source::Source;
use iamwhy::world::{ContextValue, Document, GivenPolicies, NamedDocument, Principal, World};
use serde_json::{Value, json};

const NOW: i64 = 1_790_000_000;

fn made_of(policy: &Value, partitions: &[&str]) -> Made {
    let text = policy.to_string();
    let documents =
        Document::read_all(&Source::new("p", text.as_str()), PolicyType::IdentityBased).into_iter();
    let identity = documents.map(|(document, _)| NamedDocument { name: "p".into(), document }).collect();
    let policies = Arc::new(GivenPolicies { identity: Some(identity), ..GivenPolicies::default() });
    let asker = |partition: &&str| {
        let principal = Principal::parse(&format!("arn:{partition}:iam::123456789012:user/alice"));
        Asker { principal: Arc::new(principal.expect("a principal")), policies: Arc::clone(&policies) }
    };
    make_questions(&World::new(), &partitions.iter().map(asker).collect::<Vec<_>>(), NOW)
}

fn policy(statements: &Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// One statement with that condition.
fn conditional(condition: &Value) -> Value {
    policy(&json!([{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*", "Condition": condition}]))
}

/// Every order of operators in a condition, which says the same in each.
fn orders(condition: &Value) -> Vec<Value> {
    let operators = condition.as_object().expect("an object");
    let reversed: serde_json::Map<String, Value> =
        operators.iter().rev().map(|(key, value)| (key.clone(), value.clone())).collect();
    vec![condition.clone(), Value::Object(reversed)]
}

#[test]
fn values_that_meet_all_tests_of_a_key_are_found_in_any_order() {
    let role = |name: &str| format!("arn:aws:iam::123456789012:role/{name}");
    let conditions = [
        json!({"Null": {"aws:PrincipalTag/k": "false"}, "StringEquals": {"aws:PrincipalTag/k": "v"}}),
        json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}, "ForAnyValue:StringEquals": {"aws:TagKeys": ["b"]}}),
        json!({"ForAnyValue:StringEquals": {"aws:TagKeys": ["a"]}, "ForAnyValue:StringLike": {"aws:TagKeys": ["b*"]}}),
        json!({"NumericGreaterThan": {"s3:max-keys": "3"}, "NumericNotEquals": {"s3:max-keys": "4"}}),
        json!({"NumericGreaterThan": {"s3:max-keys": "3"}, "NumericLessThan": {"s3:max-keys": "4"}}),
        json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}, "NotIpAddress": {"aws:SourceIp": "10.0.0.0/9"}}),
        json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}, "NotIpAddress": {"aws:SourceIp": ["10.0.0.0/9", "10.255.0.0/16"]}}),
        json!({"IpAddress": {"aws:SourceIp": "2001:db8::/32"}, "NotIpAddress": {"aws:SourceIp": "2001:db8::/33"}}),
        json!({"StringLike": {"aws:SourceVpce": "vpce-*"}, "StringNotLike": {"aws:SourceVpce": ["vpce-a*", "vpce-x*"]}}),
        json!({"StringLike": {"aws:PrincipalTag/k": "a*"}, "StringLikeIfExists": {"aws:PrincipalTag/k": "*b"}}),
        json!({"ArnLike": {"aws:PrincipalArn": role("*")}, "ArnNotLike": {"aws:PrincipalArn": [role("a*"), role("x*")]}}),
        json!({"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}, "DateLessThan": {"aws:CurrentTime": "2026-01-02T00:00:00Z"}}),
        json!({"DateGreaterThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}, "DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:01Z"}}),
        json!({"Null": {"aws:ResourceTag/P": "false"}, "StringNotEquals": {"aws:ResourceTag/P": "${aws:PrincipalTag/P}"}}),
        json!({"Null": {"aws:PrincipalTag/P": "true"}, "StringNotEquals": {"aws:ResourceTag/P": "${aws:PrincipalTag/P}"}}),
        json!({"StringEquals": {"aws:ResourceTag/P": "${aws:PrincipalTag/P}"}, "StringNotEquals": {"aws:PrincipalTag/P": "x"}}),
        json!({"Bool": {"aws:SecureTransport": "false"}, "Null": {"aws:SecureTransport": "false"}}),
    ];
    for condition in conditions.iter().flat_map(orders) {
        let made = made_of(&conditional(&condition), &["aws"]);
        assert_eq!((made.questions.len(), made.unreached.as_slice()), (1, [].as_slice()), "{condition}");
    }
}

#[test]
fn what_no_value_meets_is_said_with_the_key() {
    let conditions = [
        json!({"NumericGreaterThan": {"s3:max-keys": "4"}, "NumericLessThan": {"s3:max-keys": "3"}}),
        json!({"StringEquals": {"s3:max-keys": "a"}, "StringNotEquals": {"s3:max-keys": "a"}}),
        json!({"ForAnyValue:Null": {"s3:max-keys": "true"}}),
    ];
    for condition in conditions.iter().flat_map(orders) {
        let made = made_of(&conditional(&condition), &["aws"]);
        assert!(made.questions.is_empty(), "{condition}");
        assert!(made.unreached[0].why.contains("s3:max-keys"), "{:?}", made.unreached);
    }
}

#[test]
fn a_variable_in_a_resource_takes_the_value_that_the_condition_lets_it_have() {
    let bucket = "aws:PrincipalTag/Bucket";
    let statement = json!([{"Effect": "Allow", "Action": "s3:GetObject", "Resource": format!("arn:aws:s3:::${{{bucket}}}/*"),
        "Condition": {"StringNotEquals": {bucket: ["", "x"]}}}]);
    let made = made_of(&policy(&statement), &["aws"]);
    let question = &made.questions.first().expect("reached").question;
    let given =
        question.assumptions.context.iter().find(|(key, _)| key == bucket).map(|(_, value)| value.clone());
    let Some(ContextValue::One(value)) = given else { panic!("a value: {given:?}") };
    assert!(!["", "x"].contains(&&*value), "{value}");
    assert_eq!(question.resource.as_deref(), Some(format!("arn:aws:s3:::{value}/x").as_str()));
}

#[test]
fn a_resource_of_a_type_that_carries_the_key_is_found_behind_one_that_does_not() {
    let statement = json!([{"Effect": "Allow", "Action": "ec2:RunInstances",
        "Resource": ["arn:aws:ec2:*:*:subnet/*", "arn:aws:ec2:*:*:instance/*"],
        "Condition": {"StringEquals": {"ec2:InstanceType": "t3.micro"}}}]);
    let made = made_of(&policy(&statement), &["aws"]);
    let resource = made.questions.first().and_then(|made| made.question.resource.as_deref());
    assert_eq!(resource, Some("arn:aws:ec2:us-east-1:123456789012:instance/x")); // D44
}

#[test]
fn resources_of_other_partitions_are_asked_for_by_principals_of_theirs() {
    let allow = |resource: &str| json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": resource});
    let both = policy(&json!([allow("arn:aws-cn:s3:::b/*"), allow("arn:aws:s3:::b/*")]));
    assert_eq!(made_of(&both, &["aws", "aws-cn"]).questions.len(), 2);
    let made = made_of(&both, &["aws"]);
    assert_eq!((made.questions.len(), made.unreached.len()), (1, 1));
    assert!(made.unreached[0].why.contains("aws-cn"), "{:?}", made.unreached);
}

#[test]
fn of_the_policies_that_aws_manages_only_what_the_engine_never_covers_is_left() {
    let text = unpacked("tests/data/aws-managed-policies.jsonl.zst");
    let all = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let mut reached = 0;
    for managed in all.filter(|policy| policy["default"] == true) {
        let made = made_of(&managed["document"], &["aws", "aws-cn", "aws-us-gov"]);
        reached += made.questions.len();
        for missed in made.unreached {
            let never = missed.why.contains("(A46)") || missed.why.contains("needs no permission");
            assert!(never, "{} {missed:?}", managed["name"]);
        }
    }
    assert!(reached > 1500, "{reached}");
}

const WORLD: &str = r#"
account 111122223333 "Acme" alias acme
user alice
resource arn:aws:s3:::acme-data owner 111122223333 policy"#;

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}"#;

const ALICE: &str = "arn:aws:iam::111122223333:user/alice";

struct Files(Folder);

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        let all: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        Self(Folder::new(&all))
    }

    fn bench(&self, arguments: &[&str]) -> Assert {
        let mut command = Command::cargo_bin("iamwhy").expect("the binary");
        command.current_dir(&self.0).args(["bench", "--seconds", "0.01"]).args(arguments).assert()
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).expect("a file")
    }
}

fn json_of(done: &Assert) -> Value {
    serde_json::from_slice(&done.get_output().stdout).expect("one JSON object")
}

fn said(done: &Assert) -> String {
    String::from_utf8_lossy(&done.get_output().stderr).into_owned()
}

#[test]
fn requests_that_were_made_are_shown_and_saved_and_mean_the_same_when_they_are_read() {
    let policy = conditional(
        &json!({"ForAnyValue:StringEquals": {"aws:TagKeys": ["a"]}, "Null": {"aws:TokenIssueTime": "true"}}),
    );
    let files = Files::new(&[("policy.json", &policy.to_string())]);
    let made = files
        .bench(&["--policy", "policy.json", "--save-requests", "made.jsonl", "--format", "json"])
        .code(0);
    let read =
        files.bench(&["--policy", "policy.json", "--requests", "made.jsonl", "--format", "json"]).code(0);
    let shown = |done: &Assert| {
        let decision = json_of(done)["decisions"][0].clone();
        ["request", "decision", "principal", "action", "resource", "context"]
            .map(|field| decision[field].clone())
    };
    assert_eq!(shown(&made), shown(&read));
    let context = json!({"aws:TagKeys": ["a"], "aws:TokenIssueTime": null});
    assert_eq!(
        shown(&made)[1..],
        [
            "explicitDeny".into(),
            "arn:aws:iam::123456789012:user/example-user".into(),
            "s3:GetObject".into(),
            "arn:aws:s3:::bench-bucket/bench-object".into(),
            context
        ]
    );
    let answer = Command::cargo_bin("iamwhy")
        .expect("the binary")
        .arg("batch")
        .write_stdin(files.text("made.jsonl"))
        .assert();
    assert_eq!(json_of(&answer)["id"], shown(&made)[0]);
}

#[test]
fn statements_of_resources_are_reached_by_those_whom_they_name() {
    let statements = json!({"Version": "2012-10-17", "Statement": [
        {"Sid": "Other", "Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-data/*"},
        {"Sid": "Logs", "Effect": "Allow", "Principal": {"Service": "logging.s3.amazonaws.com"}, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-data/*"}]});
    let world = format!("{WORLD} {statements}\n");
    let files = Files::new(&[("world.iam", &world)]);
    let done = json_of(&files.bench(&["--world", "world.iam", "--format", "json"]).code(0));
    assert_eq!(done.get("unreached"), None, "{done}");
    let askers: Vec<&Value> =
        done["decisions"].as_array().expect("a list").iter().map(|one| &one["principal"]).collect();
    assert_eq!(
        askers,
        [
            &json!("arn:aws:iam::444455556666:user/example-user"),
            &json!({"service": "logging.s3.amazonaws.com"})
        ]
    );
    let alone = files.bench(&["--world", "world.iam", "--principal", "alice"]).code(3);
    assert!(
        said(&alone).contains("[Other]") && said(&alone).contains("none of those who ask"),
        "{}",
        said(&alone)
    );
}

#[test]
fn statements_of_vpc_endpoints_are_reached_through_them() {
    let through = |sid: &str, id: &str| {
        json!({"Sid": sid, "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*",
            "Condition": {"StringEquals": {"aws:SourceVpce": id}}})
    };
    let statements = policy(&json!([through("Own", "vpce-1"), through("Foreign", "vpce-2")]));
    let world = format!("account 111122223333\nuser alice\nendpoint vpce-1 vpc vpc-1 policy {statements}\n");
    let files = Files::new(&[("world.iam", &world)]);
    let done = json_of(&files.bench(&["--world", "world.iam", "--format", "json"]).code(0));
    assert_eq!(done["decisions"][0]["context"], json!({"aws:SourceVpce": "vpce-1"}));
    assert_eq!(done["unreached"], json!(["vpce-1 [Foreign]"]));
}

#[test]
fn as_json_the_report_is_one_object_with_the_warnings_inside() {
    let requests = r#"{"comment":"mine","requests":[{"action":"s3:GetObject"}]}"#;
    let files = Files::new(&[("requests", requests), ("policy.json", POLICY)]);
    let arguments = ["--policy", "policy.json", "--requests", "requests", "--format", "json"];
    let done = files.bench(&arguments).code(0);
    assert_eq!(json_of(&done)["warnings"][0]["severity"], "warning");
    assert_eq!(said(&done), "");
}

#[test]
fn where_nothing_can_be_reached_each_statement_is_named_with_its_reason() {
    let files = Files::new(&[(
        "policy.json",
        &POLICY.replace("s3:GetObject", "account:CloseAccount").replace("arn:aws:s3:::b/*", "*"),
    )]);
    let refused = files.bench(&["--policy", "policy.json"]).code(3);
    assert!(
        said(&refused).contains("policy [1]: account:CloseAccount: only the root user can close the account"),
        "{}",
        said(&refused)
    );
}

#[test]
fn the_principal_of_the_command_line_asks_in_every_form_of_requests() {
    let request = r#"{"action":"s3:GetObject","resource":"arn:aws:s3:::b/x"}"#;
    let forms = [
        ("object.json", format!(r#"{{"requests":[{request}]}}"#)),
        ("list.json", format!("[{request}]")),
        ("lines.jsonl", format!("{request}\n{request}\n")),
    ];
    for (name, text) in forms {
        let files = Files::new(&[(name, &text), ("policy.json", POLICY)]);
        let arguments =
            ["--requests", name, "--policy", "policy.json", "--format", "json", "--principal", ALICE];
        let done = json_of(&files.bench(&arguments).code(0));
        assert_eq!(
            (&done["decisions"][0]["principal"], &done["decisions"][0]["decision"]),
            (&json!(ALICE), &json!("allowed")),
            "{name}"
        );
    }
}

#[test]
fn all_that_is_wrong_with_requests_is_said_each_at_its_place() {
    let object = r#"{"requests":[{"action":"miss"},
        {"action":"s3:GetObject","resuorce":"arn:aws:s3:::b/x"},
        {"action":"s3:GetObject","resource":"nix"}, {"name":"none"}, {"action":3}]}"#;
    let lines = "{\"action\":\"miss\"}\n{\"action\":}\n{\"action\":\"s3:GetObject\",\"x\":1}\n";
    for (text, places) in [
        (object, &["1:24: `\"miss\"`", "2:34: `\"resuorce\"`", "3:45: `\"nix\"`", "3:53: ", "3:80: `3`"][..]),
        (lines, &["1:11: ", "2:11: ", "3:26: `\"x\"`"]),
    ] {
        let files = Files::new(&[("requests", text), ("policy.json", POLICY)]);
        let refused = files
            .bench(&[
                "--requests", "requests", "--policy", "policy.json", "--principal", ALICE, "--format",
                "plain",
            ])
            .code(3);
        for place in places {
            assert!(said(&refused).contains(&format!("requests:{place}")), "{place} in {}", said(&refused));
        }
    }
}

#[test]
fn files_without_requests_and_other_forms_are_told_apart() {
    for (text, expected) in [
        ("[]", "`requests` holds no requests"),
        (r#"{"requests":[]}"#, "`requests` holds no requests"),
        (r#"{"requests":{"action":"s3:GetObject"}}"#, "expected a list of requests"),
        (r#"{"contxt":{},"requests":[{"action":"s3:GetObject"}]}"#, "did you mean `context`?"),
        (r#"[{"action":"s3:GetObject"}]"#, "`--principal` says who asks"),
    ] {
        let files = Files::new(&[("requests", text), ("policy.json", POLICY)]);
        let refused = files.bench(&["--requests", "requests", "--policy", "policy.json"]).code(3);
        assert!(said(&refused).contains(expected), "{expected} in {}", said(&refused));
    }
}

#[test]
fn what_a_file_of_requests_makes_useless_is_said() {
    let own = json!({"principal": ALICE, "action": "s3:ListAllMyBuckets", "policies": {"identity": [POLICY.parse::<Value>().expect("JSON")]}});
    for (text, expected) in [
        (own.to_string(), "`--policy` is not used by 1 of 1 requests"),
        (r#"{"comment":"mine","requests":[{"action":"s3:GetObject"}]}"#.to_owned(), "`comment` is not read"),
    ] {
        let files = Files::new(&[("requests", &text), ("policy.json", POLICY)]);
        let done = files.bench(&["--requests", "requests", "--policy", "policy.json"]).code(0);
        assert!(said(&done).contains(expected), "{expected} in {}", said(&done));
    }
}

#[test]
fn no_file_is_overwritten_that_is_read_or_written_for_something_else() {
    let files = Files::new(&[("policy.json", POLICY)]);
    for arguments in [
        ["--save", "./policy.json"].as_slice(),
        &["--html", "policy.json"],
        &["--save-requests", "policy.json"],
        &["--save", "x", "--html", "./x"],
        &["--save", "-"],
    ] {
        let refused = files.bench(&[&["--policy", "policy.json"], arguments].concat()).code(3);
        assert!(said(&refused).contains(arguments[0]), "{}", said(&refused));
    }
    assert_eq!(files.text("policy.json"), POLICY);
    assert!(!files.0.join("x").exists() && !files.0.join("-").exists());
}

#[test]
fn a_threshold_is_a_number_and_needs_a_baseline() {
    let files = Files::new(&[("policy.json", POLICY)]);
    for arguments in [
        ["--threshold", "nan", "--baseline", "b"].as_slice(),
        &["--threshold", "inf", "--baseline", "b"],
        &["--threshold=-1", "--baseline", "b"],
        &["--threshold", "5"],
    ] {
        let refused = files.bench(&[&["--policy", "policy.json"], arguments].concat()).code(3);
        assert!(said(&refused).contains("--threshold") && refused.get_output().stdout.is_empty());
    }
}
