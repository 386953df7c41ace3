//! Policies inside of something else: outputs of AWS, plans, templates.

use assert_cmd::Command;

use crate::scratch::Folder;

const POLICY: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#;
const TRUST: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#;

/// Exit code, standard output, standard error.
fn iamwhy(files: &[(&str, String)], arguments: &[&str]) -> (i32, String, String) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let folder = Folder::new(&files);
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let output = program.current_dir(&folder).args(arguments).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

fn asked(text: String) -> (i32, String, String) {
    iamwhy(&[("p.json", text)], &["can", "--policy", "p.json", "s3:GetObject", "arn:aws:s3:::b/k"])
}

fn percent_encoded(text: &str) -> String {
    let one = |byte: u8| match byte.is_ascii_alphanumeric() {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[test]
fn an_output_of_aws_gives_the_policy_that_it_holds() {
    let (code, said, _) =
        asked(format!(r#"{{"PolicyVersion": {{"VersionId": "v1", "Document": {POLICY}}}}}"#));
    assert!(code == 0 && said.starts_with("allowed\n"), "{said}");
    let encoded = quoted(&percent_encoded(POLICY));
    assert_eq!(asked(format!(r#"{{"RoleName": "r", "PolicyDocument": {encoded}}}"#)).0, 0);
    let (code, _, wrong) = asked(r#"{"PolicyVersion": {"Document": {"Statement": {"Efect": "Allow", "Effect": "Allow", "Action": "*", "Resource": "*"}}}}"#.to_owned());
    assert!(code == 3 && wrong.contains("p.json:1:47: `\"Efect\"`"), "{wrong}");
}

#[test]
fn a_role_has_a_trust_policy_and_that_is_no_policy_of_what_it_may_do() {
    let role = format!(r#"{{"Role": {{"AssumeRolePolicyDocument": {TRUST}}}}}"#);
    let (code, _, wrong) = asked(role.clone());
    let what = "holds Role.AssumeRolePolicyDocument, and that is not an identity-based policy";
    assert!(code == 3 && wrong.contains(what), "{wrong}");
    let run = ["--empty", "-e", "account 111122223333", "-e", "role R trust from \"p.json\""];
    let (code, said, wrong) = iamwhy(&[("p.json", role.clone())], &run);
    assert!(code == 0 && said.contains("created role R"), "{said}{wrong}");
    let (code, said, _) = iamwhy(&[("p.json", role)], &["lint", "p.json"]);
    assert!(code == 0 && said.contains("read as a role trust policy"), "{said}");
}

#[test]
fn a_policy_in_a_string_is_found_and_its_place_is_named() {
    let typo = POLICY.replace("GetObject", "GetObjct");
    let plan = format!("{{\"values\": {{\n \"policy\": {}, \"copy\": {0}}}}}", quoted(&typo));
    let (code, said, _) = iamwhy(&[("plan.json", plan)], &["lint", "plan.json"]);
    assert!(code == 1 && said.contains("plan.json:2 (values.policy):1:71"), "{said}");
    assert!(said.contains("1 warning in 1 policy"), "what is said twice is told once: {said}");
}

#[test]
fn what_organizations_say_of_a_policy_is_its_type() {
    let scp = format!(
        r#"{{"Policy": {{"PolicySummary": {{"Type": "SERVICE_CONTROL_POLICY"}}, "Content": {}}}}}"#,
        quoted(POLICY)
    );
    let (_, said, _) = iamwhy(&[("scp.json", scp)], &["lint", "scp.json"]);
    assert!(said.contains("read as a service control policy"), "{said}");
}

#[test]
fn of_several_policies_one_has_to_be_meant() {
    let two = format!(r#"{{"a": {POLICY}, "b": {POLICY}}}"#);
    let (code, _, wrong) =
        iamwhy(&[("two.json", two), ("one.json", POLICY.to_owned())], &["diff", "one.json", "two.json"]);
    assert!(code == 3 && wrong.contains("`two.json` holds 2 policies: a, b"), "{wrong}");
}
