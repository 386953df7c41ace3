//! `as role R`: whether somebody may assume a role, and whether the role may do it then, in one question.

use iamwhy::commands::session;
use iamwhy::report::{Format, Style};
use iamwhy::session::{Outcome, Session};

use crate::outside::{Memory, scripted, typed};

const WORLD: &str = r#"account 111122223333 "Acme" alias acme
root owner@acme.example mfa
user alice
user bob
user dan
inline Assume on user dan { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*" } }
role Named trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/alice" }, "Action": "sts:AssumeRole", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" }, "StringEquals": { "sts:ExternalId": "x1" } } } }
role Open trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" } }
inline Read on role Named { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" } }
inline Read on role Open { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" } }
"#;

const READ: &str = "s3:GetObject on arn:aws:s3:::b/k";

fn acme() -> Session {
    let mut session = session();
    scripted(&mut session, &mut Memory::default(), WORLD);
    session
}

fn shown(outcomes: &[Outcome]) -> String {
    let style = Style { format: Format::Plain, width: 1000, ..Style::default() };
    outcomes.iter().map(|outcome| outcome.render(&style)).collect()
}

fn asked(session: &mut Session, line: &str) -> String {
    shown(&typed(session, &mut Memory::default(), line))
}

#[test]
fn both_must_be_allowed_and_the_one_that_fails_is_told() {
    let mut session = acme();
    let allowed = asked(&mut session, &format!("can dan {READ} as role Open"));
    assert!(allowed.starts_with("allowed\nallowed by Read, statement 1"), "{allowed}");
    assert!(allowed.contains("also: sts:AssumeRole of role Open by IAM user dan"), "{allowed}");
    let trust = asked(&mut session, &format!("can bob {READ} as role Open"));
    assert!(trust.starts_with("denied\nassuming role Open: implicit deny"), "{trust}");
    let role = asked(&mut session, "can dan s3:PutObject on arn:aws:s3:::b/k as role Open");
    assert!(role.starts_with("denied\nimplicit deny: no identity-based policy"), "{role}");
    let why = asked(&mut session, &format!("why bob {READ} as role Open"));
    let step = "asks for sts:AssumeRole on arn:aws:iam::111122223333:role/Open, to do s3:GetObject on arn:aws:s3:::b/k as role Open";
    assert!(why.starts_with("denied\n") && why.contains(step) && why.contains("\nfix "), "{why}");
    let why = asked(&mut session, &format!("why dan {READ} as role Open"));
    let step = "session dan of role Open of account 111122223333 asks for s3:GetObject on arn:aws:s3:::b/k, in a role that IAM user dan of account 111122223333 may assume";
    assert!(why.starts_with("allowed\n") && why.contains(step), "{why}");
}

#[test]
fn keys_of_the_assumption_are_those_of_whoever_assumes() {
    let mut session = acme();
    let with = |keys: &str| format!("can alice {READ} with {keys} as role Named");
    let both = asked(&mut session, &with("aws:MultiFactorAuthPresent=true sts:ExternalId=x1"));
    assert!(both.starts_with("allowed\n"), "{both}");
    for one in ["aws:MultiFactorAuthPresent=true", "sts:ExternalId=x1"] {
        let one = asked(&mut session, &with(one));
        assert!(one.starts_with("denied\nassuming role Named"), "{one}");
    }
    let root = asked(&mut session, &format!("can root {READ} as role Open"));
    assert!(root.starts_with("denied\nassuming role Open: credentials: the root user cannot"), "{root}");
}

#[test]
fn expectations_hold_for_both_and_are_written_so() {
    let mut session = acme();
    let held = format!(
        "expect dan allowed {READ} as role Open because identity-based Read\nexpect bob implicit-deny {READ} as role Open\n"
    );
    assert_eq!(asked(&mut session, &held), "");
    asked(&mut session, &format!("can dan {READ} as role Open"));
    let written = asked(&mut session, "record");
    assert!(written.contains(&format!("expect dan allowed {READ} as role Open:dan")), "{written}");
}

#[test]
fn the_next_question_keeps_the_role_and_a_fix_is_carried_out_for_the_step_that_failed() {
    let mut session = acme();
    asked(&mut session, &format!("can dan {READ} as role Open"));
    let bob = asked(&mut session, "can bob _");
    assert!(bob.starts_with("denied\nassuming role Open"), "{bob}");
    let done = asked(&mut session, "why\napply 1");
    assert!(
        done.contains("done: give bob a policy") && done.contains("\nallowed\nallowed by Read"),
        "{done}"
    );
    let why = asked(&mut session, "why");
    assert!(why.contains("session bob of role Open"), "{why}");
}

#[test]
fn a_role_that_is_not_a_pattern_and_two_roles_are_refused_by_name() {
    let mut session = acme();
    for (line, code) in [
        (format!("can dan {READ} as role Opn"), "unknown-role"),
        (format!("can dan {READ} as role arn:aws:iam::111122223333:user/bob"), "not-a-role"),
        (format!("can dan {READ} as role Open as role Named"), "role-twice"),
        ("can dan s3:Get* on arn:aws:s3:::b/k as role Open".to_owned(), "pattern-as-role"),
        ("compare alice bob as role Open".to_owned(), "no-role-here"),
    ] {
        let told = asked(&mut session, &line);
        assert!(told.starts_with(&format!("error[{code}]")), "{line}\n{told}");
    }
}
