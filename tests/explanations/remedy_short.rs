//! What a fix opens and to whom, exactly and in short; and how long an answer is.

use iamwhy::report::{Extent, Style, explained, explanation};

use crate::remedy_laws::{edits, why};

/// An answer as it stands in a terminal of 80 columns.
fn told(script: &str, question: &str) -> String {
    explanation(&why(script, question), &Style { width: 80, ..Style::default() })
}

/// A user without rights, a Deny of an SCP, a trust policy, a tag, a boundary: what people meet every day.
const ORDINARY: [(&str, &str); 5] = [
    ("", "bob s3:GetObject on arn:aws:s3:::b/reports/2026/q1.csv"),
    (
        r#"group readers members bob
inline Read on group readers { "Version": "2012-10-17", "Statement": { "Sid": "Reports", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-reports-archive/Reports/*" } }"#,
        "bob s3:GetObject on arn:aws:s3:::acme-reports-archive/reports/2026/q1.csv",
    ),
    (
        r#"role Vendor trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "sts:ExternalId": "acme-0471-dict" } } } }"#,
        "bob sts:AssumeRole on arn:aws:iam::111122223333:role/Vendor with sts:ExternalId=acme-0417-dict",
    ),
    (
        r#"attach AdministratorAccess to user bob
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Sid": "Kms", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "StringNotEquals": { "s3:x-amz-server-side-encryption": "aws:kms" } } } }"#,
        "bob s3:PutObject on arn:aws:s3:::b/k with s3:x-amz-server-side-encryption=AES256",
    ),
    (
        r#"attach AdministratorAccess to user bob
policy Limit { "Version": "2012-10-17", "Statement": { "Sid": "Only", "Effect": "Allow", "Action": ["ec2:*", "s3:*"], "Resource": "*" } }
boundary Limit on user bob"#,
        "bob sqs:SendMessage on arn:aws:sqs:us-east-1:111122223333:q",
    ),
];

#[test]
fn an_ordinary_denial_takes_25_lines_of_80_columns() {
    for (script, question) in ORDINARY {
        let told = told(script, question);
        assert!(told.lines().count() <= 25, "{} lines:\n{told}", told.lines().count());
    }
}

#[test]
fn what_is_no_problem_takes_a_line_and_what_aws_says_none() {
    for (script, question) in ORDINARY {
        let told = told(script, question);
        let mut lines = told.lines().skip_while(|line| !line.starts_with("fine ")).skip(1);
        assert!(!lines.next().is_some_and(|line| line.starts_with("   ")), "{told}");
        assert!(!told.contains("AWS      would say"), "{told}");
    }
}

#[test]
fn a_fix_that_is_for_its_owner_says_behind_one_that_is_not_what_it_lifts_and_whom_to_ask() {
    let (script, question) = ORDINARY[3];
    let short = told(script, question);
    assert!(short.contains("ask    role Break, who may change b · Kms, first"), "{short}");
    assert!(
        short.contains("so     lifts the Deny on s3:PutObject on arn:aws:s3:::b/* for user bob"),
        "{short}"
    );
    assert!(!short.contains("s3:PutBucketPolicy"), "{short}");
    let full = explained(&why(script, question), Extent::Full, &Style::default());
    assert!(full.contains("s3:PutBucketPolicy"), "{full}");
}

/// What the first fix opens.
fn opens(script: &str, question: &str) -> String {
    edits(&why(script, question))[0].so.clone().unwrap_or_default()
}

#[test]
fn a_listing_that_is_opened_under_a_prefix_is_more_than_the_one_that_was_asked_for() {
    let so = opens("", "bob s3:ListBucket on arn:aws:s3:::b with s3:prefix=reports/");
    assert_eq!(so, "grants s3:ListBucket of all under reports/ to user bob");
    let so = opens("", "bob s3:ListBucket on arn:aws:s3:::b with s3:prefix=reports");
    assert_eq!(so, "grants nothing else");
}

#[test]
fn what_a_role_is_given_is_given_to_every_session_of_it() {
    let role = r#"role Reader trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "sts:AssumeRole" } }"#;
    let so = opens(role, "role/Reader:one s3:GetObject on arn:aws:s3:::b/k");
    assert_eq!(so, "grants nothing else, to every session of role Reader");
}

#[test]
fn an_account_that_a_policy_names_stands_for_its_principals() {
    let role = r#"role Vendor trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "sts:ExternalId": "acme-0471-dict" } } } }"#;
    let question =
        "bob sts:AssumeRole on arn:aws:iam::111122223333:role/Vendor with sts:ExternalId=acme-0417-dict";
    let why = why(&format!("attach AdministratorAccess to user bob\n{role}"), question);
    let respelt = edits(&why).into_iter().find(|edit| edit.words.contains("instead of")).expect("a fix");
    assert_eq!(
        respelt.so.as_deref(),
        Some(
            "grants sts:AssumeRole to every principal of account 111122223333, where sts:ExternalId is `acme-0417-dict`"
        )
    );
}

#[test]
fn who_can_do_it_is_a_user_before_the_role_that_the_user_may_assume_and_root() {
    let why = why("attach AdministratorAccess to user carol", "bob s3:GetObject on arn:aws:s3:::b/k");
    assert_eq!(edits(&why)[0].who.as_deref(), Some("user carol (iam:PutUserPolicy)"));
}
