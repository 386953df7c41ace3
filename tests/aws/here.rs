//! A small world, and what lines of the AWS command line print in it.

use iamwhy::report::{Format, Style};
use iamwhy::session::{Mode, Outcome, Outside, Part, Run, Session, Status, Unreadable, run_script};
use iamwhy::source::Source;

/// An outside with a few files.
pub(crate) struct Files;

pub(crate) const ALLOW_S3: &str =
    r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}"#;

impl Outside for Files {
    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        match path {
            "policy.json" => Ok(ALLOW_S3.to_owned()),
            "broken.json" => Ok("{\n  \"Version\": \"2012-10-17\",\n  \"Statment\": []\n}\n".to_owned()),
            "input.json" => {
                Ok(r#"{"UserName": "carol", "Path": "/dev/", "Tags": [{"Key": "a", "Value": "b"}]}"#
                    .to_owned())
            }
            "misspelt.json" => Ok(r#"{"UserNam": "carol"}"#.to_owned()),
            _ => Err(Unreadable::new("no-such-file", format!("there is no file `{path}`"))),
        }
    }

    fn write(&mut self, _: &str, _: &str) -> Result<(), Unreadable> {
        Ok(())
    }

    fn now(&self) -> i64 {
        0
    }
}

pub(crate) fn all(session: &mut Session, text: &str) -> Vec<Outcome> {
    let source = Source::new("<test>", text);
    let run = Run { mode: Mode::Prompt, keep_going: true };
    run_script(session, &source, &mut Files, run).map(|ran| ran.outcome).collect()
}

/// What the last line of a text prints.
pub(crate) fn said(session: &mut Session, text: &str) -> String {
    let outcome = all(session, text).pop().unwrap();
    outcome.render(&Style { format: Format::Plain, ..Style::default() })
}

/// alice is an administrator, bob may do nothing.
pub(crate) fn acme() -> Session {
    let mut session = Session::new();
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
