//! Scripts: statements run in a session, whose world is saved and read.

use iamwhy::commands;
use iamwhy::session::{Outcome, Session, Status};

use super::shown::outcome_is_shown;
use crate::outside::{Memory, scripted, typed};

/// The files that a script may name.
const FILES: [(&str, &str); 3] = [
    (
        "p.json",
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#,
    ),
    ("w.iam", "account 111122223333\nuser bob\n"),
    ("broken.json", "{\"Statement\": [\u{1b}[2J"),
];

/// Runs a text as it is typed.
pub(super) fn script(data: &[u8]) {
    let (mut session, mut disk) = (commands::session(), Memory::with(&FILES));
    for outcome in typed(&mut session, &mut disk, &super::text(data)) {
        outcome_is_shown(&outcome);
    }
    is_read_as_it_is_saved(&mut session);
}

/// What a session saves makes the same world in another one.
pub(super) fn is_read_as_it_is_saved(session: &mut Session) {
    let saved = saved(session);
    let (mut again, mut disk) = (commands::session(), Memory::default());
    let refused = |outcome: &Outcome| outcome.status == Status::Refused;
    if let Some(refusal) = scripted(&mut again, &mut disk, &saved).iter().find(|outcome| refused(outcome)) {
        panic!("{refusal:?}\n{saved}");
    }
    if !saved.contains("# left out: ") {
        assert_eq!(super::script::saved(&mut again), saved);
    }
}

fn saved(session: &mut Session) -> String {
    let mut disk = Memory::default();
    let outcomes = typed(session, &mut disk, "save saved.iam");
    outcomes.iter().for_each(outcome_is_shown);
    disk.files.remove("saved.iam").unwrap_or_else(|| panic!("not saved: {outcomes:?}"))
}
