//! `lint` on the command line: what it reads, its forms, its exit codes.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

const GOOD: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}}"#;
const TYPO: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObjct", "Resource": "arn:aws:s3:::b/k"}}"#;
const BROKEN: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject",}}"#;
const NO_POLICY: &str = r#"{"name": "package"}"#;

fn folder() -> Folder {
    Folder::new(&[
        ("policies/broken.json", BROKEN.as_bytes()),
        ("policies/good.json", GOOD.as_bytes()),
        ("policies/package.json", NO_POLICY.as_bytes()),
        ("policies/team/typo.json", TYPO.as_bytes()),
    ])
}

/// Exit code, standard output, standard error.
fn iamwhy(folder: &Folder, arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let output = program.current_dir(folder).args(arguments).write_stdin(input).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

#[test]
fn the_first_line_is_the_verdict_and_the_exit_code_says_it_too() {
    let folder = folder();
    let (code, said, _) = iamwhy(&folder, &["lint", "policies/good.json"], "");
    assert!(code == 0 && said.starts_with("clean\n"), "{said}");
    assert!(
        said.contains("nothing found in 1 policy; read as an identity-based policy by its looks"),
        "{said}"
    );
    let (code, said, _) = iamwhy(&folder, &["lint", "policies/team/typo.json"], "");
    assert!(code == 1 && said.starts_with("findings\n"), "{said}");
    assert!(said.contains("warning[unknown-action]") && said.contains("typo.json:1:70"), "{said}");
    assert!(said.contains("did you mean s3:GetObject?") && said.contains("1 warning in 1 policy"), "{said}");
}

#[test]
fn a_folder_is_gone_through_and_what_holds_no_policy_is_left_out() {
    let folder = folder();
    let (code, said, _) = iamwhy(&folder, &["lint", "policies", "--format", "json"], "");
    let report: Value = serde_json::from_str(&said).expect("JSON");
    let files: Vec<&str> =
        report["files"].as_array().unwrap().iter().map(|file| file["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["policies/broken.json", "policies/good.json", "policies/team/typo.json"]);
    assert_eq!((code, &report["verdict"]), (1, &Value::from("findings")));
    let first = &report["files"][0]["policies"][0]["findings"][0];
    assert_eq!((&first["code"], &first["severity"]), (&"trailing-comma".into(), &"error".into()));
    assert_eq!(iamwhy(&folder, &["lint", "policies/none"], "").0, 3);
}

#[test]
fn codes_are_chosen_left_out_and_weighed() {
    let folder = folder();
    let typo = "policies/team/typo.json";
    assert_eq!(iamwhy(&folder, &["lint", typo, "--skip", "unknown-action"], "").0, 0);
    assert_eq!(iamwhy(&folder, &["lint", typo, "--only", "trailing-comma"], "").0, 0);
    assert_eq!(iamwhy(&folder, &["lint", typo, "--fail-on", "error"], "").0, 0);
    let (code, _, said) = iamwhy(&folder, &["lint", typo, "--only", "unknown-acton"], "");
    assert!(code == 3 && said.contains("did you mean `unknown-action`?"), "{said}");
}

#[test]
fn standard_input_lists_and_policies_of_aws_are_linted() {
    let folder = folder();
    assert_eq!(iamwhy(&folder, &["lint", "-"], GOOD).0, 0);
    let (code, said, _) = iamwhy(&folder, &["lint", "-"], &format!("[{GOOD}, {TYPO}]"));
    assert!(code == 1 && said.contains("1 warning in 2 policies"), "{said}");
    let (code, said, _) = iamwhy(&folder, &["lint", "AdministratorAccess"], "");
    assert!(code == 1 && said.contains("security[grants-admin]"), "{said}");
}

#[test]
fn the_type_is_said_or_inferred() {
    let folder = folder();
    let (code, said, _) = iamwhy(&folder, &["lint", "policies/good.json", "--type", "resource"], "");
    assert!(code == 1 && said.contains("[missing-principal]"), "{said}");
    assert!(said.contains("read as a resource-based policy; catalog"), "{said}");
    let (code, _, said) = iamwhy(&folder, &["lint", "policies/good.json", "--type", "bucket"], "");
    assert!(code == 3 && said.contains("identity, boundary, session"), "{said}");
}

#[test]
fn rules_are_listed_and_explained() {
    let folder = folder();
    let (code, said, _) = iamwhy(&folder, &["lint", "--list"], "");
    assert!(code == 0 && said.contains("pass-role-any"), "{said}");
    let (code, said, _) = iamwhy(&folder, &["lint", "--explain", "set-on-single"], "");
    assert!(code == 0 && said.starts_with("set-on-single (warning)\n"), "{said}");
    assert!(said.contains("why    ") && said.contains("ForAllValues:StringEquals"), "{said}");
}

#[test]
fn sarif_and_annotations_name_rule_file_and_place() {
    let folder = folder();
    let (code, said, _) = iamwhy(&folder, &["lint", "policies", "--format", "sarif"], "");
    let log: Value = serde_json::from_str(&said).expect("JSON");
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert!(code == 1 && log["version"] == "2.1.0" && !results.is_empty());
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("a rule") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(region["startLine"].as_u64() >= Some(1), "{result}");
    }
    let (_, said, _) = iamwhy(&folder, &["lint", "policies/team/typo.json", "--format", "github"], "");
    assert!(
        said.starts_with("::warning file=policies/team/typo.json,line=1,col=70,title=unknown-action::"),
        "{said}"
    );
    let (code, _, said) = iamwhy(&folder, &["can", "s3:GetObject", "--format", "sarif"], "");
    assert!(code == 3 && said.contains("for `lint`"), "{said}");
}
