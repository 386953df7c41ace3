//! Who is to be asked, what is to be put to them, and what they weigh: who may do it today, and what is lent.

use iamwhy::report::{Extent, Style, explained, explanation};

use crate::remedy_laws::{bobs, edits, why};

fn told(script: &str, question: &str) -> String {
    explanation(&why(script, question), &Style { width: 400, ..Style::default() })
}

const ADMIN: &str = "attach AdministratorAccess to user carol";

#[test]
fn the_owner_by_a_tag_is_asked_before_whoever_may_write_the_policy() {
    let table = "arn:aws:dynamodb:us-east-1:111122223333:table/T";
    let script = format!(
        r#"{ADMIN}
user dora
resource {table} owner 111122223333 tags team=red owner=dora
{}"#,
        bobs(
            r#"{ "Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "blue" } } }"#
        )
    );
    let told = told(&script, &format!("bob dynamodb:GetItem on {table}"));
    assert!(told.contains("ask user dora, whom a tag names as the owner, first"), "{told}");
}

#[test]
fn whoever_asks_is_never_sent_to_themselves() {
    let script = format!(
        r#"{ADMIN}
role Desk trust {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "AWS": "arn:aws:iam::111122223333:root" }}, "Action": "sts:AssumeRole" }} }}
inline Own on role Desk {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }} }}
{}"#,
        bobs(r#"{ "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*" }"#)
    );
    let question = r#"role/Desk:bob s3:PutObject on arn:aws:s3:::b/k"#;
    let found = edits(&why(&script, question)).first().and_then(|edit| edit.keeper.clone());
    assert_ne!(found.as_deref(), Some("user bob"));
}

#[test]
fn a_passed_role_is_told_with_the_rights_that_it_lends_and_what_is_to_be_asked() {
    let script = format!(
        r#"{ADMIN}
role Send trust {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "Service": "lambda.amazonaws.com" }}, "Action": "sts:AssumeRole" }} }}
inline Own on role Send {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": ["sns:Publish", "sqs:SendMessage"], "Resource": "*" }} }}"#
    );
    let question = "bob iam:PassRole on arn:aws:iam::111122223333:role/Send with iam:PassedToService=lambda.amazonaws.com";
    let told = told(&script, question);
    assert!(told.contains("\"May user bob pass role Send to lambda.amazonaws.com?\""), "{told}");
    assert!(told.contains("has the use of them: sns:Publish and sqs:SendMessage"), "{told}");
    let found = crate::remedy_choice::choice(&crate::remedy_laws::why(&script, question));
    assert!(found.contains("(today user carol and role Break may do it)"), "{found}");
}

#[test]
fn what_is_destroyed_is_asked_for_before_a_way_to_do_it_is_told_with_its_command() {
    let script = format!(
        r#"{ADMIN}
attach AdministratorAccess to user bob
role Off trust {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "AWS": "arn:aws:iam::111122223333:user/bob" }}, "Action": "sts:AssumeRole" }} }}
attach AdministratorAccess to role Off
resource arn:aws:s3:::b owner 111122223333 policy {{ "Version": "2012-10-17", "Statement": {{ "Sid": "Keep", "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::b/*", "Condition": {{ "ArnNotEquals": {{ "aws:PrincipalArn": "arn:aws:iam::111122223333:role/Off" }} }} }} }}"#
    );
    let told = told(&script, "bob s3:DeleteObject on arn:aws:s3:::b/k");
    assert!(
        told.contains("ask user carol, who may change b · Keep, first: \"May b/k be destroyed for good?\""),
        "{told}"
    );
    assert!(told.contains("aws sts assume-role --role-arn arn:aws:iam::111122223333:role/Off"), "{told}");
}

#[test]
fn what_a_group_has_is_told_whole_and_what_was_asked_for_first() {
    let script = r#"group staff
inline All on group staff { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": ["sqs:ListQueues", "sns:ListTopics", "ec2:DescribeVpcs", "ec2:DescribeTags", "sqs:SendMessage", "s3:GetObject"], "Resource": "*" } }"#;
    let told = told(script, "bob s3:GetObject on arn:aws:s3:::b/k");
    assert!(
        told.contains("all that group staff has: s3:GetObject, sqs:ListQueues, sns:ListTopics"),
        "{told}"
    );
    assert!(!told.contains("more\n"), "{told}");
}

#[test]
fn every_answer_says_what_the_call_comes_to_after_a_fix() {
    let question = "bob s3:GetObject on arn:aws:s3:::b/k";
    assert!(told(ADMIN, question).contains("\nafter    allowed\n"));
    let full = explained(&crate::remedy_laws::why(ADMIN, question), Extent::Full, &Style::default());
    assert!(full.contains("\nafter    allowed\n"), "{full}");
}
