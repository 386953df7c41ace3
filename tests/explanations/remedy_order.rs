//! Which remedy comes first, and what is said of one that takes what others have set up.

use std::sync::Arc;

use iamwhy::explain::{Edit, Explanation};
use iamwhy::session::Part;

use crate::outside::{Memory, scripted};

/// Why the last question of a script is answered as it is.
#[track_caller]
fn why(script: &str) -> Arc<Explanation> {
    let mut session = iamwhy::commands::session();
    let outcomes = scripted(&mut session, &mut Memory::default(), script);
    let parts = outcomes.into_iter().flat_map(|outcome| outcome.parts);
    let mut found = parts.filter_map(|part| match part {
        Part::Explanation(why) => Some(why),
        _ => None,
    });
    found.next_back().unwrap_or_else(|| panic!("no answer: {script}"))
}

/// The steps of the remedies, by what they are called.
fn steps(why: &Explanation) -> Vec<&Edit> {
    why.remedies.iter().flat_map(|remedy| &remedy.edits).collect()
}

fn careful(edit: &Edit) -> &str {
    edit.careful.as_deref().unwrap_or_default()
}

const GUARDED: &str = r#"account 999999999999
account 111122223333
organization o-abcdefghij management 999999999999
ou Clinical
move account 111122223333 to ou Clinical
scp Regions { "Version": "2012-10-17", "Statement": [ { "Sid": "OutsideEurope", "Effect": "Deny", "NotAction": "iam:*", "Resource": "*", "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-central-1" } } } ] }
attach Regions to organization-root
account 111122223333
user bob
attach AdministratorAccess to user bob
"#;

#[test]
fn an_exception_to_an_scp_is_one_that_its_owner_must_agree_to_even_where_nothing_else_helps() {
    let why = why(&format!(
        "{GUARDED}why bob ec2:RunInstances on arn:aws:ec2:eu-north-1:111122223333:instance/i-0aa4490b17c6e1d22"
    ));
    let steps = steps(&why);
    let guarding: Vec<_> = steps.iter().filter(|edit| edit.guard.is_some()).collect();
    assert!(!guarding.is_empty(), "{steps:?}");
    for edit in guarding {
        assert_eq!(edit.ask.as_deref(), Some("the owner of SCP Regions"));
    }
}

#[test]
fn the_callers_own_fix_comes_before_an_exception_to_a_guard() {
    let script = r#"account 111122223333
user bob
attach AdministratorAccess to user bob
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": [
  { "Sid": "Encrypt", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*", "Condition": { "StringNotEquals": { "s3:x-amz-server-side-encryption": "aws:kms" } } } ] }
why bob s3:PutObject on arn:aws:s3:::b/k with s3:x-amz-server-side-encryption=AES256"#;
    let why = why(script);
    let steps = steps(&why);
    assert!(steps.len() > 1 && steps[0].guard.is_none() && steps[0].careful.is_none(), "{steps:?}");
    assert!(
        steps[1..].iter().all(|edit| edit.ask.as_deref() == Some("the owner of b · Encrypt")),
        "{steps:?}"
    );
    assert_eq!(why.remedies[0].merit, Some("it changes nobody's rights"));
}

#[test]
fn what_a_limit_denies_may_be_rightly_denied_and_whom_to_ask_is_the_account_with_its_e_mail() {
    let script = r#"account 999999999999 "Acme"
root owner@acme.example
account 111122223333
organization o-abcdefghij management 999999999999
ou Toys
move account 111122223333 to ou Toys
scp Toys { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "ec2:*", "Resource": "*" } }
attach Toys to ou Toys
detach FullAWSAccess from ou Toys
account 111122223333
user bob
attach AdministratorAccess to user bob
why bob s3:GetObject on arn:aws:s3:::b/k"#;
    let why = why(script);
    let edit = steps(&why)[0];
    assert_eq!(edit.ask.as_deref(), Some("the owner of SCP Toys"));
    let who = edit.who.as_deref().unwrap_or_default();
    assert!(who.contains("account 999999999999, Acme, owner@acme.example"), "{who}");
    let told = iamwhy::report::explanation(&why, &iamwhy::report::Style::default());
    assert!(told.contains("fix      perhaps rightly denied, since what is allowed was listed on purpose: ask the owner of SCP"), "{told}");
}

#[test]
fn a_key_policy_for_the_caller_comes_before_another_identity_and_the_whole_service_last() {
    let script = r#"account 111122223333
user bob
attach AdministratorAccess to user bob
role app trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" } }
resource arn:aws:kms:eu-central-1:111122223333:key/7c0e1f52-88ad-4b36-9a41-5e0d9b7741c3 owner 111122223333 policy { "Version": "2012-10-17", "Statement": [
  { "Sid": "App", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/app" }, "Action": "kms:Decrypt", "Resource": "*" } ] }
why bob kms:Decrypt on arn:aws:kms:eu-central-1:111122223333:key/7c0e1f52-88ad-4b36-9a41-5e0d9b7741c3"#;
    let why = why(script);
    let steps = steps(&why);
    let words: Vec<&str> = steps.iter().map(|edit| &*edit.words).collect();
    assert!(words[0].contains("\"kms:Decrypt\""), "{words:?}");
    let session = words.iter().position(|words| words.contains("assume role app")).expect("a session");
    assert!(careful(steps[session]).contains("must agree"), "{:?}", careful(steps[session]));
    assert!(!words[..=session].iter().any(|words| words.contains("kms:*")), "{words:?}");
}
