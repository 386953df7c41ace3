//! Policies of templates: their functions are carried out as far as the template says, and nothing is guessed.

use assert_cmd::Command;

use crate::scratch::Folder;

/// A template with this policy.
fn template(statement: &str) -> String {
    format!(
        r#"{{
  "Parameters": {{
    "Stage": {{"Type": "String", "Default": "prod"}},
    "Free": {{"Type": "String"}},
    "Stored": {{"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/acme/bucket"}},
    "Actions": {{"Type": "CommaDelimitedList", "Default": "s3:GetObject, s3:PutObject"}}
  }},
  "Mappings": {{"Names": {{"prod": {{"Bucket": "acme-prod"}}}}}},
  "Conditions": {{
    "IsProd": {{"Fn::Equals": [{{"Ref": "Stage"}}, "prod"]}},
    "IsTest": {{"Fn::Not": [{{"Condition": "IsProd"}}]}},
    "IsFree": {{"Fn::Equals": [{{"Ref": "Free"}}, "yes"]}}
  }},
  "Resources": {{
    "Bucket": {{"Type": "AWS::S3::Bucket", "Properties": {{"BucketName": {{"Fn::Sub": "acme-${{Stage}}"}}}}}},
    "Other": {{"Type": "AWS::S3::Bucket"}},
    "Policy": {{"Type": "AWS::IAM::ManagedPolicy", "Properties": {{"PolicyDocument": {{
      "Version": "2012-10-17", "Statement": [{statement}]}}}}}}
  }}
}}"#
    )
}

fn run(statement: &str, arguments: &[&str]) -> (i32, String) {
    let folder = Folder::new(&[("t.json", template(statement).as_bytes())]);
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let output = program.current_dir(&folder).args(arguments).output().expect("runs");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().expect("a code"), String::from_utf8(text).expect("UTF-8"))
}

/// The exit code of whether the policy lets somebody read an object of `acme-prod`.
fn reads(statement: &str) -> i32 {
    run(statement, &["can", "--policy", "t.json", "s3:GetObject", "arn:aws:s3:::acme-prod/k"]).0
}

fn on(resource: &str) -> String {
    format!(r#"{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": {resource}}}"#)
}

const ALLOWED: i32 = 0;
const DENIED: i32 = 2;
const DEPENDS: i32 = 4;

#[test]
fn functions_give_what_the_template_says() {
    let all = [
        r#"{"Fn::Sub": "arn:aws:s3:::acme-${Stage}/*"}"#,
        r#"{"Fn::Sub": ["arn:aws:s3:::${Name}/*", {"Name": {"Ref": "Bucket"}}]}"#,
        r#"{"Fn::Join": ["", ["arn:aws:s3:::", {"Ref": "Bucket"}, "/*"]]}"#,
        r#"{"Fn::Join": ["/", [{"Fn::Sub": "arn:aws:s3:::${Bucket}"}, "*"]]}"#,
        r#"{"Fn::Sub": ["arn:aws:s3:::${Name}/k", {"Name": {"Fn::FindInMap": ["Names", {"Ref": "Stage"}, "Bucket"]}}]}"#,
        r#"{"Fn::Sub": ["arn:aws:s3:::${Name}/k", {"Name": {"Fn::Select": ["1", {"Fn::Split": [",", "a,acme-prod"]}]}}]}"#,
        r#"{"Fn::If": ["IsProd", "arn:aws:s3:::acme-prod/*", "arn:aws:s3:::acme-test/*"]}"#,
        r#"["arn:aws:s3:::none", {"Fn::If": ["IsTest", {"Ref": "AWS::NoValue"}, "arn:aws:s3:::acme-prod/*"]}]"#,
    ];
    for resource in all {
        assert_eq!(reads(&on(resource)), ALLOWED, "{resource}");
    }
    assert_eq!(
        reads(&on(r#"{"Fn::If": ["IsTest", "arn:aws:s3:::acme-prod/*", "arn:aws:s3:::acme-test/*"]}"#)),
        DENIED
    );
    assert_eq!(reads(r#"{"Effect": "Allow", "Action": {"Ref": "Actions"}, "Resource": "*"}"#), ALLOWED);
}

#[test]
fn a_statement_that_a_condition_leaves_out_is_not_there() {
    let deny = r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#;
    let allow = on(r#""*""#);
    let with = |condition: &str| {
        format!(r#"{allow}, {{"Fn::If": ["{condition}", {deny}, {{"Ref": "AWS::NoValue"}}]}}"#)
    };
    assert_eq!(reads(&with("IsProd")), DENIED);
    assert_eq!(reads(&with("IsTest")), ALLOWED);
    assert_eq!(reads(&with("IsFree")), DEPENDS);
}

#[test]
fn what_only_a_deployment_knows_is_never_guessed() {
    let all = [
        r#"{"Fn::Sub": "arn:${AWS::Partition}:s3:::acme-prod/*"}"#,
        r#"{"Fn::Sub": "arn:aws:s3:::${Free}/*"}"#,
        r#"{"Fn::Sub": "arn:aws:s3:::${Stored}/*"}"#,
        r#"{"Fn::Sub": "arn:aws:s3:::${Other}/*"}"#,
        r#"{"Fn::GetAtt": ["Bucket", "Arn"]}"#,
        r#"{"Fn::ImportValue": "Bucket"}"#,
        r#"{"Ref": "Nobody"}"#,
        r#"{"Fn::If": ["IsFree", "arn:aws:s3:::acme-prod/*", "arn:aws:s3:::acme-test/*"]}"#,
    ];
    for resource in all {
        let (code, said) =
            run(&on(resource), &["can", "--policy", "t.json", "s3:GetObject", "arn:aws:s3:::acme-prod/k"]);
        assert_eq!(code, DEPENDS, "{resource}: {said}");
        assert!(said.contains("is not known in full"), "{resource}: {said}");
    }
}

#[test]
fn variables_of_policies_stay_variables() {
    let own = on(r#"{"Fn::Sub": "arn:aws:s3:::acme-prod/${!aws:username}/*"}"#);
    let ask = |key: &str| {
        let key = format!("arn:aws:s3:::acme-prod/{key}/x");
        run(&own, &["can", "--policy", "t.json", "s3:GetObject", &key]).0
    };
    assert_eq!((ask("example-user"), ask("bob")), (ALLOWED, DENIED));
}

#[test]
fn findings_that_hang_on_what_is_open_are_not_told_and_others_are() {
    let lint = |statement: &str| run(statement, &["lint", "t.json"]);
    let deny_open = r#"{"Effect": "Allow", "Action": ["iam:PassRole", "s3:GetObjct"], "Resource": "*"},
        {"Effect": "Deny", "Action": "iam:PassRole", "Resource": {"Fn::GetAtt": ["Nobody", "Arn"]}}"#;
    let (code, said) = lint(deny_open);
    assert!(code == 1 && said.contains("s3:GetObjct is not in the catalog"), "{said}");
    assert!(!said.contains("pass-role-any"), "a Deny of which nobody knows what it is about: {said}");
    assert!(said.contains("suggestion[unresolved-function]") && said.contains("`Nobody.Arn`"), "{said}");
    let (_, said) =
        lint(r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": {"Fn::Sub": "${Free}"}}"#);
    assert!(!said.contains("pass-role-any"), "{said}");
    let (_, said) =
        lint(r#"{"Effect": "Allow", "Action": "iam:PassRole", "Resource": {"Fn::Join": ["", ["*"]]}}"#);
    assert!(said.contains("security[pass-role-any]"), "what is known is known: {said}");
}

#[test]
fn a_finding_points_at_the_function_in_the_file() {
    let (_, said) = run(
        &on(r#"{"Fn::Sub": "arn:aws:s3:::acme-${Stage}/*"}"#).replace("GetObject", "GetObjct"),
        &["lint", "t.json"],
    );
    assert!(said.contains("t.json:18:76: `\"s3:GetObjct\"`"), "{said}");
    let list = r#"{"Effect": "Allow", "Action": {"Ref": "Actions"}, "Resource": "arn:aws:iam::111122223333:role/R"}"#;
    let (_, said) = run(list, &["lint", "t.json"]);
    assert!(said.contains("`{\"Ref\": \"Actions\"}`"), "{said}");
}

#[test]
fn a_policy_that_is_kept_must_be_known() {
    let declare = ["--empty", "-e", "account 111122223333", "-e", "policy P from \"t.json\""];
    let (code, said) = run(&on(r#"{"Fn::Sub": "arn:aws:s3:::${Bucket}/*"}"#), &declare);
    assert!(code == 0 && said.contains("created policy P"), "{said}");
    let (code, said) = run(&on(r#"{"Fn::Sub": "arn:aws:s3:::${Free}/*"}"#), &declare);
    assert!(code == 3 && said.contains("what `Free` is shows when the template is deployed"), "{said}");
}

#[test]
fn expand_lists_what_is_allowed_in_any_case_and_says_what_else_may_be() {
    let expand = |statement: &str| run(statement, &["expand", "t.json"]);
    let list = r#"{"Effect": "Allow", "Action": ["s3:GetObject", {"Ref": "Free"}], "Resource": "*"}"#;
    let (code, said) = expand(list);
    assert!(code == 0 && said.starts_with("s3:GetObject\n"), "{said}");
    assert!(said.contains("what `Free` is shows when the template is deployed"), "{said}");
    assert!(said.contains("up to 22320 more may be") && !said.contains("unknown"), "{said}");
    let (code, said) = expand(&on(r#"{"Fn::GetAtt": ["Nobody", "Arn"]}"#));
    assert_eq!((code, said.as_str()), (0, "s3:GetObject\n"), "resources do not count");
    let put = r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}"#;
    let if_free = format!(r#"{}, {{"Fn::If": ["IsFree", {put}, {{"Ref": "AWS::NoValue"}}]}}"#, on(r#""*""#));
    let (_, said) = expand(&if_free);
    assert!(said.starts_with("s3:GetObject\n") && said.contains("1 more may be"), "{said}");
    let deny = r#"{"Effect": "Deny", "Action": {"Fn::Sub": "${Free}:*"}, "Resource": "*"}"#;
    let (code, said) = expand(&format!("{put}, {deny}"));
    assert!(code == 0 && !said.starts_with("s3:PutObject"), "it may be taken back: {said}");
    let (_, said) = run(list, &["shrink", "t.json"]);
    assert!(said.starts_with("s3:GetObject\n") && said.contains("22320 more"), "{said}");
}

#[test]
fn functions_that_call_each_other_without_end_come_to_one() {
    let deep = (0..200).fold(r#""x""#.to_owned(), |text, _| format!(r#"{{"Fn::Join": ["", [{text}]]}}"#));
    let code = reads(&on(&deep));
    assert!(code == DEPENDS || code == 3, "{code}");
    let circle = template(&on(r#"{"Ref": "Bucket"}"#)).replace("acme-${Stage}", "${Bucket}");
    let folder = Folder::new(&[("t.json", circle.as_bytes())]);
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let output = program.current_dir(&folder).args(["lint", "t.json"]).output().expect("runs");
    assert!(output.status.code().is_some_and(|code| code < 2));
}

#[test]
fn a_template_that_says_the_same_again_and_again_takes_no_more_memory_than_it_may() {
    let link = |number: usize| {
        format!(
            r#""M{number}": {{"k": {{"v": {{"Fn::Sub": ["${{A}}${{A}}${{A}}${{A}}", {{"A": {{"Fn::FindInMap": ["M{}", "k", "v"]}}}}]}}}}}}"#,
            number + 1
        )
    };
    let maps: Vec<String> = (0..40).map(link).collect();
    let text = template(&on(r#"{"Fn::FindInMap": ["M0", "k", "v"]}"#));
    let text = text.replace("\"Mappings\": {", &format!("\"Mappings\": {{{}, ", maps.join(", ")));
    let folder = Folder::new(&[("t.json", text.as_bytes())]);
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let output = program.current_dir(&folder).args(["lint", "t.json"]).output().expect("runs");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.code() == Some(0) && said.contains("unresolved-function"), "{said}");
    assert!(said.len() < 2_000, "{} bytes", said.len());
}

#[test]
fn many_parameters_and_many_policies_are_looked_up_and_not_gone_through() {
    let many = |make: &dyn Fn(usize) -> String| (0..20_000).map(make).collect::<Vec<_>>().join(",\n");
    let parameters = many(&|number| format!(r#""P{number}": {{"Type": "String", "Default": "v{number}"}}"#));
    let statements = many(&|number| on(&format!(r#"{{"Fn::Sub": "arn:aws:s3:::${{P{number}}}/k"}}"#)));
    let text =
        template(&statements).replace("\"Parameters\": {", &format!("\"Parameters\": {{{parameters}, "));
    let folder = Folder::new(&[("t.json", text.as_bytes())]);
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let asked = ["can", "--policy", "t.json", "s3:GetObject", "arn:aws:s3:::v19999/k"];
    // What hangs is ended; nothing looks at how long it took.
    let program = program.current_dir(&folder).timeout(std::time::Duration::from_secs(60));
    assert_eq!(program.args(asked).output().expect("runs").status.code(), Some(ALLOWED));
}
