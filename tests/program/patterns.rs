//! Questions about all that patterns cover: the word, the exit code, a request for each part, and what cannot be said.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

const WORLD: &str = r#"account 444455556666
account 111122223333
user bob
policy Reports {"Version": "2012-10-17", "Statement": [
  {"Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::reports/*"},
  {"Sid": "NotHr", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/hr/*"}]}
attach Reports to user bob
resource arn:aws:s3:::open owner 111122223333 policy {"Statement": {"Sid": "Pub", "Effect": "Allow",
  "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::open/pub/*"}}
"#;

fn iamwhy(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("iamwhy").expect("built").args(arguments).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

/// What a statement comes to in the world, with more lines before it.
fn asked(more: &str, statement: &str) -> (i32, String, String) {
    let folder = Folder::new(&[("world.iam", format!("{WORLD}{more}").as_bytes())]);
    let world = folder.join("world.iam");
    iamwhy(&["--world", world.to_str().expect("UTF-8"), "-e", statement])
}

fn word(statement: &str) -> (i32, String) {
    let (code, out, wrong) = asked("", statement);
    assert_eq!(wrong, "", "{statement}");
    (code, out.lines().next().unwrap_or_default().to_owned())
}

fn said(code: i32, word: &str) -> (i32, String) {
    (code, word.to_owned())
}

#[test]
fn a_star_in_a_resource_asks_about_all_that_it_covers() {
    assert_eq!(word("can bob s3:GetObject on arn:aws:s3:::reports/*"), said(4, "some"));
    assert_eq!(word("can bob s3:GetObject on arn:aws:s3:::reports/20??/*"), said(0, "allowed"));
    assert_eq!(word("can bob s3:GetObject on arn:aws:s3:::reports/hr/*"), said(2, "denied"));
    assert_eq!(word("can bob s3:PutObject on arn:aws:s3:::*/*"), said(2, "denied"));
}

#[test]
fn a_star_in_an_action_names_those_that_are_asked_for_the_resource() {
    assert_eq!(word("can bob s3:Get* on arn:aws:s3:::reports/q1.csv"), said(0, "allowed"));
    assert_eq!(word("can bob s3:*Object on arn:aws:s3:::reports/q1.csv"), said(4, "some"));
    let (_, out, _) = asked("", "can bob s3:*Object on arn:aws:s3:::reports/q1.csv");
    assert!(
        out.contains("1  allowed  s3:GetObject\n   by     Read of Reports, world.iam:5, allows it"),
        "{out}"
    );
    assert!(out.contains("for    implicit deny: no identity-based policy allows it"), "{out}");
    assert!(!out.contains("s3:ListBucket"), "{out}");
}

#[test]
fn a_resource_that_bears_a_star_is_written_in_braces() {
    assert_eq!(word("can bob s3:GetObject on arn:aws:s3:::reports/${*}"), said(0, "allowed"));
    assert_eq!(word("can bob s3:GetObject on arn:aws:s3:::reports/hr/${*}"), said(2, "denied"));
    assert_eq!(word("can bob s3:GetObject on arn:aws:s3:::reports/${*}/*"), said(0, "allowed"));
}

#[test]
fn what_a_call_creates_has_no_name_yet_and_is_one_request() {
    let out = asked("", "can bob ec2:RunInstances on arn:aws:ec2:us-east-1:111122223333:instance/*").1;
    assert!(out.starts_with("denied\nimplicit deny: no identity-based policy allows it\n"), "{out}");
    let out = asked("", "can bob ec2:TerminateInstances on arn:aws:ec2:us-east-1:111122223333:instance/*").1;
    assert!(out.starts_with("denied\nevery request that is asked about is denied\n"), "{out}");
}

#[test]
fn each_side_has_a_request_that_the_engine_decides_so() {
    let (_, out, _) = asked("", "can bob s3:GetObject on arn:aws:s3:::reports/*");
    assert!(
        out.contains("   except what NotHr of Reports, world.iam:6, denies: arn:aws:s3:::reports/hr/*\n"),
        "{out}"
    );
    let requests: Vec<&str> = out.lines().filter_map(|line| line.strip_prefix("   as in  ")).collect();
    assert_eq!(requests.len(), 2, "{out}");
    assert_eq!(word(&format!("can bob {}", requests[0])), said(0, "allowed"));
    assert_eq!(word(&format!("can bob {}", requests[1])), said(2, "denied"));
}

#[test]
fn policies_of_resources_count_for_the_resources_that_they_govern() {
    assert_eq!(word("can anonymous s3:GetObject on arn:aws:s3:::open/pub/*"), said(0, "allowed"));
    assert_eq!(word("can anonymous s3:GetObject on arn:aws:s3:::open/*"), said(4, "some"));
    assert_eq!(word("can anonymous s3:GetObject on arn:aws:s3:::reports/*"), said(2, "denied"));
    let (_, out, _) = asked("public-access-block on\n", "can anonymous s3:GetObject on arn:aws:s3:::open/*");
    assert!(out.starts_with("denied\n"), "{out}");
    assert!(out.contains("makes the policy public, and Block Public Access is on"), "{out}");
}

#[test]
fn limits_count_as_they_do_for_one_request() {
    let boundary = "policy Limit {\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::reports/20*\"}}\nboundary Limit on user bob\n";
    let ask = |statement: &str| asked(boundary, statement).1;
    assert!(ask("can bob s3:GetObject on arn:aws:s3:::reports/20*").starts_with("allowed\n"));
    assert!(ask("can bob s3:GetObject on arn:aws:s3:::reports/2*").starts_with("some\n"));
    let out = ask("can bob s3:GetObject on arn:aws:s3:::reports/3*");
    assert!(out.starts_with("denied\n") && out.contains("permissions boundary"), "{out}");
}

#[test]
fn what_hangs_on_a_policy_that_is_not_known_is_not_said() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/*";
    assert_eq!(word(&format!("can bob kms:Decrypt on {key}")), said(4, "depends"));
}

#[test]
fn why_explains_a_request_that_is_not_allowed() {
    let (code, out, _) = asked("", "why bob s3:GetObject on arn:aws:s3:::reports/*");
    assert!(code == 4 && out.starts_with("some\n"), "{out}");
    let (_, explained) = out.split_once("\n\ndenied\n").expect("an explanation");
    assert!(explained.contains("why      explicit deny by Reports · NotHr"), "{explained}");
}

#[test]
fn programs_get_every_part_with_its_request() {
    let folder = Folder::new(&[("world.iam", WORLD.as_bytes())]);
    let world = folder.join("world.iam");
    let world = world.to_str().expect("UTF-8");
    let words = ["can", "bob", "s3:GetObject", "on", "arn:aws:s3:::reports/*"];
    let (code, out, _) = iamwhy(&[&["--world", world, "--format", "json"][..], &words].concat());
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((code, &answer["decision"]), (4, &Value::from("some")));
    assert_eq!(answer["parts"][1]["because"]["sid"], "NotHr");
    assert_eq!(answer["parts"][1]["witness"]["request"]["action"], "s3:GetObject");
}

#[test]
fn expectations_hold_of_all_that_a_pattern_covers() {
    let of = |line: &str| asked("", line);
    assert_eq!(
        of("expect bob allowed s3:Get* on arn:aws:s3:::reports/2* because identity-based Reports").0,
        0
    );
    assert_eq!(of("expect bob explicit-deny s3:* on arn:aws:s3:::reports/hr/*").0, 0);
    let (code, _, wrong) = of("expect bob denied s3:* on arn:aws:s3:::reports/*");
    assert_eq!(code, 1);
    assert!(
        wrong.contains("expected denied, found allowed because identity-based Reports statement Read"),
        "{wrong}"
    );
    assert!(wrong.contains("for example s3:GetObject on arn:aws:s3:::reports/x"), "{wrong}");
}

#[test]
fn tests_count_expectations_about_patterns() {
    let script = format!(
        "{WORLD}expect bob allowed s3:GetObject on arn:aws:s3:::reports/2*\nexpect bob denied s3:GetObject on arn:aws:s3:::reports/*\n"
    );
    let folder = Folder::new(&[("t.iam", script.as_bytes())]);
    let path = folder.join("t.iam");
    let (code, out, wrong) = iamwhy(&["test", path.to_str().expect("UTF-8"), "--coverage"]);
    assert_eq!(code, 1, "{out}{wrong}");
    assert!(out.contains("1 passed") && out.contains("1 failed"), "{out}{wrong}");
}

#[test]
fn what_nobody_could_ask_for_is_refused() {
    let (code, _, wrong) = asked("", "can bob sqs:* on arn:aws:s3:::reports/*");
    assert!(
        code == 3 && wrong.contains("is asked for no resource that `arn:aws:s3:::reports/*` covers"),
        "{wrong}"
    );
    let (code, _, wrong) = asked("", "can bob s3:Grab* on arn:aws:s3:::reports/*");
    assert!(code == 3 && wrong.contains("the catalog lists no action `s3:Grab*`"), "{wrong}");
    let (code, _, wrong) = asked("", "when bob s3:GetObject on arn:aws:s3:::reports/*");
    assert!(code == 3 && wrong.contains("`when` is about one request"), "{wrong}");
}
