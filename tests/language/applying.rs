//! `apply`: a fix of the last explanation, done.

use iamwhy::assist::{Vocabulary, complete};
use iamwhy::commands::session;
use iamwhy::report::{Format, Style};
use iamwhy::session::{Outcome, Session};
use iamwhy::world::{Document, GivenPolicies, NamedDocument};

use crate::outside::{Memory, scripted, typed};

const WORLD: &str = r#"account 111122223333 "Acme" alias acme
root owner@acme.example mfa
user alice
attach AdministratorAccess to user alice
user bob
user dee
resource arn:aws:s3:::reports owner 111122223333
policy NoDelete { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*" } }
attach NoDelete to user bob
role Reader trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/dee" }, "Action": "sts:AssumeRole" } }
inline Read on role Reader { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" } }
"#;

const PUT: &str = "why bob s3:PutObject on arn:aws:s3:::reports/q1.csv";
const DELETE: &str = "why bob s3:DeleteObject on arn:aws:s3:::reports/q1.csv";

fn acme() -> Session {
    let mut session = session();
    scripted(&mut session, &mut Memory::default(), WORLD);
    session
}

fn shown(outcomes: &[Outcome]) -> String {
    let style = Style { format: Format::Plain, ..Style::default() };
    outcomes.iter().map(|outcome| outcome.render(&style)).collect()
}

/// What the last line shows.
fn last(session: &mut Session, text: &str) -> String {
    shown(&typed(session, &mut Memory::default(), text).split_off(text.lines().count() - 1))
}

#[test]
fn a_fix_of_several_steps_is_carried_out_as_one_change_and_the_same_is_asked_again() {
    let mut session = acme();
    let done = last(&mut session, &format!("{DELETE}\napply 1"));
    assert_eq!(
        done,
        "done: in NoDelete, statement 1 (identity-based), add the condition …; add to NoDelete (identity-based) …\n\
         allowed\nallowed by NoDelete, statement 2 (identity-based)\nnote: `undo` takes it back\n"
    );
    assert_eq!(last(&mut session, "changes").lines().filter(|line| line.contains("apply 1")).count(), 1);
    assert_eq!(last(&mut session, "undo"), "took back: apply 1\n");
    assert!(last(&mut session, "can _").starts_with("denied\nexplicit deny"));
    assert_eq!(last(&mut session, "redo"), "made again: apply 1\n");
    assert!(last(&mut session, "can _").starts_with("allowed"));
}

#[test]
fn the_only_fix_needs_no_number_and_of_several_one_is_asked_for() {
    let mut session = acme();
    assert!(last(&mut session, &format!("{PUT}\napply")).contains("\nallowed\n"));
    assert_eq!(
        last(&mut session, &format!("{DELETE}\napply")),
        "error[which-fix]: the last explanation has 2 fixes\n  help: which one: `apply 1` … `apply 2`\n"
    );
}

#[test]
fn what_cannot_be_applied_is_said_at_the_number_or_with_what_to_do_before() {
    let mut session = acme();
    assert!(last(&mut session, "apply").contains("nothing has been asked yet"));
    let asked = last(&mut session, "can bob s3:PutObject on arn:aws:s3:::reports/q1.csv\napply 1");
    assert!(asked.contains("has not been explained yet\n") && asked.contains("`why` shows"), "{asked}");
    for number in ["0", "3", "99999999999999999999999"] {
        let refused = last(&mut session, &format!("{DELETE}\napply {number}"));
        assert!(
            refused.contains(&format!("there is no fix {number}: the last explanation has 2")),
            "{refused}"
        );
        assert!(refused.contains(&format!("2:7: `{number}`")), "{refused}");
    }
    let allowed = last(&mut session, "why alice s3:PutObject on arn:aws:s3:::reports/q1.csv\napply");
    assert!(allowed.contains("the last answer is `allowed`"), "{allowed}");
    let again = last(&mut session, &format!("undo\n{PUT}\napply\napply"));
    assert!(again.contains("the last answer is `allowed`"), "{again}");
    assert!(last(&mut session, "info apply").contains("carries out the fix"));
    let gate = last(&mut session, "why alice account:CloseAccount\napply");
    assert!(gate.contains("no fix that could be carried out") && gate.contains("root user"), "{gate}");
}

#[test]
fn a_fix_is_carried_out_only_as_it_was_told() {
    let mut session = acme();
    let other = last(&mut session, &format!("{DELETE}\nuser carol\napply 1"));
    assert!(other.contains("\nallowed\n"), "carol has nothing to do with it: {other}");
    let since = last(&mut session, &format!("undo\n{DELETE}\ndetach NoDelete from user bob\napply 1"));
    assert!(since.contains("error[changed-since]") && since.contains("`why` explains"), "{since}");
}

#[test]
fn a_fix_of_the_call_changes_nothing_in_the_world() {
    let mut session = acme();
    let asked = last(&mut session, "why dee s3:GetObject on arn:aws:s3:::reports/q1.csv\napply 1");
    assert!(
        asked.starts_with("asked with this change: assume role Reader, which may do it\nallowed\n"),
        "{asked}"
    );
    assert!(asked.ends_with("note: nothing in the world has changed\n"), "{asked}");
    assert!(last(&mut session, "undo").contains("nothing to take back"));
}

#[test]
fn a_policy_that_came_with_the_question_is_another_in_the_question_alone() {
    let mut session = acme();
    let text = r#"{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}}"#;
    let kind = iamwhy::policy::PolicyType::IdentityBased;
    let document = Document::compile("mine.json", text, kind).map(Document::Good).expect("a policy");
    let identity = Some(vec![NamedDocument { name: "mine.json".into(), document }]);
    session.give(GivenPolicies { identity, ..GivenPolicies::default() });
    let asked = last(&mut session, &format!("{PUT}\napply"));
    assert!(asked.contains("\nallowed\n") && asked.contains("nothing in the world has changed"), "{asked}");
    assert!(last(&mut session, "can bob s3:PutObject on arn:aws:s3:::reports/q1.csv").starts_with("denied"));
}

#[test]
fn what_if_shows_what_a_fix_would_come_to() {
    let mut session = acme();
    let shown = last(&mut session, &format!("{PUT}\nwhat-if {{ apply 1 }}"));
    assert!(shown.contains("before: denied") && shown.contains("then:   allowed"), "{shown}");
    assert!(shown.ends_with("note: nothing in the world has changed\n"), "{shown}");
    assert!(!shown.contains("undo"), "{shown}");
    assert!(last(&mut session, "can _").starts_with("denied"));
}

#[test]
fn a_script_applies_fixes_and_has_nothing_to_take_back() {
    let mut session = acme();
    let outcomes = scripted(&mut session, &mut Memory::default(), &format!("{PUT}\napply 1"));
    let shown = shown(&outcomes[1..]);
    assert!(shown.contains("\nallowed\n") && !shown.contains("undo"), "{shown}");
}

#[test]
fn no_fix_is_applied_on_the_strength_of_another_denial_than_awss() {
    let mut session = acme();
    let message = "why \"User: arn:aws:iam::111122223333:user/alice is not authorized to perform: s3:GetObject on \
                   resource: arn:aws:s3:::reports/q1.csv\"\napply 1";
    assert!(last(&mut session, message).contains("error[no-fix]"));
}

#[test]
fn the_numbers_of_the_fixes_are_offered_with_what_they_do() {
    let mut session = acme();
    last(&mut session, DELETE);
    let (_, found) = complete("apply ", &Vocabulary::of(&session, |_| Vec::new()));
    let offered: Vec<(&str, &str)> = found.iter().map(|one| (&*one.text, &*one.about)).collect();
    assert_eq!(offered.len(), 2, "{offered:?}");
    assert_eq!(offered[0].0, "1");
    assert!(offered[0].1.starts_with("in NoDelete, statement 1 (identity-based), add"), "{offered:?}");
}
