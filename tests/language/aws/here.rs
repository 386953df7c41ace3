//! A small world, and what lines of the AWS command line print in it.

use iamwhy::commands::session;
use iamwhy::report::{Format, Style};
use iamwhy::session::{Outcome, Part, Session, Status};

use crate::outside::{Memory, typed};

pub(crate) const ALLOW_S3: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;

/// The files that options name.
fn files() -> Memory {
    Memory::with(&[
        ("policy.json", ALLOW_S3),
        ("broken.json", "{\n  \"Version\": \"2012-10-17\",\n  \"Statment\": []\n}\n"),
        ("input.json", r#"{"UserName": "carol", "Path": "/dev/", "Tags": [{"Key": "a", "Value": "b"}]}"#),
        ("misspelt.json", r#"{"UserNam": "carol"}"#),
    ])
}

pub(crate) fn all(session: &mut Session, text: &str) -> Vec<Outcome> {
    typed(session, &mut files(), text)
}

/// What the last line of a text prints.
pub(crate) fn said(session: &mut Session, text: &str) -> String {
    let outcome = all(session, text).pop().unwrap();
    outcome.render(&Style { format: Format::Plain, ..Style::default() })
}

/// alice is an administrator, bob may do nothing.
pub(crate) fn acme() -> Session {
    let mut session = session();
    let world = "account 444455556666 \"Test\"\naccount 111122223333 \"Acme\" alias acme\nuser alice\nuser bob\n\
                 attach AdministratorAccess to user alice\nsign-in alice at acme\n";
    assert!(all(&mut session, world).iter().all(|outcome| outcome.status == Status::Done));
    session
}

pub(crate) fn as_bob(session: &mut Session, policy: &str) {
    let inline = format!("inline Own on user bob {policy}\nsign-in bob at acme");
    assert!(all(session, &inline).iter().all(|outcome| outcome.status == Status::Done));
}

pub(crate) fn allow(action: &str, condition: &str) -> String {
    format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": {action}, "Resource": "*"{condition}}}}}"#
    )
}

pub(crate) const ADMIN: &str = "arn:aws:iam::aws:policy/AdministratorAccess";
pub(crate) const READ: &str = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
pub(crate) const TRUST: &str = r#"'{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"}, "Action": "sts:AssumeRole"}}'"#;

/// The text that the first message about a line underlines.
pub(crate) fn underlined(session: &mut Session, line: &str) -> String {
    let outcome = all(session, line).pop().unwrap();
    let places = outcome.parts.iter().filter_map(|part| match part {
        Part::Diagnostics(found) => Some(found.first()?.labels.first()?.place.text().to_owned()),
        _ => None,
    });
    places.collect()
}

/// That each line prints what stands beside it.
pub(crate) fn prints(session: &mut Session, cases: &[(&str, &str)]) {
    for (line, expected) in cases {
        let printed = said(session, line);
        assert!(printed.contains(expected), "{line}: {printed}");
    }
}
