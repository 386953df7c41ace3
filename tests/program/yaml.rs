//! Policies in YAML: read wherever JSON is, with messages that point into the YAML.

use assert_cmd::Command;

use crate::scratch::Folder;

const POLICY: &str = "# what Ana asked for
Version: 2012-10-17
Statement:
  - Effect: Allow   # é
    Action: [\"s3:Get*\", s3:PutObjct]
    Resource: 'arn:aws:s3:::b/*'
  - Sid: NoSecrets
    Effect: Deny
    Action: s3:*
    Resource:
      - arn:aws:s3:::b/secret/*
    Condition:
      Bool:
        aws:SecureTransport: true
";

fn run(files: &[(&str, &str)], arguments: &[&str]) -> (i32, String) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let folder = Folder::new(&files);
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let output = program.current_dir(&folder).args(arguments).output().expect("runs");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().expect("a code"), String::from_utf8(text).expect("UTF-8"))
}

fn lint(text: &str) -> (i32, String) {
    run(&[("p.yaml", text)], &["lint", "p.yaml"])
}

#[test]
fn a_policy_in_yaml_is_one_at_every_door() {
    let file = [("p.yaml", POLICY)];
    assert_eq!(run(&file, &["can", "--policy", "p.yaml", "s3:GetObject", "arn:aws:s3:::b/k"]).0, 0);
    assert_eq!(run(&file, &["can", "--policy", "p.yaml", "s3:GetObject", "arn:aws:s3:::b/secret/k"]).0, 2);
    assert!(run(&file, &["expand", "p.yaml"]).1.contains("s3:GetObject\n"));
    assert!(run(&file, &["diff", "p.yaml", "p.yaml"]).1.starts_with("equal"));
    let declare =
        ["--empty", "-e", "account 111122223333", "-e", "policy P from \"p.yaml\"", "-e", "show policy P"];
    let (code, said) = run(&file, &declare);
    assert!(code == 0 && said.contains("    4    - Effect: Allow   # é\n"), "{said}");
}

#[test]
fn messages_point_into_the_yaml() {
    let (code, said) = lint(POLICY);
    assert!(code == 1 && said.contains("p.yaml:5:25: `s3:PutObjct`"), "{said}");
    let (_, said) = lint(&POLICY.replace("Effect: Deny", "Efect: Deny"));
    assert!(said.contains("p.yaml:8:5: `Efect`") && said.contains("did you mean `Effect`"), "{said}");
    let (_, said) =
        run(&[("p.yaml", POLICY)], &["why", "--policy", "p.yaml", "s3:GetObject", "arn:aws:s3:::b/secret/k"]);
    assert!(said.contains("p, NoSecrets") || said.contains("p · NoSecrets"), "{said}");
    let (_, said) = run(
        &[("p.yaml", POLICY)],
        &["can", "--format", "json", "--policy", "p.yaml", "s3:GetObject", "arn:aws:s3:::b/secret/k"],
    );
    assert!(said.contains("\"line\":7") || said.contains("\"line\": 7"), "{said}");
}

#[test]
fn what_is_wrong_with_yaml_is_pointed_at() {
    let (code, said) = lint("Version: 2012-10-17\nStatement: [\nEffect: Allow\n");
    assert!(code == 1 && said.contains("error[bad-yaml]: this is no YAML"), "{said}");
    let (_, said) = lint("Statement:\n  - Effect: Allow\n\tAction: x\n");
    assert!(said.contains("error[bad-yaml]") && said.contains("found a tab"), "{said}");
    let (_, said) = lint("Statement: []\n? [a]\n: b\n");
    assert!(said.contains("a key that is no text"), "{said}");
    let (_, said) = lint("Statement: *nothing\n");
    assert!(said.contains("error[bad-yaml]") || said.contains("error[unknown-anchor]"), "{said}");
}

#[test]
fn short_functions_are_those_of_templates() {
    let template = "AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: {Type: String, Default: prod}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub 'acme-${Stage}'
  Role:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Action: s3:GetObject
            Resource: !Join ['', ['arn:aws:s3:::', !Ref Bucket, /*]]
          - !If
            - IsProd
            - Effect: Deny
              Action: s3:GetObjct
              Resource: !Sub arn:aws:s3:::${Bucket}/secret/${!aws:username}
            - !Ref AWS::NoValue
";
    let file = [("t.yaml", template)];
    let can = |key: &str| run(&file, &["can", "--policy", "t.yaml", "s3:GetObject", key]).0;
    assert_eq!(can("arn:aws:s3:::acme-prod/k"), 0);
    assert_eq!(can("arn:aws:s3:::acme-test/k"), 2);
    let (code, said) = run(&file, &["lint", "t.yaml"]);
    assert!(code == 1 && said.contains("t.yaml:23:23: `s3:GetObjct`"), "{said}");
    let open = template.replace(", Default: prod", "");
    let (code, said) =
        run(&[("t.yaml", &open)], &["can", "--policy", "t.yaml", "s3:GetObject", "arn:aws:s3:::acme-prod/k"]);
    assert!(code == 4 && said.contains("`Stage`"), "{said}");
}

#[test]
fn texts_stay_texts_whatever_they_look_like() {
    let policy = "Version: 2012-10-17
Statement:
  Effect: Allow
  Principal: {AWS: 012345678901}
  Action: s3:GetObject
  Resource: |-
    arn:aws:s3:::b/*
  Condition:
    StringEquals: {aws:PrincipalTag/team: \"on\", aws:PrincipalTag/n: '1'}
    Bool: {aws:SecureTransport: true}
";
    let (code, said) = run(&[("p.yaml", policy)], &["lint", "--type", "resource", "p.yaml"]);
    assert!(code == 0, "{said}");
    let asks = [
        "can", "--resource-policy", "p.yaml", "arn:aws:iam::012345678901:root", "s3:GetObject",
        "arn:aws:s3:::b/k",
    ];
    let with = ["--with", "aws:PrincipalTag/team=on", "--with", "aws:PrincipalTag/n=1"];
    let (code, said) = run(&[("p.yaml", policy)], &[&asks[..], &with[..]].concat());
    assert_eq!(code, 0, "{said}");
}

#[test]
fn anchors_are_followed_and_bounded() {
    let shared = "a: &doc\n  Version: 2012-10-17\n  Statement: [{Effect: Allow, Action: s3:GetObjct, Resource: '*'}]\nb: *doc\n";
    assert!(lint(shared).1.contains("p.yaml:3:39: `s3:GetObjct`"), "{}", lint(shared).1);
    let level = |number: usize| {
        format!("l{}: &l{0} [{}]\n", number, vec![format!("*l{}", number - 1); 10].join(", "))
    };
    let bomb: String = "l0: &l0 [Statement]\n".to_owned() + &(1..12).map(level).collect::<String>();
    let (code, said) = lint(&bomb);
    assert!(code == 1 && said.contains("what anchors stand for comes to more than is read"), "{said}");
    assert!(said.len() < 2_000, "{said}");
    let (code, said) = lint("Statement: &a\n  - *a\n");
    assert!(code == 1 && said.len() < 2_000, "{said}");
}

#[test]
fn what_is_deep_or_long_is_refused() {
    let (code, said) = lint(&format!("Statement: {}", "[".repeat(10_000)));
    assert!(code == 1 && said.len() < 2_000, "{said}");
    let deep: String = (0..200).map(|level| " ".repeat(level) + "a:\n").collect();
    assert!(lint(&deep).1.contains("nested deeper than 64 levels"));
    let (_, said) = lint(&format!("Statement: '{}'", "x".repeat(3 << 20)));
    assert!(said.contains("more than the 2097152 of YAML that are read") && said.len() < 2_000, "{said}");
}

#[test]
fn other_yaml_is_named_and_a_folder_takes_what_holds_policies() {
    let (_, said) = lint("on: push\njobs:\n  build: {}\n");
    assert!(said.contains("is a workflow of GitHub Actions"), "{said}");
    let files = [
        ("all/p.yml", POLICY),
        ("all/workflow.yaml", "on: push\njobs:\n  x: 'a Statement'\n"),
        (
            "all/q.json",
            r#"{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k"}}"#,
        ),
    ];
    let (_, said) = run(&files, &["lint", "all"]);
    assert!(said.contains("in 2 policies") && !said.contains("workflow"), "{said}");
}

#[test]
fn several_documents_and_outputs_in_yaml_are_looked_into() {
    let (_, said) = lint(&format!("---\nname: x\n---\n{POLICY}"));
    assert!(said.contains("p.yaml:8:25: `s3:PutObjct`"), "{said}");
    let output = "PolicyVersion:\n  VersionId: v1\n  Document:\n    Statement:\n    - {Effect: Allow, Action: s3:PutObjct, Resource: '*'}\n";
    assert!(lint(output).1.contains("p.yaml:5:31: `s3:PutObjct`"), "{}", lint(output).1);
}

#[test]
fn items_that_are_empty_are_not_gone_through_for_each_other() {
    let folder = Folder::new(&[("p.yaml", format!("Statement:\n{}", "- -\n".repeat(300_000)).as_bytes())]);
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    // What hangs is ended; nothing looks at how long it took.
    let program = program.current_dir(&folder).timeout(std::time::Duration::from_secs(60));
    assert_eq!(program.args(["lint", "p.yaml"]).output().expect("runs").status.code(), Some(1));
}

const DUMP: &str = "UserDetailList:
- Arn: arn:aws:iam::111122223333:user/ana
  UserName: ana
  UserId: AIDAEXAMPLE
  Path: /
  GroupList: []
  AttachedManagedPolicies: []
  UserPolicyList:
  - PolicyName: Read
    PolicyDocument:
      Version: '2012-10-17'
      Statement:
      - Effect: Allow
        Action: s3:GetObject
        Resource: arn:aws:s3:::b/*
        Condition: {StringEquals: {'s3:ExistingObjectTag/team': red}}
GroupDetailList: []
RoleDetailList: []
Policies: []
";

#[test]
fn a_dump_and_condition_keys_in_yaml_are_read_as_those_in_json() {
    let files = [("dump.yaml", DUMP), ("keys.yaml", "s3:ExistingObjectTag/team: red\n")];
    let asked = ["can", "ana", "s3:GetObject", "arn:aws:s3:::b/k"];
    let with = |more: &[&str]| run(&files, &[&asked, more].concat());
    let (code, said) = with(&["--world", "dump.yaml", "--context", "keys.yaml"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(with(&["--world", "dump.yaml"]).0, 2);
    let (code, said) = run(&files, &["--empty", "-e", "load \"dump.yaml\"", "-e", "show user ana"]);
    assert!(code == 0 && said.contains("loaded dump.yaml into account 111122223333"), "{said}");
    let wrong = [("dump.yaml", "UserDetailList:\n- [unclosed\n")];
    let (code, said) = run(&wrong, &["--empty", "-e", "load \"dump.yaml\""]);
    assert!(code == 3 && said.contains("dump.yaml:"), "{said}");
}

#[test]
fn of_a_file_in_yaml_that_a_stranger_names_nothing_is_shown() {
    let files = [
        ("world.iam", "account 111122223333\nload \"secret.yaml\"\n"),
        ("secret.yaml", "password: hunter2\n"),
    ];
    let (code, said) = run(&files, &["--world", "world.iam", "-e", "whoami"]);
    assert!(code == 3 && said.contains("is no dump of an account") && !said.contains("hunter2"), "{said}");
}
