//! `diff` of a world and a Terraform plan or a CloudFormation template: what it would change, and what nobody knows yet.

use assert_cmd::Command;
use serde_json::Value;

use crate::scratch::Folder;

const WORLD: &str = r#"account 111122223333 "Acme"
user alice
group devs members alice
policy Reports {"Version": "2012-10-17", "Statement": {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-reports/*"}}
attach Reports to group devs
role Old trust {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}
inline Queues on role Old {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}}
resource arn:aws:s3:::acme-reports owner 111122223333
"#;

/// The exit code and what `--format json` prints of a comparison of two files.
fn compared(command: &[&str], old: (&str, &str), new: (&str, &str)) -> (i32, Value) {
    let folder = Folder::new(&[(old.0, old.1.as_bytes()), (new.0, new.1.as_bytes())]);
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let program = program.current_dir(&folder).args(["--format", "json"]).args(command);
    let output = program.args([old.0, new.0]).output().expect("runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    let answer = serde_json::from_str(&text).unwrap_or_else(|_| Value::from(format!("{text}{wrong}")));
    (output.status.code().expect("a code"), answer)
}

fn onto_world(new: (&str, &str)) -> (i32, Value) {
    compared(&["diff"], ("world.iam", WORLD), new)
}

/// Whose requests turn, and for which actions.
fn changes(answer: &Value, turn: &str) -> Vec<(String, String)> {
    let joined = |list: &Value| {
        let all = list.as_array().unwrap_or_else(|| panic!("{list}")).iter();
        all.filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
    };
    let all = answer[turn].as_array().unwrap_or_else(|| panic!("{answer}")).iter();
    all.map(|change| (joined(&change["callers"]), joined(&change["actions"]))).collect()
}

fn told(answer: &Value) -> String {
    answer["exactness"].to_string()
}

fn pair(who: &str, what: &str) -> (String, String) {
    (who.to_owned(), what.to_owned())
}

/// A template with these resources.
fn template(resources: &str) -> String {
    format!(r#"{{"Parameters": {{"Free": {{"Type": "String"}}}}, "Resources": {{{resources}}}}}"#)
}

const READ: &str = r#"{"Version": "2012-10-17", "Statement": {"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-reports/*"}}"#;

#[test]
fn a_template_that_says_what_there_is_changes_nothing() {
    let policy = format!(
        r#""Reports": {{"Type": "AWS::IAM::ManagedPolicy", "Properties": {{"ManagedPolicyName": "Reports", "Groups": ["devs"], "PolicyDocument": {READ}}}}}"#
    );
    let (code, answer) = onto_world(("template.json", &template(&policy)));
    assert_eq!((code, &answer["verdict"]), (0, &"equal".into()), "{answer}");
}

#[test]
fn a_template_gives_new_and_old_principals_and_buckets_their_policies() {
    let yaml = "
Resources:
  Loader:
    Type: AWS::IAM::Role
    Properties:
      RoleName: loader
      AssumeRolePolicyDocument:
        Statement: {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:user/alice'}, Action: 'sts:AssumeRole'}
      ManagedPolicyArns: [!Ref Load]
  Load:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: load
      PolicyDocument:
        Version: '2012-10-17'
        Statement: {Effect: Allow, Action: 's3:PutObject', Resource: !Sub '${Data.Arn}/*'}
  Data:
    Type: AWS::S3::Bucket
    Properties: {BucketName: acme-data}
  Open:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Data
      PolicyDocument:
        Statement: {Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::acme-data/*'}
";
    let (code, answer) = onto_world(("template.yaml", yaml));
    assert_eq!(
        (code, &answer["verdict"], &answer["exactness"]["kind"]),
        (1, &"wider".into(), &"exact".into())
    );
    let changes = changes(&answer, "newly_allowed");
    assert!(changes.contains(&pair("role loader (new)", "s3:PutObject")), "{changes:?}");
    assert!(changes.contains(&pair("user alice", "sts:AssumeRole")), "{changes:?}");
    let is_open =
        |(who, what): &(String, String)| who.contains("anonymous callers") && what == "s3:GetObject";
    assert!(changes.iter().any(is_open), "{changes:?}");
    assert_eq!(answer["new"], serde_json::json!(["role loader"]));
}

#[test]
fn what_only_a_deployment_knows_is_said_and_never_called_equal() {
    let policy = |name: &str, resource: &str| {
        template(&format!(
            r#""Own": {{"Type": "AWS::IAM::Policy", "Properties": {{"PolicyName": "{name}", "Users": ["alice"], "PolicyDocument":
              {{"Statement": {{"Effect": "Deny", "Action": "s3:PutObject", "Resource": {resource}}}}}}}}}"#
        ))
    };
    let (code, answer) =
        onto_world(("template.json", &policy("P", r#"{"Fn::Sub": "arn:aws:s3:::${Free}/*"}"#)));
    assert_eq!((code, &answer["verdict"]), (4, &"unknown".into()), "{answer}");
    assert!(told(&answer).contains("`Free`"), "{answer}");
    let permission = r#""Call": {"Type": "AWS::Lambda::Permission", "Properties": {"Action": "lambda:InvokeFunction", "FunctionName": "f", "Principal": "*"}}"#;
    let (code, answer) = onto_world(("template.json", &template(permission)));
    assert!(code == 4 && told(&answer).contains("Call (AWS::Lambda::Permission)"), "{answer}");
    let unnamed = r#""Extra": {"Type": "AWS::IAM::Group"}"#;
    let (code, answer) = onto_world(("template.json", &template(unnamed)));
    assert!(code == 4 && told(&answer).contains("names that AWS gives"), "{answer}");
    let condition =
        r#""Extra": {"Type": "AWS::IAM::Group", "Condition": "IsFree", "Properties": {"GroupName": "g"}}"#;
    let condition = template(condition).replace(
        r#""Resources""#,
        r#""Conditions": {"IsFree": {"Fn::Equals": [{"Ref": "Free"}, "yes"]}}, "Resources""#,
    );
    let (code, answer) = onto_world(("template.json", &condition));
    assert!(code == 4 && told(&answer).contains("its condition"), "{answer}");
}

#[test]
fn what_a_template_does_not_name_of_a_role_is_not_known_to_go() {
    let role = r#""Old": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "Old", "AssumeRolePolicyDocument":
      {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}}}"#;
    let (code, answer) = onto_world(("template.json", &template(role)));
    assert!(code == 4 && told(&answer).contains("it has Queues, too"), "{answer}");
}

/// A change of a plan.
fn planned(address: &str, actions: &str, before: &str, after: &str, unknown: &str) -> String {
    let (kind, name) = address.split_once('.').expect("an address");
    format!(
        r#"{{"address": "{address}", "mode": "managed", "type": "{kind}", "name": "{name}",
          "change": {{"actions": [{actions}], "before": {before}, "after": {after}, "after_unknown": {unknown}}}}}"#
    )
}

fn plan(changes: &[String], configured: &str) -> String {
    format!(
        r#"{{"format_version": "1.2", "resource_changes": [{}], "configuration": {{"root_module": {{"resources": [{configured}]}}}}}}"#,
        changes.join(", ")
    )
}

const WRITE: &str = r#""{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:PutObject\", \"Resource\": \"*\"}}""#;

#[test]
fn a_plan_creates_attaches_and_deletes() {
    let after = format!(r#"{{"name": "write", "path": "/", "policy": {WRITE}}}"#);
    let create =
        planned("aws_iam_policy.write", r#""create""#, "null", &after, r#"{"arn": true, "tags_all": true}"#);
    let attach = planned(
        "aws_iam_user_policy_attachment.alice", r#""create""#, "null", r#"{"user": "alice"}"#,
        r#"{"policy_arn": true}"#,
    );
    let queues = r#"{"role": "Old", "name": "Queues", "policy": "{}"}"#;
    let delete = planned("aws_iam_role_policy.queues", r#""delete""#, queues, "null", "{}");
    let configured = r#"{"address": "aws_iam_user_policy_attachment.alice", "expressions": {"policy_arn":
      {"references": ["aws_iam_policy.write.arn", "aws_iam_policy.write"]}}}"#;
    let plan = plan(&[attach, create, delete], configured);
    let (code, answer) = onto_world(("plan.json", &plan));
    assert_eq!(
        (code, &answer["verdict"], &answer["exactness"]["kind"]),
        (1, &"both".into(), &"exact".into())
    );
    assert_eq!(changes(&answer, "newly_allowed"), [pair("user alice", "s3:PutObject")]);
    assert_eq!(changes(&answer, "newly_denied"), [pair("role Old", "sqs:SendMessage")]);
    assert!(told(&answer).contains("what refers to one thing of the plan alone"), "{answer}");
    let (code, answer) = compared(&["check", "no-new-access"], ("world.iam", WORLD), ("plan.json", &plan));
    assert_eq!((code, &answer["verdict"]), (1, &"fails".into()));
}

#[test]
fn what_a_plan_does_not_know_yet_is_said() {
    let inline = r#"{"name": "later", "user": "alice"}"#;
    let unknown = planned("aws_iam_user_policy.later", r#""create""#, "null", inline, r#"{"policy": true}"#);
    let configured = r#"{"address": "aws_iam_user_policy.later", "expressions": {"policy": {"references": ["local.policy"]}}}"#;
    let (code, answer) = onto_world(("plan.json", &plan(&[unknown], configured)));
    assert_eq!((code, &answer["verdict"]), (4, &"unknown".into()), "{answer}");
    assert!(told(&answer).contains("aws_iam_user_policy.later"), "{answer}");
    let queues = planned(
        "aws_iam_role_policy.queues", r#""update""#, "null", r#"{"name": "Queues", "role": "Old"}"#,
        r#"{"policy": true}"#,
    );
    let configured = configured.replace("aws_iam_user_policy.later", "aws_iam_role_policy.queues");
    let (code, answer) = onto_world(("plan.json", &plan(&[queues], &configured)));
    assert_eq!(
        (code, &answer["verdict"]),
        (4, &"unknown".into()),
        "what was there is not told to be gone: {answer}"
    );
    // What nobody wrote is whatever AWS makes it.
    let after = r#"{"name": "Old", "path": "/"}"#;
    let role = planned("aws_iam_role.old", r#""update""#, after, after, r#"{"managed_policy_arns": true}"#);
    let (code, answer) = onto_world(("plan.json", &plan(&[role], "")));
    assert_eq!((code, &answer["verdict"]), (0, &"equal".into()), "{answer}");
}

#[test]
fn two_templates_are_compared_with_the_policies_that_nobody_has() {
    let of = |action: &str| {
        template(&format!(
            r#""P": {{"Type": "AWS::IAM::ManagedPolicy", "Properties": {{"ManagedPolicyName": "p", "PolicyDocument":
              {{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "{action}", "Resource": "*"}}}}}}}}"#
        ))
    };
    let (old, new) = (of("s3:GetObject"), of("s3:Get*"));
    let (code, answer) = compared(&["diff"], ("old.json", &old), ("new.json", &new));
    assert_eq!((code, &answer["verdict"]), (1, &"wider".into()), "{answer}");
    assert_eq!(answer["newly_allowed"][0]["callers"], serde_json::json!(["whoever has policy p"]));
    let (code, answer) = compared(&["diff"], ("old.json", &old), ("new.json", &old));
    assert_eq!((code, &answer["verdict"]), (0, &"equal".into()), "{answer}");
}

#[test]
fn the_world_is_named_before_what_is_carried_out_in_it() {
    let empty = template(r#""G": {"Type": "AWS::IAM::Group", "Properties": {"GroupName": "g"}}"#);
    let (code, answer) = compared(&["diff"], ("template.json", &empty), ("world.iam", WORLD));
    assert_eq!(code, 3);
    assert!(answer.to_string().contains("diff world.iam template.json"), "{answer}");
}

#[test]
fn of_a_policy_of_a_template_what_is_known_is_compared_and_the_rest_said() {
    let of = |effect: &str, action: &str| {
        template(&format!(
            r#""P": {{"Type": "AWS::IAM::ManagedPolicy", "Properties": {{"PolicyDocument": {{"Version": "2012-10-17",
              "Statement": {{"Effect": "{effect}", "Action": "{action}", "Resource": {{"Fn::Sub": "arn:aws:s3:::${{Free}}/*"}}}}}}}}}}"#
        ))
    };
    let both =
        |command: &[&str], old: &str, new: &str| compared(command, ("old.json", old), ("new.json", new));
    let (get, all) = (of("Allow", "s3:GetObject"), of("Allow", "s3:*"));
    let (code, answer) = both(&["diff", "--type", "identity"], &get, &get);
    assert_eq!((code, &answer["verdict"]), (4, &"unknown".into()), "{answer}");
    assert!(told(&answer).contains("`Free`"), "{answer}");
    let (code, answer) = both(&["diff", "--type", "identity"], &get, &all);
    assert_eq!(
        (code, &answer["verdict"], &answer["exactness"]["kind"]),
        (1, &"wider".into(), &"within".into())
    );
    let (code, _) = both(&["check", "no-new-access", "--type", "identity"], &all, &get);
    assert_eq!(code, 4);
    let folder = Folder::new(&[("t.json", get.as_bytes())]);
    let run = |arguments: &[&str]| {
        let mut program = Command::cargo_bin("iamwhy").expect("built");
        let output = program.current_dir(&folder).args(arguments).output().expect("runs");
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        (output.status.code().expect("a code"), out, String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(run(&["check", "access-not-granted", "t.json", "s3:Delete*", "*"]).0, 4);
    assert_eq!(run(&["check", "access-not-granted", "t.json", "s3:Get*", "*"]).0, 1);
    let (code, out, wrong) = run(&["expand", "t.json"]);
    // A resource that is not known leaves no doubt about the actions.
    assert!(code == 0 && out == "s3:GetObject\n" && wrong.is_empty(), "{out} {wrong}");
}
