//! `expand` and `shrink` on the command line: what they list, what they read, and what they say of unknown names.

use assert_cmd::Command;

use crate::scratch::Folder;

fn iamwhy(arguments: &[&str], input: &str) -> (i32, Vec<String>, String) {
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let output = program.args(arguments).write_stdin(input).output().expect("runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let lines = text(output.stdout).lines().map(str::to_owned).collect();
    (output.status.code().expect("a code"), lines, text(output.stderr))
}

fn listed(arguments: &[&str], input: &str) -> Vec<String> {
    let (code, lines, wrong) = iamwhy(arguments, input);
    assert_eq!((code, &*wrong), (0, ""), "{lines:?}");
    lines
}

/// Expands a policy of these statements; also what is said of it.
fn of_policy(statements: &str) -> (Vec<String>, String) {
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#);
    let folder = Folder::new(&[("p.json", text.as_bytes())]);
    let (code, lines, said) = iamwhy(&["expand", folder.join("p.json").to_str().expect("UTF-8")], "");
    assert_eq!(code, 0, "{said}");
    (lines, said)
}

#[test]
fn managed_policies_expand_to_as_many_actions_as_others_count() {
    for (name, count) in [
        ("*", 22_321),
        ("AdministratorAccess", 22_321),
        ("PowerUserAccess", 22_057),
        ("IAMFullAccess", 200),
        ("ReadOnlyAccess", 7_001),
        ("SecurityAudit", 3_108),
    ] {
        let (code, lines, _) = iamwhy(&["expand", name], "");
        assert_eq!((code, lines.len()), (0, count), "{name}");
    }
}

#[test]
fn patterns_end_behind_a_word() {
    let patterns = listed(&["shrink", "s3:GetObject*", "sqs:*"], "");
    assert_eq!(patterns, ["s3:GetObject*", "sqs:*"]);
}

#[test]
fn the_output_of_expand_is_read_by_shrink_and_lists_in_json_too() {
    let actions = listed(&["expand", "s3:Get*", "sqs:SendMessage"], "");
    assert_eq!(listed(&["shrink", "-"], &actions.join("\n")), ["s3:Get*", "sqs:SendMessage"]);
    let json = r#"["s3:GetObjectTagging", "sqs:SendMessage"]"#;
    assert_eq!(listed(&["shrink", "-"], json), ["s3:GetObjectTagging", "sqs:SendMessage"]);
}

#[test]
fn names_that_the_catalog_lacks_are_told_and_kept_unless_a_pattern_has_them() {
    let (code, lines, said) = iamwhy(&["shrink", "s3:*", "s3:GetObjct", "ec2:Foo"], "");
    assert_eq!((code, lines), (0, vec!["s3:*".to_owned(), "ec2:Foo".to_owned()]));
    assert!(
        said.contains("s3:GetObjct is not in the catalog of 2026-11-23; did you mean s3:GetObject?"),
        "{said}"
    );
}

#[test]
fn a_deny_of_everything_takes_back_and_one_under_a_condition_is_told() {
    let allow = r#"{"Effect": "Allow", "Action": ["sqs:SendMessage", "sqs:PurgeQueue"], "Resource": "*"}"#;
    let deny = r#"{"Effect": "Deny", "Action": "sqs:Purge*", "Resource": "*""#;
    assert_eq!(of_policy(&format!("{allow}, {deny}}}")), (vec!["sqs:SendMessage".to_owned()], String::new()));
    let condition = r#""Condition": {"Bool": {"aws:SecureTransport": "false"}}"#;
    let (actions, said) = of_policy(&format!("{allow}, {deny}, {condition}}}"));
    assert_eq!(actions, ["sqs:PurgeQueue", "sqs:SendMessage"]);
    assert!(said.contains("a Deny takes back 1 of these"), "{said}");
}

#[test]
fn a_list_that_holds_no_action_is_pointed_at() {
    let (code, _, said) = iamwhy(&["shrink", "-"], "s3:GetObject\nhello\n");
    assert_eq!(code, 3);
    assert!(
        said.contains("error[bad-action]: `hello` is no action") && said.contains("<stdin>:2:1"),
        "{said}"
    );
}
