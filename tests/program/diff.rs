//! `diff` on the command line: what the README prints, exit codes, JSON, and what cannot be compared.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

fn iamwhy(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("iamwhy").expect("built").args(arguments).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

const OLD: &str = "examples/diff/reports-v1.json";
const NEW: &str = "examples/diff/reports-v2.json";

#[test]
fn the_readme_prints_what_diff_prints() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).expect("readable");
    let (before, rest) = text.split_once("```diff-output\n").expect("the block");
    let (printed, after) = rest.split_once("```").expect("the end of the block");
    let (_, now, _) = iamwhy(&["--format", "plain", "diff", OLD, NEW]);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, format!("{before}```diff-output\n{now}```{after}")).expect("writable");
        return;
    }
    assert_eq!(printed, now);
}

#[test]
fn the_exit_code_tells_equal_from_other_policies() {
    assert_eq!(iamwhy(&["diff", OLD, OLD]).0, 0);
    let (code, out, _) = iamwhy(&["diff", OLD, NEW]);
    assert_eq!((code, out.lines().next()), (1, Some("wider")));
    let (code, out, _) = iamwhy(&["diff", NEW, OLD]);
    assert_eq!((code, out.lines().next()), (1, Some("narrower")));
}

#[test]
fn json_has_each_statement_with_a_request() {
    let (_, out, _) = iamwhy(&["--format", "json", "diff", OLD, NEW]);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(answer["verdict"], "wider");
    assert_eq!(answer["exactness"]["kind"], "exact");
    let changes = answer["newly_allowed"].as_array().expect("a list");
    let by_new = changes.iter().find(|change| change["because"]["side"] == "new").expect("the new statement");
    assert_eq!(by_new["because"]["sid"], "Reports");
    assert_eq!(by_new["actions"], serde_json::json!(["s3:PutObject"]));
    assert_eq!(by_new["witness"]["new"], "allowed");
    assert_eq!(answer["newly_denied"], serde_json::json!([]));
}

#[test]
fn what_is_no_identity_based_policy_is_refused() {
    let policy =
        br#"{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}"#;
    let folder = Folder::new(&[("bucket.json", policy)]);
    let path = folder.join("bucket.json");
    let (code, _, wrong) = iamwhy(&["diff", OLD, path.to_str().expect("UTF-8")]);
    assert_eq!(code, 3);
    assert!(wrong.contains("Principal"), "{wrong}");
    assert_eq!(iamwhy(&["diff", OLD, "no-such-file.json"]).0, 3);
}
