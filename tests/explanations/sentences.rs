//! What an explanation says of its causes and of those who act: no sentence contradicts another, and each stands where
//! it belongs.

use iamwhy::explain::{CauseKind, Explanation};

use crate::remedy_laws::why;

fn words(why: &Explanation) -> Vec<&str> {
    why.remedies.iter().flat_map(|remedy| &remedy.edits).map(|edit| &*edit.words).collect()
}

/// A role of the account whose session is asked about, and a bucket of another account that lets a third one in.
const ACROSS: &str = r#"role Reader trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "sts:AssumeRole" } }
inline Read on role Reader { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }
account 444455556666
resource arn:aws:s3:::b owner 444455556666 policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "StringEquals": { "aws:PrincipalAccount": "777788889999" } } } }
account 111122223333
assume Reader as me policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/2026/*" } }
"#;

#[test]
fn no_side_is_said_to_allow_what_another_cause_says_it_does_not() {
    let why = why(ACROSS, "s3:GetObject on arn:aws:s3:::b/2025/k");
    assert_eq!(why.causes.iter().filter(|cause| cause.kind == CauseKind::Lacks).count(), 2);
    let says: Vec<&str> = why.causes.iter().flat_map(|cause| &cause.says).map(String::as_str).collect();
    assert!(says.contains(&"across accounts both sides must allow it, and neither does"), "{says:?}");
}

#[test]
fn whom_a_wider_condition_lets_in_is_said_by_its_new_value() {
    let why = why(ACROSS, "s3:GetObject on arn:aws:s3:::b/2026/k");
    let wider = why.remedies.iter().flat_map(|remedy| &remedy.edits).find_map(|edit| edit.so.as_deref());
    let whom = " to everybody whose aws:PrincipalAccount is `111122223333`";
    assert!(wider.is_some_and(|so| so.contains(whom)), "{wider:?}");
}

#[test]
fn that_a_deny_is_final_is_said_of_the_deny_alone() {
    let script = r#"role Reader trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "sts:AssumeRole" } }
inline Read on role Reader { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "s3:*", "Resource": "*" }, { "Effect": "Deny", "Action": "s3:PutObject", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "true" } } } ] }
assume Reader as me policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" } }"#;
    let why = why(script, "s3:PutObject on arn:aws:s3:::b/k");
    assert!(why.causes.len() == 2 && why.causes[0].kind == CauseKind::Lacks, "{:?}", why.causes);
    for cause in &why.causes {
        let is_final = cause.says.iter().any(|line| line.starts_with("a Deny is final"));
        assert_eq!(is_final, cause.kind == CauseKind::Denies, "{cause:?}");
    }
}

#[test]
fn another_purpose_is_no_first_fix() {
    let script = r#"role Worker trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "Service": ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] }, "Action": "sts:AssumeRole" } }
inline Pass on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*", "Condition": { "StringEquals": { "iam:PassedToService": "lambda.amazonaws.com" } } } }"#;
    let question = "bob iam:PassRole on arn:aws:iam::111122223333:role/Worker with iam:PassedToService=ecs-tasks.amazonaws.com";
    let why = why(script, question);
    let words = words(&why);
    assert!(words[0].starts_with("add to Pass"), "for the one role: {words:?}");
    assert_eq!(words[1], "pass the role to lambda.amazonaws.com instead");
    assert!(words[2].contains("also let iam:PassedToService be \"ecs-tasks.amazonaws.com\""), "{words:?}");
}

#[test]
fn no_token_is_asked_for_whose_subject_is_a_pattern() {
    let script = r#"role Ship trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "token.actions.githubusercontent.com:sub": "repo:o/r:ref:refs/heads/release/*" } } } }"#;
    let question = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com sts:AssumeRoleWithWebIdentity on arn:aws:iam::111122223333:role/Ship with token.actions.githubusercontent.com:sub=repo:o/r:ref:refs/heads/release/1";
    let why = why(script, question);
    let words = words(&why);
    assert!(words[0].contains(r#"write "StringLike" instead of "StringEquals""#), "{words:?}");
    assert!(words.iter().all(|words| !words.contains("identity provider issue")), "{words:?}");
}

#[test]
fn an_address_is_never_chosen_and_a_network_is() {
    let script = r#"attach AdministratorAccess to user bob
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "NotIpAddress": { "aws:SourceIp": ["192.0.2.0/25", "198.51.100.64/26"] } } } }"#;
    let why = why(script, "bob s3:PutObject on arn:aws:s3:::b/k with aws:SourceIp=203.0.113.9");
    let first = &why.remedies[0].edits[0];
    assert_eq!(first.words, "call from network `192.0.2.0/25` or `198.51.100.64/26` (aws:SourceIp)");
    assert_eq!(first.who.as_deref(), Some("the caller, by way of that network"));
}

#[test]
fn a_forbidden_network_is_left_for_one_outside_of_it() {
    let script = r#"attach AdministratorAccess to user bob
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } } }"#;
    let why = why(script, "bob s3:PutObject on arn:aws:s3:::b/k with aws:SourceIp=203.0.113.9");
    let words = words(&why);
    assert_eq!(words[0], "call from outside the network `203.0.113.0/24` (aws:SourceIp)");
}

#[test]
fn tags_that_the_question_lists_are_told_and_not_assumed() {
    let script = r#"attach AdministratorAccess to user bob
inline Tagged on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "ec2:CreateVolume", "Resource": "*", "Condition": { "Null": { "aws:RequestTag/cost": "true" } } } }"#;
    let question = "bob ec2:CreateVolume on arn:aws:ec2:us-east-1:111122223333:volume/*";
    let told = why(script, &format!("{question} with aws:TagKeys=[Name] aws:RequestTag/Name=x"));
    assert!(told.assumptions.is_empty(), "{:?}", told.assumptions);
    assert!(why(script, question).assumptions.iter().any(|one| one.about == "aws:RequestTag/cost"));
}

#[test]
fn who_begins_a_session_can_give_it_another_policy() {
    let why = why(ACROSS, "s3:GetObject on arn:aws:s3:::b/2025/k");
    let mut edits = why.remedies.iter().flat_map(|remedy| &remedy.edits);
    let session = edits.find(|edit| edit.words.starts_with("begin the session anew")).expect("a new session");
    assert_eq!(session.who.as_deref(), Some("user bob (sts:AssumeRole)"));
}

#[test]
fn the_way_of_the_management_account_is_among_the_fixes() {
    let why = why("", "bob rootonly:ChangeRootEmail");
    let how = why.gate.as_ref().and_then(|gate| gate.how.as_deref()).expect("a way");
    assert!(how.contains("of a member account the management account changes it"), "{how}");
}

#[test]
fn a_switch_is_taken_in_the_spelling_of_the_api() {
    let script = r#"resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" } }
public-access-block on for arn:aws:s3:::b RestrictPublicBuckets"#;
    let why = why(script, "anonymous s3:GetObject on arn:aws:s3:::b/k");
    assert!(words(&why).contains(&"turn RestrictPublicBuckets off for bucket b"), "{:?}", why.causes);
}
