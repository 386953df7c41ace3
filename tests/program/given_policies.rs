//! Policies that a question gives: on the command line and in a batch.

use assert_cmd::Command;
use serde_json::{Value, json};

use crate::scratch::Folder;

const ALL: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
const NO_EC2: &str = r#"{"Version": "2012-10-17", "Statement": {"Sid": "NoEc2", "Effect": "Deny", "Action": "ec2:*", "Resource": "*"}}"#;
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/k";

/// What the program prints and its exit code.
fn iamwhy(folder: &Folder, arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::cargo_bin("iamwhy").expect("the program");
    let done = command.current_dir(folder).args(arguments).output().expect("it runs");
    let text = [done.stdout, done.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), done.status.code())
}

fn folder() -> Folder {
    let broken = ALL.replace("Allow", "Permit");
    let key = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}}"#;
    Folder::new(&[
        ("all.json", ALL.as_bytes()),
        ("no-ec2.json", NO_EC2.as_bytes()),
        ("broken.json", broken.as_bytes()),
        ("key.json", key.as_bytes()),
    ])
}

/// The answers of a batch.
fn batch(requests: &[Value]) -> Vec<Value> {
    let lines: Vec<String> = requests.iter().map(Value::to_string).collect();
    let mut command = Command::cargo_bin("iamwhy").expect("the program");
    let done = command.arg("batch").write_stdin(lines.join("\n")).output().expect("it runs");
    let text = String::from_utf8(done.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn by(principal: &str, action: &str, resource: Option<&str>, policies: Value) -> Value {
    let principal = match principal {
        "anonymous" => json!("anonymous"),
        arn if arn.starts_with("arn:") => json!(arn),
        service => json!({ "service": service }),
    };
    json!({"principal": principal, "action": action, "resource": resource, "policies": policies})
}

const ALICE: &str = "arn:aws:iam::111122223333:user/alice";

fn all() -> Value {
    serde_json::from_str(ALL).expect("JSON")
}

#[test]
fn a_policy_of_aws_is_given_by_its_name_or_arn_unless_a_file_is_called_so() {
    let folder = folder();
    let asked =
        |policy: &str| iamwhy(&folder, &["can", "s3:GetObject", "arn:aws:s3:::b/k", "--policy", policy]);
    let (text, code) = asked("ReadOnlyAccess");
    assert!(text.contains("allowed by ReadOnlyAccess") && code == Some(0), "{text}");
    let (text, code) = asked("arn:aws:iam::aws:policy/SecurityAudit");
    assert!(text.starts_with("denied") && code == Some(2), "{text}");
    let (text, code) = asked("ReadOnlyAcces");
    assert!(text.contains("there is no file `ReadOnlyAcces`") && code == Some(3), "{text}");
    assert!(text.contains("did you mean AWS's policy `ReadOnlyAccess`?"), "{text}");
    std::fs::write(folder.join("ReadOnlyAccess"), NO_EC2).expect("written");
    assert_eq!(asked("ReadOnlyAccess").1, Some(2), "the file counts");
    let (text, code) = iamwhy(&folder, &["-e", "policy Audit from \"SecurityAudit\""]);
    assert!(text.contains("created policy Audit") && code == Some(0), "{text}");
}

#[test]
fn a_key_without_its_policy_depends_and_with_it_is_decided() {
    let folder = folder();
    let (text, code) = iamwhy(&folder, &["can", "kms:Decrypt", KEY, "--policy", "all.json"]);
    assert!(text.starts_with("depends\nit hangs on the key policy of") && code == Some(4), "{text}");
    let given = ["can", "kms:Decrypt", KEY, "--policy", "all.json", "--resource-policy", "key.json"];
    let (text, code) = iamwhy(&folder, &given);
    assert!(text.starts_with("allowed\n") && code == Some(0), "{text}");
}

#[test]
fn a_resource_policy_without_its_resource_depends() {
    let given = ["can", "s3:GetObject", "--policy", "all.json", "--resource-policy", "key.json"];
    let (text, code) = iamwhy(&folder(), &given);
    assert!(
        text.starts_with("depends\nit hangs on the resource, which nobody named") && code == Some(4),
        "{text}"
    );
}

#[test]
fn a_file_that_is_no_policy_is_an_error() {
    let (text, code) = iamwhy(&folder(), &["can", "s3:GetObject", "--policy", "broken.json"]);
    assert!(text.contains("Permit") && code == Some(3), "{text}");
    let (text, code) =
        iamwhy(&folder(), &["-e", "account 111122223333", "-e", "policy P from \"broken.json\""]);
    assert!(text.contains("Permit") && code == Some(3), "{text}");
}

#[test]
fn full_access_stands_beside_an_scp_that_only_denies() {
    let folder = folder();
    let ask = |action| ["can", action, "--policy", "all.json", "--scp", "no-ec2.json"];
    let (text, code) = iamwhy(&folder, &ask("s3:ListAllMyBuckets"));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("assumed: FullAWSAccess stands beside the SCPs that are given"), "{text}");
    let (text, code) = iamwhy(&folder, &ask("ec2:DescribeRegions"));
    assert!(text.contains("explicit deny: no-ec2 · NoEc2 (scp)") && code == Some(2), "{text}");
    let allowing =
        ["can", "s3:ListAllMyBuckets", "--policy", "all.json", "--scp", "no-ec2.json", "--scp", "all.json"];
    assert!(!iamwhy(&folder, &allowing).0.contains("FullAWSAccess"));
}

#[test]
fn who_is_assumed_to_ask_belongs_to_the_account_of_the_resource() {
    let queue = "arn:aws:sqs:us-east-1:444455556666:jobs";
    let (text, code) = iamwhy(&folder(), &["can", "sqs:SendMessage", queue, "--policy", "all.json"]);
    assert!(
        text.contains("assumed arn:aws:iam::444455556666:user/example-user") && code == Some(0),
        "{text}"
    );
    let china = "arn:aws-cn:sqs:cn-north-1:444455556666:jobs";
    let (text, code) = iamwhy(&folder(), &["can", "sqs:SendMessage", china, "--policy", "all.json"]);
    assert!(text.contains("arn:aws-cn:iam::444455556666:user/example-user") && code == Some(0), "{text}");
}

#[test]
fn a_given_policy_is_asked_where_one_of_the_world_would_be() {
    let closed = json!({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}});
    let stream = "arn:aws:logs:us-east-1:111122223333:log-group:g:log-stream:s";
    let cases = [
        (ALICE, "logs:PutLogEvents", stream, "allowed"),
        ("delivery.logs.amazonaws.com", "logs:PutLogEvents", stream, "explicitDeny"),
        (ALICE, "es:UpdateDomainConfig", "arn:aws:es:us-east-1:111122223333:domain/d", "allowed"),
        (ALICE, "es:ESHttpGet", "arn:aws:es:us-east-1:111122223333:domain/d/i", "explicitDeny"),
        (
            ALICE,
            "elasticfilesystem:DeleteFileSystem",
            "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-1",
            "allowed",
        ),
    ];
    for (who, action, resource, decision) in cases {
        let policies = json!({"identity": [all()], "resource": closed});
        let answers = batch(&[by(who, action, Some(resource), policies)]);
        assert_eq!(answers[0]["decision"], decision, "{action}: {}", answers[0]);
    }
}

#[test]
fn a_session_policy_is_not_asked_of_who_can_have_none() {
    let closed =
        json!({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}});
    let open = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}});
    for who in ["anonymous", "lambda.amazonaws.com"] {
        let policies = json!({"session": [closed], "resource": open});
        let answers = batch(&[by(who, "s3:GetObject", Some("arn:aws:s3:::b/k"), policies)]);
        assert_eq!(answers[0]["decision"], "allowed", "{who}: {}", answers[0]);
    }
}

#[test]
fn a_policy_that_nobody_gave_is_not_said_to_allow_nothing() {
    let other = "arn:aws:kms:us-east-1:444455556666:key/k";
    let answers = batch(&[by(ALICE, "kms:Decrypt", Some(other), json!({}))]);
    assert_eq!(answers[0]["because"], json!([{"policy_type": "identity"}]), "{}", answers[0]);
    let message = answers[0]["message"].to_string();
    assert!(message.contains("no identity-based policy allows"), "{message}");
}

#[test]
fn a_batch_decides_without_the_key_policy_and_names_it() {
    let key = by(ALICE, "kms:Decrypt", Some(KEY), json!({"identity": [all()]}));
    let role = by(ALICE, "sts:AssumeRole", Some("*"), json!({"identity": [all()]}));
    let mut strict = key.clone();
    strict["settings"] = json!({"strict": true});
    let answers = batch(&[key, role, strict]);
    assert_eq!(answers[0]["decision"], "implicitDeny");
    assert_eq!(answers[0]["incomplete"], json!([format!("the key policy of {KEY}")]));
    assert_eq!(answers[1]["decision"], "implicitDeny");
    assert_eq!(answers[1]["incomplete"], json!(["the trust policy of a role that nobody named"]));
    assert_eq!(answers[2]["decision"], "depends");
}

#[test]
fn a_document_that_cannot_be_read_is_the_error_of_its_line() {
    let doubtful = json!({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*",
        "Condition": {"StringEqualz": {"aws:username": "alice"}}}});
    for layer in ["identity", "permissions_boundary", "session", "resource", "vpc_endpoint"] {
        let policies = json!({"identity": [all()], layer: [all(), doubtful]});
        let answers = batch(&[by(ALICE, "s3:ListAllMyBuckets", None, policies)]);
        assert_eq!(answers[0]["error"]["code"], "unknown-operator", "{layer}: {}", answers[0]);
    }
    for layer in ["scp", "rcp"] {
        let answers = batch(&[by(ALICE, "s3:ListAllMyBuckets", None, json!({layer: [[doubtful]]}))]);
        assert_eq!(answers[0]["error"]["code"], "unknown-operator", "{layer}: {}", answers[0]);
    }
}

#[test]
fn given_policies_that_cannot_count_are_said() {
    let root = "arn:aws:iam::111122223333:root";
    let object = Some("arn:aws:s3:::b/k");
    let open = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}});
    let cases = [
        (
            root,
            "s3:GetObject",
            object,
            json!({"identity": [all()]}),
            "the identity-based policies given do not count",
        ),
        ("anonymous", "s3:GetObject", object, json!({"identity": [all()]}), "an anonymous caller has none"),
        (
            "sns.amazonaws.com",
            "sqs:SendMessage",
            object,
            json!({"permissions_boundary": [all()]}),
            "the permissions boundary given does not count",
        ),
        (
            "anonymous",
            "s3:GetObject",
            object,
            json!({"scp": [[all()]]}),
            "SCPs do not bind an anonymous caller",
        ),
        (
            ALICE,
            "ec2:RunInstances",
            Some("arn:aws:ec2:us-east-1:111122223333:instance/*"),
            json!({"rcp": [[open]]}),
            "RCPs do not cover ec2",
        ),
        (
            ALICE,
            "s3:ListAllMyBuckets",
            None,
            json!({"resource": open}),
            "s3:ListAllMyBuckets has no resource types",
        ),
        (
            ALICE,
            "s3:GetObject",
            object,
            json!({"identity": [all()], "scp": [[serde_json::from_str::<Value>(NO_EC2).expect("JSON")]]}),
            "no SCP given at level 1 allows anything",
        ),
    ];
    let others = [
        (
            "anonymous",
            "s3:GetObject",
            object,
            json!({"session": [all()]}),
            "the session policies given do not count: an anonymous caller has none",
        ),
        (
            ALICE,
            "es:UpdateDomainConfig",
            Some("arn:aws:es:us-east-1:111122223333:domain/d"),
            json!({"resource": open}),
            "given does not count: the policy of a domain governs what lies in it",
        ),
    ];
    for (who, action, resource, policies, said) in cases.into_iter().chain(others) {
        let answers = batch(&[by(who, action, resource, policies)]);
        let notes = answers[0]["notes"].to_string();
        assert!(notes.contains(said), "{said}: {}", answers[0]);
    }
    let good = batch(&[by(
        ALICE,
        "s3:GetObject",
        object,
        json!({"identity": [all()], "rcp": [[open]], "scp": [[all()]], "resource": open}),
    )]);
    assert!(good[0].get("notes").is_none(), "{}", good[0]);
}

#[test]
fn what_binds_nobody_who_asks_is_said() {
    let all = || json!([all()]);
    let mut by_root = by(
        "arn:aws:sts::111122223333:federated-user/f",
        "s3:GetObject",
        Some("arn:aws:s3:::b/k"),
        json!({
            "identity": all(), "permissions_boundary": all(), "session": all(),
        }),
    );
    by_root["issuer"] = json!("arn:aws:iam::111122223333:root");
    let turk = by(ALICE, "mechanicalturk:CreateHIT", None, json!({"identity": all(), "scp": [all()]}));
    let answers = batch(&[by_root, turk]);
    assert_eq!(
        answers[0]["notes"],
        json!([
            "the identity-based policies given do not count: a session that the root user issued has none and needs none",
            "the permissions boundary given does not count: a session that the root user issued has none and needs none",
        ])
    );
    assert_eq!(
        answers[1]["notes"],
        json!(["the SCPs given do not count: SCPs do not restrict mechanicalturk:CreateHIT",])
    );
}
