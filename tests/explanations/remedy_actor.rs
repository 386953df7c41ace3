//! Nothing is proposed that the one who is named for it cannot do.

use super::remedy_laws::{edits, why};

fn words(why: &iamwhy::explain::Explanation) -> Vec<String> {
    edits(why).iter().map(|edit| edit.words.clone()).collect()
}

const TOPIC: &str = "arn:aws:sns:us-east-1:111122223333:arrivals";

#[test]
fn no_service_is_told_to_send_a_key_that_only_callers_or_nobody_gives() {
    let script = format!(
        r#"resource {TOPIC} owner 111122223333 policy {{ "Version": "2012-10-17", "Statement": [
  {{ "Sid": "Default", "Effect": "Allow", "Principal": {{ "AWS": "*" }}, "Action": "SNS:Publish", "Resource": "{TOPIC}", "Condition": {{ "StringEquals": {{ "AWS:SourceOwner": "111122223333" }} }} }},
  {{ "Sid": "Parcels", "Effect": "Allow", "Principal": {{ "Service": "s3.amazonaws.com" }}, "Action": "SNS:Publish", "Resource": "{TOPIC}",
     "Condition": {{ "StringEquals": {{ "aws:SourceAccount": "444455556666" }} }} }} ] }}"#
    );
    let why = why(
        &script,
        &format!(
            "service:s3.amazonaws.com SNS:Publish on {TOPIC} with aws:SourceArn=arn:aws:s3:::parcels aws:SourceAccount=111122223333"
        ),
    );
    let all = words(&why);
    assert!(all[0].starts_with("in arrivals · Parcels"), "{all:?}");
    assert!(!all.iter().any(|words| words.contains("SourceOwner")), "{all:?}");
}

#[test]
fn no_caller_is_told_to_ask_at_a_time_that_is_past_for_the_request() {
    let script = r#"attach AdministratorAccess to user bob
policy Freeze { "Version": "2012-10-17", "Statement": { "Sid": "Sale", "Effect": "Deny", "Action": "ecs:*", "Resource": "*", "Condition": {
  "DateGreaterThanEquals": { "aws:CurrentTime": "2031-11-24T00:00:00Z" }, "DateLessThan": { "aws:CurrentTime": "2031-12-02T00:00:00Z" } } } }
attach Freeze to user bob"#;
    let why = why(
        script,
        "bob ecs:UpdateService on arn:aws:ecs:us-east-1:111122223333:service/c/shop with aws:CurrentTime=2031-11-28T10:00:00Z",
    );
    let all = words(&why);
    assert_eq!(all[0], "wait until 2031-12-02T00:00:00Z, and ask again (aws:CurrentTime)");
    assert!(!all.iter().any(|words| words.contains("11-24") || words.contains("11-23")), "{all:?}");
}

#[test]
fn whoever_registers_an_mfa_device_is_not_told_to_sign_in_with_it() {
    for (element, expected) in [
        (
            r#""NotAction": ["iam:CreateVirtualMFADevice", "iam:ListMFADevices"]"#,
            r#"add "iam:EnableMFADevice" to "NotAction""#,
        ),
        (r#""Action": "*""#, r#"write "NotAction": "iam:EnableMFADevice" instead of "Action": "*""#),
    ] {
        let script = format!(
            r#"attach AdministratorAccess to user bob
policy Mfa {{ "Version": "2012-10-17", "Statement": {{ "Sid": "Without", "Effect": "Deny", {element}, "Resource": "*", "Condition": {{ "BoolIfExists": {{ "aws:MultiFactorAuthPresent": "false" }} }} }} }}
attach Mfa to user bob"#
        );
        let own = "arn:aws:iam::111122223333:user/bob";
        let why = why(&script, &format!("bob iam:EnableMFADevice on {own}"));
        let all = words(&why);
        assert_eq!(all, [format!("in Mfa · Without (identity-based), {expected}")]);
    }
}

#[test]
fn a_role_of_identity_center_is_changed_by_its_permission_set_and_by_whoever_administers_that() {
    let name = "AWSReservedSSO_Desk_0123456789abcdef";
    let script = format!(
        r#"account 999999999999
user boss
attach AdministratorAccess to user boss
account 777788889999
user keeper
attach AWSSSOMemberAccountAdministrator to user keeper
organization o-exampleorg management 999999999999
move account 777788889999 to organization-root
account 111122223333
attach AdministratorAccess to user carol
role {name} path /aws-reserved/sso.amazonaws.com/ trust {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "Federated": "arn:aws:iam::111122223333:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE" }}, "Action": "sts:AssumeRoleWithSAML" }} }}
inline AwsSSOInlinePolicy on role {name} {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "sqs:*", "Resource": "arn:aws:sqs:us-east-1:111122223333:desk" }} }}
move account 111122223333 to organization-root"#
    );
    let question = format!("{name}:pat sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:orders");
    let alone = why(&script, &question);
    let first = edits(&alone)[0];
    assert!(first.words.starts_with("in IAM Identity Center, permission set Desk"), "{}", first.words);
    let who = first.who.as_deref().unwrap_or_default();
    assert!(who.starts_with("user boss of account 999999999999"), "{who}");
    assert!(first.commands.is_empty() && first.changes.is_empty(), "{:?}", first.commands);
    let delegated = why(&format!("{script}\ndelegate sso.amazonaws.com to account 777788889999"), &question);
    let who = edits(&delegated)[0].who.clone().unwrap_or_default();
    assert!(who.starts_with("user keeper of account 777788889999"), "{who}");
}

#[test]
fn whoever_is_denied_that_very_tag_is_not_named_for_it() {
    let script = r#"attach AdministratorAccess to user carol
user dora
attach AdministratorAccess to user dora
policy Tags { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "iam:TagUser", "Resource": "*", "Condition": { "ForAnyValue:StringEquals": { "aws:TagKeys": "desk" } } } }
attach Tags to user dora
inline P on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition": { "StringEquals": { "aws:PrincipalTag/desk": "orders" } } } }"#;
    let why = why(script, "bob sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:orders");
    let who = edits(&why)[0].who.clone().unwrap_or_default();
    assert!(
        edits(&why)[0].words.starts_with("give user bob the tag desk=orders"),
        "{}",
        edits(&why)[0].words
    );
    assert!(who.contains("carol") && !who.contains("dora"), "{who}");
}
