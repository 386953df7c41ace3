//! Names and texts of strangers in files, arguments, lines and variables: what the program prints of them only prints,
//! and no line of it is a command to a pipeline.

use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;

use crate::harmless::{HOSTILE, assert_harmless, assert_prints, quoted};
use crate::scratch::Folder;

/// What the system takes as an argument or the name of a file.
fn word() -> String {
    HOSTILE.replace(['\0', '/'], "")
}

struct Said {
    out: String,
    errors: String,
}

fn said(folder: &Path, arguments: &[&str], input: &str) -> Said {
    let mut command = Command::cargo_bin("iamwhy").unwrap();
    command.current_dir(folder).timeout(Duration::from_secs(60)).args(arguments).write_stdin(input);
    for variable in
        ["EDITOR", "VISUAL", "COLUMNS", "TERM", "IAMWHY_HISTORY", "XDG_DATA_HOME", "PAGER", "NO_COLOR"]
    {
        command.env(variable, word());
    }
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said { out: text(output.stdout), errors: text(output.stderr) }
}

/// Runs it and looks at all that it said.
fn harmless(folder: &Path, arguments: &[&str], input: &str) -> String {
    let Said { out, errors } = said(folder, arguments, input);
    assert_harmless(&out, &format!("{arguments:?} {input:?}"));
    assert_harmless(&errors, &format!("{arguments:?} {input:?}"));
    out
}

#[test]
fn no_argument_gets_out() {
    let (folder, word) = (Folder::new(&[]), word());
    let paths = format!("./{word}");
    for arguments in [
        &[&*word][..],
        &["--bogus", &word],
        &["--format", &word],
        &[&format!("--{word}")],
        &["can", &word, "s3:GetObject"],
        &["can", "alice", &word],
        &["why", "alice", "s3:GetObject", "on", &word],
        &["when", "alice", "s3:GetObject", "with", &word],
        &["why", "alice", "s3:GetObject", "--html", &paths],
        &["run", &paths],
        &["test", &paths],
        &["test", ".", "--run", &word],
        &["test", "--init", &paths],
        &["batch", &paths],
        &["bench", &paths],
        &["bench", "--baseline", &paths],
        &["catalog", &paths],
        &["compare", &word, "alice", "s3:GetObject"],
        &["--world", &paths, "-e", "list users"],
        &["--policy", &paths, "can", "alice", "s3:GetObject"],
        &["-e", &word],
        &["-e", &format!("save {}", quoted(&paths))],
        &["-e", &format!("read {}", quoted(&paths))],
        &["-e", &format!("load {}", quoted(&paths))],
        &["completions", &word],
    ] {
        for format in [&["--format", "plain"][..], &["--format", "json"], &["--format", "text"], &[]] {
            harmless(&folder, &[format, arguments].concat(), "");
        }
    }
}

/// Expectations that hold, fail, are marked and are wrong, all with names of strangers.
fn tests() -> String {
    let (hostile, section) = (quoted(HOSTILE), word().replace(['\n', '\r', '\u{b}', '\u{c}'], " "));
    format!(
        "account 111122223333 {hostile}\nuser bob\n# == {section}\n\
         inline P on user bob {{\"Statement\": [{{\"Effect\": \"Allow\", \"Action\": [\"s3:Get*\", {hostile}], \"Resource\": \"*\",\n\
         \t\"Condition\": {{\"StringEquals\": {{\"aws:RequestTag/a\": {hostile}}}}}}},\n\
         {{\"Effect\": \"Allow\", \"Action\": \"s3:Put*\", \"Resource\": [\"*\", {hostile}]}}]}}\n\
         expect bob allowed s3:GetObject on \"arn:aws:s3:::b/{0}\n\
         expect bob denied s3:PutObject on \"arn:aws:s3:::b/{0} with s3:prefix={hostile}\n\
         expect bob allowed s3:PutObject on \"arn:aws:s3:::b/{0}\n\
         expect bob denied s3:PutObject on \"arn:aws:s3:::b/{0} todo\n",
        &hostile[1..]
    )
}

#[test]
fn no_report_of_tests_lets_a_name_out() {
    let script = tests();
    for broken in [false, true] {
        let text = if broken { format!("{script}{HOSTILE}\n") } else { script.clone() };
        let name = format!("{}.iam", word());
        let folder = Folder::new(&[(&*name, text.as_bytes())]);
        for report in ["junit", "sarif", "tap", "json", "plain"] {
            let out = harmless(&folder, &["test", ".", "--report", report], "");
            assert!(report != "junit" || !out.contains("<script") && !out.contains("</script"), "{out}");
            if matches!(report, "sarif" | "json") {
                let json = out.trim_end().rsplit_once('}').map_or("", |(json, _)| json).to_owned() + "}";
                assert!(serde_json::from_str::<Value>(&json).is_ok(), "{out}");
            }
        }
        for form in ["text", "json", "lcov", "listing"] {
            harmless(&folder, &["test", ".", &format!("--coverage={form}")], "");
        }
        harmless(&folder, &["test", ".", "--mutate"], "");
        harmless(&folder, &["test", ".", "--mutate=json"], "");
        harmless(&folder, &["test", ".", "--list"], "");
        harmless(&folder, &["test", ".", "--strict"], "");
        let Said { out, errors } = said(&folder, &["test", ".", "--report", "github"], "");
        assert_harmless(&errors, "github");
        let own = ["::error ", "::warning ", "::notice "];
        for line in out.lines() {
            let command =
                own.iter().find_map(|own| line.strip_prefix(own)).unwrap_or_else(|| panic!("{out}"));
            assert_harmless(&command.replace("##", ""), "github");
            let (properties, _) = command.split_once("::").unwrap_or_else(|| panic!("{out}"));
            assert!(!properties.contains("line=1::"), "{out}");
        }
    }
}

#[test]
fn every_line_of_a_batch_is_answered_with_json_that_prints() {
    let (folder, hostile) = (Folder::new(&[]), quoted(HOSTILE));
    let raw = serde_json::to_string(HOSTILE).unwrap();
    for hostile in [&hostile, &raw] {
        let question = r#"{"id": ID, "principal": "arn:aws:iam::111122223333:user/bob", "action": ACTION, "resource": ON, "context": {"aws:RequestTag/a": VALUE}}"#;
        for (word, other) in
            [("ID", "\"1\""), ("ACTION", "\"s3:GetObject\""), ("ON", "\"*\""), ("VALUE", "\"b\"")]
        {
            let _ = other;
            let mut line = question.replace(word, hostile);
            for (name, plain) in
                [("ID", "\"1\""), ("ACTION", "\"s3:GetObject\""), ("ON", "\"*\""), ("VALUE", "\"b\"")]
            {
                line = line.replace(name, plain);
            }
            let out = harmless(&folder, &["--empty", "batch", "-"], &(line.clone() + "\n"));
            let answer: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}"));
            assert!(word != "ID" || answer["id"] == HOSTILE, "{out}");
        }
    }
    for line in HOSTILE.lines() {
        for line in harmless(&folder, &["--empty", "batch", "-"], line).lines() {
            assert!(serde_json::from_str::<Value>(line).is_ok(), "{line}");
        }
    }
}

#[test]
fn no_name_of_a_dump_gets_out() {
    let hostile = quoted(HOSTILE);
    let arn = format!("\"arn:aws:iam::111122223333:user/{}", &hostile[1..]);
    let dump = format!(
        r#"{{"UserDetailList": [{{"UserName": {hostile}, "UserId": {hostile}, "Path": {hostile}, "Arn": {arn}, "GroupList": [{hostile}],
            "UserPolicyList": [{{"PolicyName": {hostile}, "PolicyDocument": {{"Statement": [{{"Sid": {hostile}, "Effect": "Allow", "Action": {hostile}, "Resource": "*"}}]}}}}],
            "AttachedManagedPolicies": [{{"PolicyName": {hostile}, "PolicyArn": {hostile}}}], "Tags": [{{"Key": {hostile}, "Value": {hostile}}}]}},
            {{"UserName": "bob", "UserId": "B", "Path": "/", "Arn": "arn:aws:iam::111122223333:user/bob", "Tags": [{{"Key": {hostile}, "Value": {hostile}}}],
            "UserPolicyList": [{{"PolicyName": "P", "PolicyDocument": {{"Statement": [{{"Effect": "Allow", "Action": {hostile}, "Resource": {hostile}}}]}}}}]}}],
            "GroupDetailList": [{{"GroupName": {hostile}, "GroupId": "G", "Path": "/", "Arn": {arn}}}], "RoleDetailList": [],
            "Policies": [{{"PolicyName": {hostile}, "Arn": {arn}, "DefaultVersionId": {hostile}, "PolicyVersionList": [{{"VersionId": {hostile}, "IsDefaultVersion": true, "Document": {hostile}}}]}}]}}"#
    );
    let name = format!("{}.json", word());
    let folder = Folder::new(&[(&*name, dump.as_bytes()), ("dump.json", dump.as_bytes())]);
    let load = format!("load {}", quoted(&name));
    for load in [&*load, "load \"dump.json\""] {
        for format in ["plain", "json", "text"] {
            harmless(
                &folder,
                &[
                    "--format", format, "--empty", "-e", load, "-e", "list users", "-e", "list policies",
                    "-e", "show user bob", "-e", "why bob s3:GetObject on arn:aws:s3:::b/k", "-e",
                    "save \"w.iam\"",
                ],
                "",
            );
        }
    }
    assert_prints(&std::fs::read_to_string(folder.join("w.iam")).unwrap(), "w.iam");
}

#[test]
fn a_page_holds_no_markup_of_a_stranger() {
    let hostile =
        quoted(&format!("{HOSTILE}<script>evil()</script><img src=x onerror=evil()>\" onload='evil()"));
    let script = format!(
        "account 111122223333 {hostile}\nuser bob\nresource arn:aws:s3:::b owner 111122223333 policy {{\"Statement\": \
         {{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"s3:Get*\", \"Resource\": \"arn:aws:s3:::b/*\", \
         \"Condition\": {{\"StringEquals\": {{\"aws:RequestTag/a\": {hostile}}}}}}}}}\n"
    );
    let folder = Folder::new(&[("w.iam", script.as_bytes())]);
    harmless(
        &folder,
        &[
            "--world", "w.iam", "why", "bob", "s3:GetObject", "on", "arn:aws:s3:::b/<script>", "with",
            "aws:RequestTag/a=<script>", "--html", "p.html",
        ],
        "",
    );
    let page = std::fs::read_to_string(folder.join("p.html")).unwrap();
    assert_prints(&page, "p.html");
    for markup in ["<script", "</script", "<img", "\" onload", "' onload"] {
        assert!(!page.contains(markup), "{markup}: {page}");
    }
}
