//! How much memory is held: what did not change is shared, and what is not needed any more is not kept.

use std::io::{BufReader, Read};
use std::mem::size_of;
use std::sync::Arc;

use iamwhy::batch::stream;
use iamwhy::commands;
use iamwhy::names::AccountId;
use iamwhy::policy::PolicyType;
use iamwhy::report::TestCase;
use iamwhy::session::{Mode, Run, run_script, run_stream};
use iamwhy::session::{Outcome, Outside, Session, Status, Unreadable, Worlds};
use iamwhy::source::{MAX_TEXT, Source};
use iamwhy::world::{Change, Document, Tags, World};

use crate::allocations::{allocations_of, bytes_kept_by, most_bytes_of};

const MANY: usize = 100_000;

fn acme() -> AccountId {
    AccountId::parse("111122223333").expect("twelve digits")
}

fn user(name: &str) -> Change {
    Change::CreateUser { account: acme(), name: name.into(), path: "/".into(), tags: Tags::new(), id: None }
}

fn world_of(users: usize) -> World {
    let mut world = World::new();
    world.apply(Change::CreateAccount { id: acme(), name: "".into(), alias: None }).expect("good");
    (0..users).for_each(|number| drop(world.apply(user(&format!("u{number}"))).expect("good")));
    world
}

fn declarations(users: usize) -> String {
    let users: String = (0..users).map(|number| format!("user u{number}\n")).collect();
    format!("account 111122223333\n{users}")
}

#[test]
fn a_copy_of_a_world_is_a_handful_of_pointers() {
    let world = world_of(MANY);
    let (bytes, _copy) = bytes_kept_by(|| world.clone());
    assert_eq!((allocations_of(|| drop(world.clone())), bytes), (0, 0));
}

#[test]
fn a_change_of_a_copy_over_100_000_users_takes_a_few_kilobytes() {
    let world = world_of(MANY);
    let mut copy = world.clone();
    let mut bytes = 0;
    let allocations = allocations_of(|| bytes = bytes_kept_by(|| copy.apply(user("new"))).0);
    assert!(bytes < 4 << 10, "{bytes} bytes");
    assert!(allocations < 64, "{allocations} allocations");
    let users = |world: &World| world.account(acme()).map(|account| account.users.len());
    assert_eq!((users(&world), users(&copy)), (Some(MANY), Some(MANY + 1)));
}

#[test]
fn piped_declarations_take_the_memory_of_the_world_and_what_the_last_thousand_share_not() {
    let script = Source::new("world.iam", declarations(10_000));
    let run = Run { mode: Mode::World, keep_going: false };
    let (of_world, _world) = bytes_kept_by(|| {
        let mut session = commands::session();
        run_script(&mut session, &script, &mut (), run).for_each(drop);
        session
    });
    let (piped, _session) = bytes_kept_by(|| {
        let mut session = commands::session();
        run_stream(&mut session, script.text().as_bytes(), &mut (), &mut |_| ());
        session
    });
    // A tenth of what 100,000 of them are.
    assert!(piped < of_world + of_world, "{piped} bytes piped, {of_world} bytes of the world");
}

/// If each were compared with all that there are, it would take minutes.
#[test]
fn the_name_of_a_policy_is_looked_up_among_100_000() {
    let text =
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    let document = Document::read(&Source::new("p.json", text), PolicyType::IdentityBased).0;
    let put = |world: &mut World, name: &str| {
        let (path, document) = ("/".into(), document.clone());
        world.apply(Change::PutPolicy { account: acme(), name: name.into(), path, document })
    };
    let mut world = world_of(0);
    (0..MANY).for_each(|number| drop(put(&mut world, &format!("Policy{number}")).expect("good")));
    assert_eq!(put(&mut world, "poLicy99999").expect_err("taken").code, "policy-exists");
    let account = world.account(acme()).expect("created");
    assert!(account.policy("Policy99999").is_some() && account.policy("policy99999").is_none());
}

/// A line that is four times as long as any may be, between two others.
fn with_an_endless_line(before: &str, after: &str) -> impl Read + use<> {
    let line = std::io::repeat(b'x').take(4 * MAX_TEXT as u64);
    let after = std::io::Cursor::new(format!("\n{after}"));
    std::io::Cursor::new(before.to_owned()).chain(line).chain(after)
}

#[test]
fn a_line_of_a_batch_that_never_ends_is_refused_by_its_number_and_not_kept() {
    let request = r#"{"principal":"arn:aws:iam::111122223333:user/a","action":"s3:GetObject"}"#;
    let mut input = with_an_endless_line(&format!("{request}\n"), request);
    let mut answers = Vec::new();
    let world = World::new();
    let (bytes, summary) = most_bytes_of(|| stream(&world, 0, "<stdin>", 1, &mut input, &mut answers));
    let summary = summary.expect("it is read to its end");
    assert_eq!((summary.answered, summary.failed), (2, 1));
    let answers = String::from_utf8(answers).expect("text");
    let [_, refused, last] = answers.lines().collect::<Vec<_>>()[..] else { panic!("{answers}") };
    assert!(refused.contains(r#""line_number":2"#) && refused.contains("text-too-long"), "{refused}");
    assert!(last.contains(r#""line_number":3"#), "{last}");
    assert!(bytes < 4 * MAX_TEXT, "{bytes} bytes");
}

#[test]
fn a_piped_line_that_never_ends_is_refused_by_its_number_and_what_belongs_to_it_is_not_executed() {
    let input = with_an_endless_line("account 111122223333\npolicy P {\n", "user b\n");
    let mut session = commands::session();
    let mut shown = Vec::new();
    let mut show = |outcome: &Outcome| shown.push(outcome.clone());
    let (bytes, ()) = most_bytes_of(|| run_stream(&mut session, BufReader::new(input), &mut (), &mut show));
    let statuses: Vec<Status> = shown.iter().map(|outcome| outcome.status).collect();
    assert_eq!(statuses, [Status::Done, Status::Refused, Status::Done]);
    let refused = shown[1].diagnostics().next().expect("a message");
    assert!(refused.code == "text-too-long" && refused.message.contains("line 3 "), "{refused}");
    let account = session.world().account(acme()).expect("created");
    assert_eq!((account.users.len(), account.policies.len()), (1, 0));
    assert!(bytes < 4 * MAX_TEXT, "{bytes} bytes");
}

#[test]
fn an_expectation_is_kept_in_80_bytes_beside_the_text_of_its_script() {
    assert!(size_of::<TestCase>() <= 80, "{} bytes", size_of::<TestCase>());
}

/// An outside in which every path is the same file.
struct OneFile(String);

impl Outside for OneFile {
    fn read(&mut self, _: &str) -> Result<String, Unreadable> {
        Ok(self.0.clone())
    }

    fn now(&self) -> i64 {
        0
    }
}

/// What is held at most while a test reads a file of so many expectations.
fn most_bytes_of_reading(expectations: usize) -> usize {
    let expect = "expect alice denied s3:GetObject on arn:aws:s3:::reports/q1.csv\n".repeat(expectations);
    let mut outside = OneFile(format!("account 111122223333\nuser alice\n{expect}"));
    let mut session = commands::session();
    session.keep_expectations(Worlds::Forget);
    let (bytes, outcome) = most_bytes_of(|| run_in(&mut session, &mut outside, "read \"tests.iam\""));
    assert_eq!(outcome.tally.passed, expectations);
    bytes
}

#[test]
fn expectations_of_a_file_that_is_read_are_handed_out_one_by_one() {
    // Of questions a thousand are kept in any case.
    let (once, twice) = (most_bytes_of_reading(1_500), most_bytes_of_reading(3_000));
    assert!(twice - once < 1_500 * 200, "{once} bytes, {twice} bytes");
}

fn run_in(session: &mut Session, outside: &mut OneFile, text: &str) -> Outcome {
    let run = Run { mode: Mode::Script, keep_going: false };
    run_script(session, &Source::new("world.iam", text), outside, run).last().expect("a statement").outcome
}

#[test]
fn policies_from_the_same_file_hold_its_text_once() {
    let policy =
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    let mut session = commands::session();
    let text = "account 111122223333\npolicy A from \"p.json\"\npolicy B from \"p.json\"";
    assert_eq!(run_in(&mut session, &mut OneFile(policy.to_owned()), text).status, Status::Done);
    let account = session.world().account(acme()).expect("created");
    let sources: Vec<_> = account
        .policies
        .values()
        .filter_map(|policy| policy.document().compiled())
        .map(|compiled| Arc::clone(compiled.policy().source()))
        .collect();
    assert!(Arc::ptr_eq(&sources[0], &sources[1]));
}
