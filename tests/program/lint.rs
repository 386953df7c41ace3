//! `lint` on the command line: what it reads, its forms, its exit codes.

use assert_cmd::Command;
use boon::{Compiler, Schemas};
use serde_json::Value;

use crate::packed::unpacked;
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
fn what_only_denies_is_no_key_policy_that_locks_everybody_out() {
    let folder = folder();
    let policy = |effect: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Sid": "A", "Effect": "{effect}", "Principal": "*", "Action": "kms:CreateGrant", "Resource": "*", "Condition": {{"Bool": {{"kms:GrantIsForAWSResource": "false"}}}}}}]}}"#
        )
    };
    let (_, said, _) = iamwhy(&folder, &["lint", "-"], &policy("Allow"));
    assert!(said.contains("[key-lock-out]") && said.contains("key policy"), "{said}");
    let (code, said, _) = iamwhy(&folder, &["lint", "-"], &policy("Deny"));
    assert!(code == 0 && said.starts_with("clean\n"), "{said}");
}

#[test]
fn a_script_that_shuts_the_public_out_is_believed() {
    let script = |block: &str| {
        format!(
            r#"account 111122223333
{block}
resource arn:aws:s3:::data policy {{"Version": "2012-10-17", "Statement": {{"Sid": "A", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::data/*"}}}}
"#
        )
    };
    let (open, shut) = (script(""), script("public-access-block on"));
    let folder = Folder::new(&[("open.iam", open.as_bytes()), ("shut.iam", shut.as_bytes())]);
    let (code, said, _) = iamwhy(&folder, &["lint", "open.iam"], "");
    assert!(code == 1 && said.contains("security[public]") && said.contains("was taken to be off"), "{said}");
    let (code, said, _) = iamwhy(&folder, &["lint", "shut.iam"], "");
    assert!(code == 0 && said.contains("suggestion[public]"), "{said}");
    assert!(said.contains("would be let in, were Block Public Access off"), "{said}");
}

#[test]
fn the_form_that_is_named_is_that_of_what_was_written() {
    let folder = folder();
    let policy = r#"{"Version": "2012-10-17", "Statement": {"Sid": "A", "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::b/*"}}"#;
    let (_, said, _) = iamwhy(&folder, &["lint", "-"], policy);
    assert!(
        said.contains("help: its resources are of the form `arn:${Partition}:s3:::${BucketName}`\n"),
        "{said}"
    );
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

const WIDE: &str = r#"{"Version": "2012-10-17", "Statement": {"Sid": "Deploy", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}"#;

fn with_settings(settings: &str) -> Folder {
    Folder::new(&[
        (".iamwhy-lint.json", settings.as_bytes()),
        ("policies/good.json", GOOD.as_bytes()),
        ("policies/wide.json", WIDE.as_bytes()),
    ])
}

#[test]
fn a_finding_is_suppressed_for_a_reason_by_sid_path_and_text() {
    let one =
        |more: &str| format!(r#"{{"suppress": [{{"code": "pass-role-any", "reason": "reviewed"{more}}}]}}"#);
    for more in ["", r#", "sid": "Deploy""#, r#", "path": "policies/*""#, r#", "text": "iam:PassRole""#] {
        let folder = with_settings(&one(more));
        let (code, said, _) = iamwhy(&folder, &["lint", "policies"], "");
        assert!(code == 0 && said.contains("1 suppressed in 2 policies"), "{more}: {said}");
    }
    for more in [r#", "sid": "Other""#, r#", "path": "other/*""#, r#", "text": "iam:*""#] {
        let folder = with_settings(&one(more));
        let (code, said, _) = iamwhy(&folder, &["lint", "policies"], "");
        assert!(code == 1 && said.contains("security[pass-role-any]"), "{more}: {said}");
    }
}

#[test]
fn a_suppression_without_a_reason_is_refused_and_one_that_matches_nothing_is_said() {
    let folder = with_settings(r#"{"suppress": [{"code": "pass-role-any"}]}"#);
    let (code, _, said) = iamwhy(&folder, &["lint", "policies"], "");
    assert!(code == 3 && said.contains("a suppression needs a `reason`"), "{said}");
    let folder = with_settings(r#"{"suppress": [{"code": "public", "reason": "a website"}]}"#);
    let (code, said, _) = iamwhy(&folder, &["lint", "policies", "--fail-on", "error"], "");
    assert!(code == 0 && said.contains("warning[unused-suppression]"), "{said}");
    assert!(said.contains("this suppresses nothing: no `public` is found there"), "{said}");
    // One file of many says nothing about the others.
    let (_, said, _) = iamwhy(&folder, &["lint", "policies/good.json"], "");
    assert!(said.starts_with("clean\n"), "{said}");
}

#[test]
fn severities_are_set_or_switched_off_and_settings_may_be_named() {
    let folder = with_settings(r#"{"severities": {"pass-role-any": "suggestion"}}"#);
    let (code, said, _) = iamwhy(&folder, &["lint", "policies"], "");
    assert!(code == 0 && said.contains("suggestion[pass-role-any]"), "{said}");
    let folder = with_settings(r#"{"severities": {"pass-role-any": "off"}}"#);
    assert!(iamwhy(&folder, &["lint", "policies"], "").1.starts_with("clean\n"));
    std::fs::write(folder.as_ref().join("other.json"), r#"{"severitys": {}}"#).expect("written");
    let (code, _, said) = iamwhy(&folder, &["lint", "policies", "--settings", "other.json"], "");
    assert!(code == 3 && said.contains("did you mean `severities`?"), "{said}");
}

const UNTIDY: &str = r#"{
  "Version": "2012-10-17",
  "Id": "old",
  "Statement": [
    {"Sid": "", "Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject", "s3:GetObjectTagging"], "Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::b/a/*"]},
    {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/x", "Condition": {"Stringlike": {"aws:PrincipalTag/a": ["x", "x"]}}},
    {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.7/24"}}}
  ]
}
"#;

#[test]
fn what_keeps_its_meaning_is_mended_shown_first_and_equal_after() {
    let folder = Folder::new(&[("old.json", UNTIDY.as_bytes()), ("p.json", UNTIDY.as_bytes())]);
    let (code, said, _) = iamwhy(&folder, &["lint", "p.json", "--diff"], "");
    assert!(code == 1 && said.contains("s3:GetObjectTagging"), "{said}");
    assert_eq!(std::fs::read_to_string(folder.as_ref().join("p.json")).expect("read"), UNTIDY);
    let (code, said, _) = iamwhy(&folder, &["lint", "p.json", "--fix"], "");
    assert!(code == 0 && said.starts_with("clean\n"), "{said}");
    let (code, said, _) = iamwhy(&folder, &["check", "equivalent", "old.json", "p.json"], "");
    assert!(code == 0 && said.starts_with("holds"), "{said}");
    assert_eq!(iamwhy(&folder, &["lint", "p.json", "--diff"], "").1, "");
    assert_eq!(iamwhy(&folder, &["lint", "-", "--fix"], UNTIDY).0, 3);
}

#[test]
fn many_files_are_told_in_the_order_in_which_they_are_named() {
    let names: Vec<String> = (0..40).map(|number| format!("p{number:02}.json")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), TYPO.as_bytes())).collect();
    let folder = Folder::new(&files);
    let (_, said, _) = iamwhy(&folder, &["lint", ".", "--format", "json"], "");
    let report: Value = serde_json::from_str(&said).expect("JSON");
    let told: Vec<&str> =
        report["files"].as_array().unwrap().iter().map(|file| file["file"].as_str().unwrap()).collect();
    assert!(told.is_sorted() && told.len() == 40, "{told:?}");
}

/// Of every rule its example, of a good policy, of a broken one and of a file that is none.
#[test]
fn sarif_is_valid_by_the_schema_of_its_standard() {
    let folder = folder();
    for rule in iamwhy::lint::lint_rules() {
        let file = folder.join("policies").join(format!("{}.json", rule.code));
        let policy = match rule.example.contains("\"Statement\"") {
            true => rule.example.to_owned(),
            false => format!("{{\"Version\": \"2012-10-17\", \"Statement\": {}}}", rule.example),
        };
        std::fs::write(file, policy).expect("writable");
    }
    let (_, said, _) = iamwhy(&folder, &["lint", "policies", "--format", "sarif"], "");
    let log: Value = serde_json::from_str(&said).expect("JSON");
    assert!(log["runs"][0]["results"].as_array().expect("results").len() > 100, "{said}");
    let schema = unpacked("tests/data/sarif-2.1.0.schema.json.zst");
    let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
    compiler.enable_format_assertions();
    compiler.add_resource("sarif.json", serde_json::from_str(&schema).expect("JSON")).expect("a schema");
    let index = compiler.compile("sarif.json", &mut schemas).expect("a schema");
    let checked = schemas.validate(&log, index).map_err(|wrong| wrong.to_string());
    assert_eq!(checked, Ok(()));
    let nameless = serde_json::json!({"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]});
    assert!(schemas.validate(&nameless, index).is_err());
}

/// What SARIF 2.1.0 requires beyond its schema (sections 3.13 to 3.30) of what is written here.
#[test]
fn sarif_has_what_its_standard_requires() {
    let folder = folder();
    let (_, said, _) = iamwhy(&folder, &["lint", "policies", "--format", "sarif"], "");
    let log: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    let driver = &log["runs"][0]["tool"]["driver"];
    assert!(driver["name"].is_string());
    let ids: Vec<&str> =
        driver["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    let distinct: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(distinct.len(), ids.len());
    for result in log["runs"][0]["results"].as_array().expect("results") {
        assert!(result["message"]["text"].is_string());
        assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        for place in result["locations"].as_array().unwrap() {
            let physical = &place["physicalLocation"];
            let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
            assert!(!uri.contains([' ', '\\']), "{uri}");
            let number = |key: &str| physical["region"][key].as_u64().unwrap();
            assert!(number("startLine") >= 1 && number("startColumn") >= 1);
            assert!((number("endLine"), number("endColumn")) >= (number("startLine"), number("startColumn")));
        }
        for place in result["relatedLocations"].as_array().into_iter().flatten() {
            assert!(place["id"].as_u64().is_some() && place["physicalLocation"].is_object());
        }
    }
}

#[test]
fn the_lines_of_the_recipes_lint_a_repository() {
    let folder =
        Folder::new(&[("policies/good.json", GOOD.as_bytes()), ("policies/team/typo.json", TYPO.as_bytes())]);
    let mut commands = 0;
    for recipe in ["github-actions.yml", "gitlab-ci.yml", "pre-commit-config.yaml"] {
        let text = std::fs::read_to_string(std::path::Path::new("examples/ci").join(recipe)).expect("read");
        for line in text.lines().filter_map(|line| line.split_once("iamwhy lint").map(|(_, rest)| rest)) {
            let mut arguments: Vec<&str> = ["lint"].into_iter().chain(line.split_whitespace()).collect();
            // pre-commit itself adds the names of the files.
            if line.is_empty() {
                arguments.extend(["policies/good.json", "policies/team/typo.json"]);
            }
            let (code, said, _) = iamwhy(&folder, &arguments, "");
            assert!(code == 1 && said.contains("unknown-action"), "{recipe}: {said}");
            commands += 1;
        }
    }
    assert_eq!(commands, 3);
}

#[test]
fn policies_in_scripts_are_linted_and_mended_where_they_stand_as_what_they_are() {
    let double = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "arn:aws:s3:::b/k"}}"#;
    let script = format!(
        "account 111122223333\npolicy P {TYPO}\nwhat-if {{\n  scp S {{\"Version\": \"2012-10-17\", \"Statement\": {{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}}}\n}}\npolicy Q {double}\n"
    );
    let folder = Folder::new(&[("tests/world.iam", script.as_bytes()), ("tests/none.iam", b"user bob\n")]);
    let (code, said, _) = iamwhy(&folder, &["lint", "tests"], "");
    assert!(code == 1 && said.contains("tests/world.iam:2:79: `\"s3:GetObjct\"`"), "{said}");
    assert!(said.contains("error[forbidden-element]"), "the SCP is read as one: {said}");
    assert!(said.contains("in 3 policies"), "{said}");
    iamwhy(&folder, &["lint", "--fix", "tests/world.iam"], "");
    let mended = std::fs::read_to_string(folder.join("tests/world.iam")).expect("there");
    assert_eq!(mended, script.replace(", \"s3:GetObject\"]", "]"));
}
