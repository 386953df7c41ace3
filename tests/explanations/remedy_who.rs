//! Who can carry out a remedy, and on what that hangs.

use iamwhy::explain::Edit;
use iamwhy::report::{Style, explanation};

use super::remedy_laws::{bobs, edits, why};

/// A trust policy that lets an account in under a condition.
fn trusting(condition: &str) -> String {
    format!(
        r#"trust {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {{ "AWS": "111122223333" }}, "Action": "sts:AssumeRole", "Condition": {condition} }} }}"#
    )
}

const KEPT: &str = r#"
attach AdministratorAccess to role Keeper
attach AdministratorAccess to user carol
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Sid": "Keep", "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "ArnNotEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/Keeper" } } } }"#;

/// The first fix of a deletion that only role Keeper may make, under a condition of its trust.
fn keeper(condition: &str) -> Edit {
    let script = format!("role Keeper {}{KEPT}", trusting(condition));
    let why = why(&script, "carol s3:DeleteObject on arn:aws:s3:::b/k");
    edits(&why)[0].clone()
}

#[test]
fn whoever_may_assume_a_role_is_told_with_what() {
    for (condition, with, option) in [
        (
            r#"{ "Bool": { "aws:MultiFactorAuthPresent": "true" } }"#,
            "MFA",
            "--serial-number arn:aws:iam::111122223333:mfa/DEVICE --token-code CODE",
        ),
        (r#"{ "StringEquals": { "sts:ExternalId": "k-1" } }"#, "sts:ExternalId=k-1", "--external-id k-1"),
        (r#"{ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }"#, "aws:SourceIp=203.0.113.", ""),
    ] {
        let found = keeper(condition);
        assert!(found.words.starts_with(&format!("assume role Keeper with {with}")), "{}", found.words);
        assert_eq!(found.who.as_deref(), Some("the caller"));
        assert!(found.run.is_some_and(|line| line.ends_with(option)), "{option}");
    }
}

#[test]
fn what_the_caller_cannot_become_is_the_work_of_others() {
    let found = keeper(r#"{ "StringEquals": { "aws:PrincipalTag/team": "keepers" } }"#);
    assert!(found.words.starts_with("leave it to role Keeper, for whom"), "{}", found.words);
    assert!(found.is_work_of_others && found.run.is_none(), "{found:?}");
    let who = |trusted: &str| {
        let trust = format!(
            r#"role Keeper trust {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Principal": {trusted}, "Action": "sts:AssumeRole" }} }}"#
        );
        let why = why(&format!("{trust}{KEPT}"), "carol s3:DeleteObject on arn:aws:s3:::b/k");
        let told = explanation(&why, &Style { width: 300, ..Style::default() });
        assert!(
            told.contains("1 leaves what denies as it is") && !told.contains("sts assume-role"),
            "{told}"
        );
        edits(&why)[0].who.clone().expect("somebody")
    };
    assert_eq!(who(r#"{ "Service": "lambda.amazonaws.com" }"#), "the Lambda functions that have role Keeper");
    let bob = r#"{ "AWS": "arn:aws:iam::111122223333:user/bob" }"#;
    assert_eq!(who(bob), "user bob, as role Keeper");
}

#[test]
fn whoever_may_change_a_policy_with_mfa_alone_is_named() {
    let script = format!(
        r#"{}
inline Admin on user carol {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "iam:*", "Resource": "*", "Condition": {{ "Bool": {{ "aws:MultiFactorAuthPresent": "true" }} }} }} }}"#,
        bobs(r#"{ "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }"#)
    );
    let why = why(&script, "bob s3:GetObject on arn:aws:s3:::b/k");
    let who = edits(&why)[0].who.as_deref();
    assert_eq!(who, Some("user carol with MFA or role Break (iam:PutUserPolicy)"));
}

#[test]
fn a_role_that_asks_for_mfa_is_an_everyday_way() {
    let script = format!(
        r#"role Reader {}
inline Read on role Reader {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" }} }}
inline Assume on user bob {{ "Version": "2012-10-17", "Statement": {{ "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111122223333:role/Reader" }} }}"#,
        trusting(r#"{ "Bool": { "aws:MultiFactorAuthPresent": "true" } }"#)
    );
    let why = why(&script, "bob s3:GetObject on arn:aws:s3:::b/k");
    let words: Vec<&str> = edits(&why).iter().map(|edit| &*edit.words).collect();
    assert!(words.contains(&"assume role Reader with MFA, which may do it"), "{words:?}");
}

/// What is said to do first where no fix is known.
fn first_step(question: &str) -> String {
    why("account 444455556666\nuser pat\naccount 111122223333", question).first_step.clone().expect("a step")
}

#[test]
fn a_denial_without_a_fix_has_a_first_step() {
    assert_eq!(
        first_step("bob lambda:InvokeFunction"),
        "say on what, with `on ARN`: its ARN is of the form arn:aws:lambda:Region:111122223333:function:FunctionName"
    );
    assert_eq!(first_step("bob s3:ListBuckets"), "ask about s3:ListAllMyBuckets instead");
    assert!(
        first_step("bob ec2:Foo on arn:aws:ec2:us-east-1:111122223333:instance/i-1")
            .starts_with("check the name")
    );
    let step = first_step(
        "arn:aws:iam::444455556666:user/pat ec2:StartInstances on arn:aws:ec2:us-east-1:111122223333:instance/i-1",
    );
    assert!(step.contains("assume a role of account 111122223333"), "{step}");
}

#[test]
fn in_full_the_accounts_of_an_answer_are_named_once_where_there_are_several() {
    let script = r#"account 444455556666 "Partner" alias partner
user pat
account 999999999999 "Shared Data"
resource arn:aws:s3:::b owner 999999999999
account 111122223333"#;
    let across = why(script, "partner/pat s3:GetObject on arn:aws:s3:::b/k");
    let full = iamwhy::report::Extent::Full;
    let told = iamwhy::report::explained(&across, full, &iamwhy::report::Style::default());
    assert_eq!(
        told.matches("accounts 444455556666 is partner, 999999999999 Shared Data").count(),
        1,
        "{told}"
    );
    let within = why(script, "bob s3:GetObject on arn:aws:s3:::b/k");
    let told = iamwhy::report::explained(&within, full, &iamwhy::report::Style::default());
    assert!(!told.contains("\naccounts "), "{told}");
}
