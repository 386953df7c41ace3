//! `check …` on the command line: the word, exit codes, the request that is shown, and what cannot be checked.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

fn iamwhy(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("iamwhy").expect("built").args(arguments).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

/// The exit code and the first line of a check of policies, of which each is a statement list in JSON.
fn checked(check: &str, policies: &[&str], words: &[&str]) -> (i32, String) {
    let (code, out) = answer(&["check", check], policies, words);
    (code, out.lines().next().unwrap_or_default().to_owned())
}

fn answer(head: &[&str], policies: &[&str], words: &[&str]) -> (i32, String) {
    let texts: Vec<String> = policies
        .iter()
        .map(|list| format!(r#"{{"Version": "2012-10-17", "Statement": [{list}]}}"#))
        .collect();
    let names: Vec<String> = (0..policies.len()).map(|number| format!("p{number}.json")).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&texts).map(|(name, text)| (&**name, text.as_bytes())).collect();
    let folder = Folder::new(&files);
    let paths: Vec<String> =
        names.iter().map(|name| folder.join(name).to_str().expect("UTF-8").to_owned()).collect();
    let all: Vec<&str> =
        head.iter().copied().chain(paths.iter().map(String::as_str)).chain(words.iter().copied()).collect();
    let (code, out, wrong) = iamwhy(&all);
    assert_eq!(wrong, "", "{out}");
    (code, out)
}

const OLD: &str = "examples/diff/reports-v1.json";
const NEW: &str = "examples/diff/reports-v2.json";

const GET: &str = r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}"#;
const PUT: &str = r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}"#;
const BOTH: &str = r#"{"Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": "*"}"#;
const OF_A_TAG: &str = r#"{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:${aws:PrincipalTag/team}"}"#;
const OF_NO_TAG: &str = r#"{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:${aws:PrincipalTag/team}"},
    {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:*:*:${aws:PrincipalTag/team}", "Condition": {"Null": {"aws:PrincipalTag/team": "false"}}}"#;

#[test]
fn policies_are_equivalent_that_are_written_otherwise() {
    assert_eq!(checked("equivalent", &[&format!("{GET}, {PUT}"), BOTH], &[]), (0, "holds".to_owned()));
    assert_eq!(checked("equivalent", &[GET, BOTH], &[]), (1, "fails".to_owned()));
    assert_eq!(checked("equivalent", &[BOTH, GET], &[]), (1, "fails".to_owned()));
}

#[test]
fn a_version_that_allows_less_allows_nothing_new() {
    assert_eq!(checked("no-new-access", &[BOTH, GET], &[]), (0, "holds".to_owned()));
    assert_eq!(checked("no-new-access", &[GET, BOTH], &[]), (1, "fails".to_owned()));
    assert_eq!(checked("no-new-access", &[GET, PUT], &[]), (1, "fails".to_owned()));
}

#[test]
fn what_was_not_looked_at_is_unknown_and_never_holds() {
    for check in ["equivalent", "no-new-access"] {
        assert_eq!(checked(check, &[OF_A_TAG, OF_NO_TAG], &[]), (4, "unknown".to_owned()), "{check}");
    }
}

#[test]
fn a_check_that_fails_shows_a_request() {
    let (_, out, _) = iamwhy(&["--format", "json", "check", "no-new-access", OLD, NEW]);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((&answer["check"], &answer["verdict"]), (&"no-new-access".into(), &"fails".into()));
    for breach in answer["breaches"].as_array().expect("a list") {
        assert_eq!(breach["turn"], "newly allowed");
        assert_eq!(breach["witness"]["new"], "allowed");
    }
    let (code, out, _) = iamwhy(&["--format", "plain", "check", "no-new-access", OLD, NEW]);
    assert_eq!((code, out.lines().next()), (1, Some("fails")));
    assert!(out.contains("as in  s3:GetObject on arn:aws:s3:::reports/hr/"), "{out}");
}

#[test]
fn what_cannot_be_read_is_not_checked() {
    assert_eq!(iamwhy(&["check", "equivalent", OLD, "no-such-file.json"]).0, 3);
    assert_eq!(iamwhy(&["check", "no-new-access", OLD]).0, 3);
}

#[test]
fn a_script_checks_too_and_goes_on() {
    let line = format!("check no-new-access {OLD} {NEW}");
    let (code, out, _) = iamwhy(&["-e", &line, "-e", "can alice s3:GetObject"]);
    assert_eq!(out.lines().next(), Some("fails"), "{out}");
    assert_ne!(code, 0);
}
