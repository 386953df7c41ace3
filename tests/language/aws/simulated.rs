//! AWS's questions about policies; users that get other names; accounts that are invited and leave.

use super::here::{acme, all, allow, prints, said};

const ALLOW_GET: &str = r#"'{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:username}/*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}}'"#;

fn decisions(printed: &str) -> Vec<&str> {
    printed.split("\"EvalDecision\": \"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_simulation_is_answered_by_the_engine_in_the_form_of_aws() {
    let mut session = acme();
    all(&mut session, &format!("inline Own on user bob {}", allow("\"s3:ListBucket\"", "")));
    let bob = "aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:user/bob";
    let asked = format!("{bob} --action-names s3:ListBucket s3:DeleteBucket --resource-arns arn:aws:s3:::b");
    let printed = said(&mut session, &asked);
    assert_eq!(decisions(&printed), ["allowed", "implicitDeny"], "{printed}");
    assert!(printed.contains("\"SourcePolicyId\": \"Own\""), "{printed}");
    let get = format!(
        "{bob} --policy-input-list {ALLOW_GET} --action-names s3:GetObject --resource-arns arn:aws:s3:::b/bob/k"
    );
    let printed = said(&mut session, &get);
    assert_eq!(decisions(&printed), ["implicitDeny"], "{printed}");
    assert!(printed.contains("aws:SourceIp"), "the missing key is named: {printed}");
    let entry = "--context-entries ContextKeyName=aws:SourceIp,ContextKeyValues=10.1.2.3,ContextKeyType=ip";
    let printed = said(&mut session, &format!("{get} {entry}"));
    assert_eq!(decisions(&printed), ["allowed"], "{printed}");
    assert!(!said(&mut session, "show bob").contains("PolicyInputList"), "nothing was changed");
    let confined =
        format!("{get} {entry} --permissions-boundary-policy-input-list '{}'", allow("\"sqs:*\"", ""));
    let printed = said(&mut session, &confined);
    assert_eq!(decisions(&printed), ["implicitDeny"], "{printed}");
    assert!(printed.contains("\"AllowedByPermissionsBoundary\": false"), "{printed}");
}

#[test]
fn policies_are_simulated_without_anybody_and_groups_without_members() {
    let mut session = acme();
    let custom = format!(
        "aws iam simulate-custom-policy --policy-input-list '{}' --action-names",
        allow("\"sqs:*\"", "")
    );
    let printed = said(
        &mut session,
        &format!(
            "{custom} sqs:CreateQueue s3:CreateBucket --resource-arns arn:aws:sqs:us-east-1:111122223333:q"
        ),
    );
    assert_eq!(decisions(&printed), ["allowed", "implicitDeny"], "{printed}");
    all(&mut session, "group devs\nattach AdministratorAccess to group devs");
    let group = "aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:group/devs --action-names ec2:DescribeInstances";
    assert_eq!(decisions(&said(&mut session, group)), ["allowed"]);
    let keys = said(
        &mut session,
        &format!("aws iam get-context-keys-for-custom-policy --policy-input-list {ALLOW_GET}"),
    );
    assert!(keys.contains("aws:SourceIp") && keys.contains("aws:username"), "{keys}");
    let nobody = "aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:user/x --action-names s3:GetObject";
    prints(&mut session, &[(nobody, "(NoSuchEntity)")]);
    let refused = said(
        &mut session,
        "sign-in bob at acme\naws iam get-context-keys-for-principal-policy --policy-source-arn arn:aws:iam::111122223333:user/bob",
    );
    assert!(refused.contains("(AccessDenied)"), "{refused}");
}

#[test]
fn a_user_gets_another_name_and_keeps_what_it_has() {
    let mut session = acme();
    all(&mut session, "attach AmazonS3ReadOnlyAccess to user bob\ngroup devs members bob");
    let lines = [
        (
            "aws iam update-user --user-name bob --new-user-name robert --new-path /dev/",
            "user bob is now robert",
        ),
        ("aws iam get-user --user-name robert", "arn:aws:iam::111122223333:user/dev/robert"),
        ("can robert s3:GetObject on arn:aws:s3:::b/k", "allowed"),
        ("aws iam list-groups-for-user --user-name robert", "\"GroupName\": \"devs\""),
        ("aws iam get-user --user-name bob", "(NoSuchEntity)"),
        ("aws iam update-user --user-name robert --new-user-name alice", "(EntityAlreadyExists)"),
        ("aws iam update-user --user-name robert --new-user-name Robert", "is now Robert"),
        ("aws iam update-user --user-name nobody --new-path /x/", "(NoSuchEntity)"),
    ];
    prints(&mut session, &lines);
}

#[test]
fn an_account_is_invited_joins_and_leaves() {
    let mut session = acme();
    all(
        &mut session,
        "account 444455556666\nuser eve\nattach AdministratorAccess to user eve\naws organizations create-organization",
    );
    let invite = "aws organizations invite-account-to-organization --target Id=444455556666,Type=ACCOUNT";
    let invited = said(&mut session, invite);
    assert!(invited.contains("\"State\": \"OPEN\""), "{invited}");
    let id = invited.split("\"Id\": \"h-").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let answer = |word: &str| format!("aws organizations {word}-handshake --handshake-id h-{id}");
    let listed = "aws organizations list-handshakes-for-account".to_owned();
    let eve = "sign-in eve at 444455556666\n";
    let steps = [
        (answer("accept"), "(HandshakeNotFoundException)"),
        (format!("{eve}{}", answer("cancel")), "(HandshakeNotFoundException)"),
        (listed.clone(), "\"State\": \"OPEN\""),
        (answer("accept"), "\"State\": \"ACCEPTED\""),
        (listed, "\"Handshakes\": []"),
        ("aws organizations describe-organization".to_owned(), "111122223333"),
        ("aws organizations leave-organization".to_owned(), "left organization"),
        ("aws organizations describe-organization".to_owned(), "AWSOrganizationsNotInUseException"),
        (answer("accept"), "(HandshakeNotFoundException)"),
    ];
    for (line, printed) in steps {
        let found = said(&mut session, &line);
        assert!(found.contains(printed), "{line}: {found}");
    }
}

#[test]
fn another_user_calls_with_the_policies_that_are_asked_about() {
    let mut session = acme();
    let by_bob = r#"'{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/bob"}, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*"}}'"#;
    let asked = format!(
        "aws iam simulate-custom-policy --policy-input-list '{}' --action-names s3:GetObject s3:PutObject s3:ListBucket --resource-arns arn:aws:s3:::b/k --resource-policy {by_bob} --caller-arn",
        allow("\"s3:GetObject\"", "")
    );
    let printed = said(&mut session, &format!("{asked} arn:aws:iam::111122223333:user/bob"));
    assert_eq!(decisions(&printed), ["allowed", "allowed", "implicitDeny"], "{printed}");
    let printed = said(&mut session, &format!("{asked} arn:aws:iam::111122223333:user/alice"));
    assert_eq!(decisions(&printed), ["allowed", "implicitDeny", "implicitDeny"], "{printed}");
    let printed = said(&mut session, &format!("{asked} arn:aws:iam::111122223333:role/Deploy"));
    assert_eq!(decisions(&printed), ["allowed", "implicitDeny", "implicitDeny"], "{printed}");
    let session_of_it = "arn:aws:sts::111122223333:assumed-role/Deploy/x";
    prints(&mut session, &[(&format!("{asked} {session_of_it}"), "(InvalidInput)")]);
}

#[test]
fn an_action_has_the_strictest_decision_of_its_resources_and_each_its_own() {
    let mut session = acme();
    let asked = format!(
        "aws iam simulate-custom-policy --policy-input-list '{}' --action-names s3:GetObject --resource-arns arn:aws:s3:::a/k arn:aws:s3:::b/k",
        r#"{"Version": "2012-10-17",
 "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
  {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}]}"#
    );
    let printed = said(&mut session, &asked);
    assert_eq!(decisions(&printed), ["explicitDeny"], "{printed}");
    let found: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
    let result = &found["EvaluationResults"][0];
    let each = result["ResourceSpecificResults"].as_array().expect("a list");
    assert_eq!(
        (&each[0]["EvalResourceDecision"], &each[1]["EvalResourceDecision"]),
        (&"allowed".into(), &"explicitDeny".into())
    );
    assert_eq!(
        result["MatchedStatements"].as_array().expect("a list").len(),
        1,
        "only what decided: {result}"
    );
    let [start, end] = ["StartPosition", "EndPosition"].map(|one| &result["MatchedStatements"][0][one]);
    assert_eq!((&start["Line"], &start["Column"]), (&3.into(), &3.into()), "{start}");
    assert_eq!((&end["Line"], &end["Column"]), (&3.into(), &71.into()), "{end}");
    assert_eq!(result["EvalResourceName"], "arn:${Partition}:s3:::${BucketName}/${ObjectName}");
}

#[test]
fn policies_are_left_out_of_a_simulation() {
    let mut session = acme();
    all(
        &mut session,
        &format!(
            "inline Own on user bob {}\nattach AmazonS3ReadOnlyAccess to user bob\ngroup devs members bob\nattach AmazonSQSFullAccess to group devs",
            allow("\"ec2:*\"", "")
        ),
    );
    let bob = "aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:user/bob --action-names ec2:RunInstances s3:GetObject sqs:SendMessage";
    let without = |entry: &str| format!("{bob} --policy-exclusion-list '{entry}'");
    let cases = [
        ("PolicyType=inline", ["implicitDeny", "allowed", "allowed"]),
        ("PolicyType=aws-managed", ["allowed", "implicitDeny", "implicitDeny"]),
        ("PolicyArn=arn:aws:iam::aws:policy/AmazonS3*", ["allowed", "implicitDeny", "allowed"]),
        ("PolicyType=scp", ["allowed"; 3]),
        (
            "InlinePolicyIdentifier={PolicyName=Own,AttachmentType=user,AttachmentName=b*}",
            ["implicitDeny", "allowed", "allowed"],
        ),
    ];
    for (entry, expected) in cases {
        let printed = said(&mut session, &without(entry));
        assert_eq!(decisions(&printed), expected, "{entry}: {printed}");
    }
    for wrong in ["PolicyType=all", "PolicyArn=arn:aws:iam::*:policy/x", "PolicyType=scp,PolicyArn=x"] {
        prints(&mut session, &[(&without(wrong), "(InvalidInput)")]);
    }
    assert_eq!(decisions(&said(&mut session, bob)), ["allowed"; 3], "nothing was taken away");
}

#[test]
fn scps_are_simulated_level_by_level() {
    let mut session = acme();
    let level = |action: &str| {
        let scp = allow(action, "").replace('"', "\\\"");
        format!("{{\"ServiceControlPolicyInputList\": [\"{scp}\"]}}")
    };
    let asked = format!(
        "aws iam simulate-custom-policy --policy-input-list '{}' --action-names s3:GetObject sqs:SendMessage --ordered-organization-policy-input-list '{}' '{}'",
        allow("\"*\"", ""),
        level("\"*\""),
        level("\"s3:*\"")
    );
    let printed = said(&mut session, &asked);
    assert_eq!(decisions(&printed), ["allowed", "implicitDeny"], "{printed}");
    assert!(printed.contains("\"AllowedByOrganizations\": false"), "{printed}");
}

#[test]
fn what_a_simulation_cannot_mean_is_refused() {
    let mut session = acme();
    let bob = "aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:user/bob --action-names s3:ListBucket";
    let entry = "--context-entries ContextKeyName=aws:SourceIp,ContextKeyValues=10.1.2.3,ContextKeyType";
    let lines = [
        (format!("{bob} --resource-owner nobody"), "(InvalidInput)"),
        (format!("{bob} --resource-owner arn:aws:iam::111122223333:root"), "EvalDecision"),
        (format!("{bob} --resource-handling-option EC2-Moon"), "(InvalidInput)"),
        (format!("{bob} {entry}=address"), "(ValidationError)"),
        (format!("{bob} {entry}=ip"), "EvalDecision"),
    ];
    let lines: Vec<(&str, &str)> = lines.iter().map(|(line, expected)| (line.as_str(), *expected)).collect();
    prints(&mut session, &lines);
}
