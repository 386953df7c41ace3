//! Which commands write: a property of their rows, and true.

use iamwhy::commands;
use iamwhy::session::{EditedText, Existing, Mode, Outside, Run, Session, Unreadable, Wrote, run_script};
use iamwhy::source::Source;

/// An outside that notes whether anything was to be written or edited.
#[derive(Default)]
struct Noting {
    read_only: bool,
    wrote: bool,
}

impl Outside for Noting {
    fn write(&mut self, _: &str, _: &str, _: Existing) -> Result<Wrote, Unreadable> {
        self.wrote = true;
        Ok(Wrote::New)
    }

    fn edit(&mut self, _: &str, text: &str) -> Result<EditedText, Unreadable> {
        self.wrote = true;
        Ok(EditedText { text: text.to_owned(), kept_in: None })
    }

    fn now(&self) -> i64 {
        0
    }

    fn is_read_only(&self) -> bool {
        self.read_only
    }
}

/// Runs lines, goes on after errors, and gives the codes of all messages.
fn run(session: &mut Session, outside: &mut Noting, text: &str, mode: Mode) -> Vec<&'static str> {
    let source = Source::new("<test>", text);
    let ran = run_script(session, &source, outside, Run { mode, keep_going: true });
    ran.flat_map(|ran| ran.outcome.diagnostics().map(|found| found.code).collect::<Vec<_>>()).collect()
}

fn demo() -> Session {
    let mut session = commands::session();
    let demo = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/demo.iam")).unwrap();
    run(&mut session, &mut Noting::default(), &demo, Mode::World);
    run(&mut session, &mut Noting::default(), "can alice s3:GetObject on arn:aws:s3:::b/k", Mode::Script);
    session
}

#[test]
fn the_commands_that_write_are_those_whose_rows_say_so() {
    let demo = demo();
    let mut writing = Vec::new();
    for row in commands::table().rows {
        let (mut session, mut outside) = (demo.clone(), Noting::default());
        for line in row.before {
            run(&mut session, &mut outside, line, Mode::Script);
        }
        outside.wrote = false;
        run(&mut session, &mut outside, row.example, Mode::Script);
        assert_eq!(outside.wrote, row.writes, "{}", row.usage);
        writing.extend(row.writes.then(|| row.name()));
    }
    assert_eq!(writing, ["edit", "picture", "save", "record"]);
}

#[test]
fn a_command_that_writes_is_refused_where_nobody_asked_and_in_a_world() {
    let demo = demo();
    for row in commands::table().rows.iter().filter(|row| row.writes) {
        let mut outside = Noting { read_only: true, wrote: false };
        let codes = run(&mut demo.clone(), &mut outside, row.example, Mode::Script);
        assert_eq!((codes.as_slice(), outside.wrote), (["read-only"].as_slice(), false), "{}", row.usage);
        let mut outside = Noting::default();
        run(&mut demo.clone(), &mut outside, row.example, Mode::World);
        assert!(!outside.wrote, "{}", row.usage);
    }
}
