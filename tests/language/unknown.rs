//! What hangs on a policy that nobody gave: expectations, recordings, other worlds, conditions, comparisons.

use iamwhy::commands::session;
use iamwhy::explain::Verdict;
use iamwhy::report::{Format, Style};
use iamwhy::session::{Outcome, Session, Status};

use crate::outside::{Memory, scripted};

const WORLD: &str = "account 111122223333\nuser admin\nattach AdministratorAccess to user admin\n";
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/k";

fn world() -> Session {
    let mut session = session();
    scripted(&mut session, &mut Memory::default(), WORLD);
    session
}

fn does(session: &mut Session, line: &str) -> Outcome {
    scripted(session, &mut Memory::default(), line).pop().expect("an outcome")
}

fn shown(outcome: &Outcome) -> String {
    outcome.render(&Style { format: Format::Plain, width: 10_000, ..Style::default() })
}

#[test]
fn depends_is_expected_and_denied_fails_with_what_it_depends_on() {
    let mut session = world();
    let held = does(&mut session, &format!("expect admin depends kms:Decrypt on {KEY} because key"));
    assert_eq!(held.status, Status::Done, "{}", shown(&held));
    for word in ["denied", "implicit-deny", "allowed"] {
        let missed = does(&mut session, &format!("expect admin {word} kms:Decrypt on {KEY}"));
        assert_eq!(missed.status, Status::Missed);
        let what = format!("found depends: it hangs on the key policy of {KEY}, which is not known");
        assert!(shown(&missed).contains(&what), "{}", shown(&missed));
        assert!(shown(&missed).contains("every key has exactly one"), "{}", shown(&missed));
    }
}

#[test]
fn a_table_of_expectations_takes_depends() {
    let table =
        format!("expect table {{\n  admin depends kms:Decrypt {KEY}\n  admin allowed kms:ListKeys\n}}");
    let held = does(&mut world(), &table);
    assert_eq!((held.status, held.tally.passed), (Status::Done, 2), "{}", shown(&held));
}

#[test]
fn what_depends_is_recorded_as_such() {
    let mut session = world();
    let asked = does(&mut session, &format!("can admin kms:Decrypt on {KEY}"));
    assert_eq!(asked.status, Status::Answered(Verdict::Depends));
    let recorded = shown(&does(&mut session, "record"));
    assert!(
        recorded.starts_with(&format!("expect admin depends kms:Decrypt on {KEY} because")),
        "{recorded}"
    );
}

#[test]
fn what_would_be_with_the_policy_is_told_from_what_depends() {
    let policy = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}}"#;
    let block = format!("what-if {{\n  resource {KEY} policy {policy}\n  can admin kms:Decrypt on {KEY}\n}}");
    let other = shown(&does(&mut world(), &block));
    assert!(other.contains("before: depends: it hangs on the key policy"), "{other}");
    assert!(other.contains("then:   allowed"), "{other}");
}

#[test]
fn when_answers_that_it_depends_on_the_policy() {
    let outcome = does(&mut world(), &format!("when admin kms:Decrypt on {KEY}"));
    assert_eq!(outcome.status, Status::Answered(Verdict::Depends));
    assert!(shown(&outcome).contains("it hangs on the key policy"), "{}", shown(&outcome));
}

#[test]
fn a_call_whose_role_nobody_knows_is_neither_made_nor_refused() {
    let mut session = world();
    does(&mut session, "sign-in admin at 111122223333");
    let call = "aws sts assume-role --role-arn arn:aws:iam::222222222222:role/Far --role-session-name s1";
    let outcome = does(&mut session, call);
    assert_eq!(outcome.status, Status::Answered(Verdict::Depends));
    assert!(shown(&outcome).starts_with("depends\n") && shown(&outcome).contains("nothing was done"));
}

#[test]
fn switches_of_block_public_access_that_somebody_said_are_saved() {
    let mut session = world();
    let mut outside = Memory::default();
    let lines = "resource arn:aws:s3:::b owner 111122223333\npublic-access-block off for arn:aws:s3:::b\nsave \"w.iam\"";
    scripted(&mut session, &mut outside, lines);
    let saved = &outside.files["w.iam"];
    assert!(saved.contains("public-access-block off for arn:aws:s3:::b"), "{saved}");
}
