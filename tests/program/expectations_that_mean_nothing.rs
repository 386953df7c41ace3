//! Expectations that cannot mean what they say: `test` warns of them at the word that is to blame, and fails with
//! `--strict`.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

const WORLD: &str = "account 111122223333\nuser bob\n";

/// What cannot mean what it says, the code of its warning, and the words that are to blame.
const IN_VAIN: [(&str, &str, &str); 12] = [
    ("expect bob denied s3:PutObjct on arn:aws:s3:::b/k", "unknown-action", "s3:PutObjct"),
    ("expect bob denied s3:HeadBucket on arn:aws:s3:::b", "unknown-action", "s3:HeadBucket"),
    ("todo expect bob allowed s3:PutObjct on arn:aws:s3:::b/k", "unknown-action", "s3:PutObjct"),
    ("expect bob denied s3:PutObject on arn:aws:s3:::b", "mismatched-resource", "arn:aws:s3:::b"),
    ("expect bob denied s3:PutObject arn:aws:s3:::b", "mismatched-resource", "arn:aws:s3:::b"),
    ("expect bob denied s3:ListBucket on arn:aws:s3:::b/k", "mismatched-resource", "arn:aws:s3:::b/k"),
    (
        "expect bob denied dynamodb:PutItem on arn:aws:dynamodb:us-east-1:111122223333:table/t/index/i",
        "mismatched-resource",
        "arn:aws:dynamodb:us-east-1:111122223333:table/t/index/i",
    ),
    ("expect bob denied s3:ListAllMyBuckets with aws:PrincipalAccount=1", "unfit-value", "1"),
    ("expect bob denied sqs:SendMessage", "missing-resource", "sqs:SendMessage"),
    ("expect bob denied s3:PutObject on *", "missing-resource", "s3:PutObject"),
    ("expect bob denied s3:ListAllMyBuckets with aws:SourceIp=home", "unfit-value", "home"),
    ("expect bob denied s3:ListAllMyBuckets with aws:SourceIpp=192.0.2.1", "unknown-key", "aws:SourceIpp"),
];

fn run(script: &str, arguments: &[&str]) -> (String, String, Option<i32>) {
    let folder = Folder::new(&[("a.iam", script.as_bytes())]);
    let mut command = Command::cargo_bin("iamwhy").unwrap();
    let output = command.current_dir(&*folder).args(arguments).arg("a.iam").output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

#[test]
fn each_is_warned_of_at_the_word_that_is_to_blame() {
    for (line, code, blamed) in IN_VAIN {
        let (_, said, exit) = run(&format!("{WORLD}{line}\n"), &["test"]);
        let column = line.find(blamed).unwrap() + 1;
        assert!(said.contains(&format!("warning[{code}]")), "{line}: {said}");
        assert!(said.contains(&format!("a.iam:3:{column}: `{blamed}`")), "{line}: {said}");
        assert_eq!(exit, Some(0), "{line}");
    }
}

#[test]
fn strict_tests_fail_on_each() {
    for (line, code, _) in IN_VAIN {
        let (summary, said, exit) = run(&format!("{WORLD}{line}\n"), &["test", "--strict"]);
        assert!(said.contains(&format!("error[{code}]")), "{line}: {said}");
        assert_eq!((&*summary, exit), ("0 passed, 1 failed\n", Some(1)), "{line}");
    }
}

#[test]
fn what_means_what_it_says_passes_strictly() {
    let allowing = format!(
        "{WORLD}inline P on user bob {{\"Statement\": {{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}}}\n"
    );
    for line in [
        "expect bob allowed s3:PutObject on arn:aws:s3:::b/k with aws:SourceIp=192.0.2.1",
        "expect bob allowed s3:PutObject", // on every resource
        "expect bob denied ecs:ListTasks", // the resource may be left out
        "expect bob denied execute-api:Invoke on arn:aws:execute-api:us-east-1:111122223333:a/prod/GET/", // the root
        "expect bob denied codeartifact:PublishPackageVersion on arn:aws:codeartifact:us-east-1:111122223333:package/d/r/npm//x",
        "expect bob denied backup:DeleteRecoveryPoint on arn:aws:ec2:us-east-1::snapshot/snap-1",
        "expect bob denied sts:GetScopedCredentials because credentials", // newer than the catalog
        "expect bob denied ec2:DescribeInstances",
    ] {
        let (summary, said, exit) = run(&format!("{allowing}{line}\n"), &["test", "--strict"]);
        assert_eq!((&*summary, &*said, exit), ("1 passed, 0 failed\n", "", Some(0)), "{line}");
    }
}

#[test]
fn a_row_of_a_table_is_warned_of_like_a_line() {
    let table = format!("{WORLD}expect table {{\n  bob denied s3:PutObjct arn:aws:s3:::b/k\n}}\n");
    let (_, said, _) = run(&table, &["test"]);
    assert!(
        said.contains("a.iam:4:14: `s3:PutObjct`") && said.contains("did you mean s3:PutObject?"),
        "{said}"
    );
}

#[test]
fn a_script_that_runs_says_the_same() {
    let (_, said, exit) = run(&format!("{WORLD}{}\n", IN_VAIN[0].0), &["run"]);
    assert!(said.contains("warning[unknown-action]") && said.contains("a.iam:3:19: `s3:PutObjct`"), "{said}");
    assert_eq!(exit, Some(0));
}

#[test]
fn every_report_has_them() {
    let script = format!("{WORLD}{}\n", IN_VAIN[0].0);
    for (form, place) in [
        ("junit", "<system-err>a.iam:3:19: s3:PutObjct is not"),
        ("tap", "# a.iam:3:19: s3:PutObjct is not"),
        ("sarif", "\"startColumn\": 19"),
        ("github", "::warning file=a.iam,line=3,col=19,"),
        ("json", "\"remarks\":[\"a.iam:3:19: s3:PutObjct is not"),
    ] {
        let (report, said, _) = run(&script, &["test", "--report", form]);
        assert!(report.contains(place), "{form}: {report}{said}");
    }
    let (report, ..) = run(&script, &["test", "--strict", "--report", "json"]);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["scripts"][0]["cases"][0]["code"], "unknown-action");
    assert_eq!(report["failed"], 1);
}
