//! `edit` with an editor that is a function, and `_`.

use iamwhy::report::Style;
use iamwhy::session::{Outcome, Session, Status};

use crate::outside::{Memory, typed};

/// Somebody who replaces one text by another wherever it stands.
fn who_replaces(old: &'static str, new: &'static str) -> Memory {
    Memory::who_edits(move |text| text.replace(old, new))
}

const WORLD: &str = r#"
account 111122223333 "Acme" alias acme
user bob
organization o-exampleorg management 111122223333
policy Own { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "s3:Old", "Resource": "*" } }
inline In on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "s3:Old", "Resource": "*" } }
scp Top { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "s3:Old", "Resource": "*" } }
rcp Down { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": "s3:Old", "Resource": "*" } }
resource arn:aws:s3:::b owner 111122223333 policy { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": "s3:Old", "Resource": "arn:aws:s3:::b" } }
endpoint vpce-1a vpc vpc-1a policy { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": "s3:Old", "Resource": "*" } }
"#;

fn last(session: &mut Session, somebody: &mut Memory, text: &str) -> Outcome {
    typed(session, somebody, text).pop().unwrap()
}

fn said(outcome: &Outcome) -> String {
    outcome.render(&Style::default())
}

fn session(somebody: &mut Memory) -> Session {
    let mut session = iamwhy::commands::session();
    assert_eq!(last(&mut session, somebody, WORLD).status, Status::Done);
    session
}

#[test]
fn every_kind_of_stored_policy_is_edited_and_taken_back() {
    for (edit, shown) in [
        ("edit Own", "show Own"),
        ("edit arn:aws:iam::111122223333:policy/Own", "show Own"),
        ("edit In on user bob", "show In on user bob"),
        ("edit Top", "show Top"),
        ("edit Down", "show Down"),
        ("edit arn:aws:s3:::b", "show arn:aws:s3:::b"),
    ] {
        let mut somebody = who_replaces("s3:Old", "s3:New");
        let mut session = session(&mut somebody);
        let done = last(&mut session, &mut somebody, edit);
        assert_eq!(done.status, Status::Done, "{edit}: {}", said(&done));
        assert!(
            somebody.edited[0].contains("\"s3:Old\""),
            "{edit} opens what there is: {:?}",
            somebody.edited
        );
        assert!(said(&last(&mut session, &mut somebody, shown)).contains("s3:New"), "{edit}");
        last(&mut session, &mut somebody, "undo");
        assert!(said(&last(&mut session, &mut somebody, shown)).contains("s3:Old"), "{edit} is taken back");
    }
}

#[test]
fn the_policy_of_an_endpoint_is_edited() {
    let mut somebody = who_replaces("s3:Old", "s3:New");
    let mut session = session(&mut somebody);
    assert_eq!(last(&mut session, &mut somebody, "edit vpce-1a").status, Status::Done);
    last(&mut session, &mut somebody, "edit vpce-1a");
    assert!(somebody.edited[1].contains("s3:New"), "{:?}", somebody.edited);
}

#[test]
fn an_unchanged_text_changes_nothing_and_leaves_nothing_to_take_back() {
    let mut somebody = who_replaces("nothing of this kind", "");
    let mut session = session(&mut somebody);
    last(&mut session, &mut somebody, "user carol");
    assert!(said(&last(&mut session, &mut somebody, "edit Own")).contains("nothing has changed in"));
    assert!(said(&last(&mut session, &mut somebody, "undo")).contains("took back: user carol"));
}

#[test]
fn what_cannot_be_taken_is_refused_and_opened_again() {
    for (wrong, message) in [("Dennis", "expected `Allow` or `Deny`"), ("Deny\", \"Nope\": \"", "Nope")] {
        let mut somebody = who_replaces("Deny", wrong);
        let mut session = session(&mut somebody);
        let refused = last(&mut session, &mut somebody, "edit Own");
        assert_eq!(refused.status, Status::Refused);
        assert!(said(&refused).contains(message), "{}", said(&refused));
        assert_eq!(session.unfinished_edit(), Some("edit Own"));
        assert!(said(&last(&mut session, &mut somebody, "show Own")).contains("\"Deny\""), "it is as it was");
        let mut mends = who_replaces(wrong, "Allow");
        assert_eq!(last(&mut session, &mut mends, "edit Own").status, Status::Done);
        assert!(mends.edited[0].contains(wrong), "{:?}", mends.edited);
        assert_eq!(session.unfinished_edit(), None);
    }
}

#[test]
fn what_the_world_refuses_is_opened_again_too() {
    let mut somebody = who_replaces("\"Version\": \"2012-10-17\",", "");
    let mut session = session(&mut somebody);
    let refused = last(&mut session, &mut somebody, "edit Own");
    assert!(said(&refused).contains("must be version 2012-10-17"), "{}", said(&refused));
    assert_eq!(session.unfinished_edit(), Some("edit Own"));
}

#[test]
fn an_emptied_text_gives_an_edit_up() {
    let mut somebody = who_replaces("Deny", "Dennis");
    let mut session = session(&mut somebody);
    last(&mut session, &mut somebody, "edit Own");
    let outcome = last(&mut session, &mut Memory::who_edits(|_| "\n".to_owned()), "edit Own");
    assert!(said(&outcome).contains("nothing has changed"), "{}", said(&outcome));
    assert_eq!(session.unfinished_edit(), None);
}

#[test]
fn what_if_opens_no_editor() {
    let mut somebody = who_replaces("s3:Old", "s3:New");
    let mut session = session(&mut somebody);
    assert_eq!(last(&mut session, &mut somebody, "what-if {\nedit Own\n}").status, Status::Refused);
    assert!(somebody.edited.is_empty());
}

#[test]
fn the_last_question_takes_other_keys_resources_and_principals() {
    let mut nobody = Memory::default();
    let mut session = session(&mut nobody);
    let policy = r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::b/*", "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" },
        "StringEquals": { "aws:PrincipalTag/a": "b" } } } }"#;
    last(
        &mut session,
        &mut nobody,
        &format!("inline Read on user bob {policy}\nuser carol\ntag user bob a=b"),
    );
    let verdict = |session: &mut Session, line: &str| {
        let outcome = last(session, &mut Memory::default(), line);
        said(&outcome).lines().next().unwrap_or_default().to_owned()
    };
    let asked = "can bob s3:GetObject on arn:aws:s3:::b/k with aws:SourceIp=192.0.2.1";
    assert_eq!(verdict(&mut session, asked), "denied");
    assert_eq!(verdict(&mut session, "can _ with aws:SourceIp=203.0.113.7"), "allowed");
    assert_eq!(verdict(&mut session, "why _ on arn:aws:s3:::c/k"), "denied");
    assert_eq!(verdict(&mut session, "can _ on arn:aws:s3:::b/other"), "allowed", "what was changed stays");
    assert_eq!(verdict(&mut session, "can _ with AWS:sourceip=null"), "denied");
    assert_eq!(verdict(&mut session, "can _ with aws:SourceIp=203.0.113.7"), "allowed");
    assert_eq!(verdict(&mut session, "can carol _"), "denied");
    assert_eq!(verdict(&mut session, "_"), "denied");
}
