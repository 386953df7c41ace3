//! Exit codes do not fail open: nothing that is denied, failed, unread or untested ends as 0.
#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::scratch::Folder;

const FAILS: &str = "account 111122223333\nuser eve\nexpect eve allowed s3:GetObject on arn:aws:s3:::b/k\n";
const HOLDS: &str = "account 111122223333\nuser eve\nexpect eve denied s3:GetObject on arn:aws:s3:::b/k\n";
const SETUP: &str = "account 111122223333\nuser eve\n";
const REQUEST: &str = "{\"principal\": \"anonymous\", \"action\": \"s3:GetObject\"}\n";

const ALLOWED: [&str; 3] = ["can", "alice", "s3:ListAllMyBuckets"];
const DENIED: [&str; 3] = ["can", "alice", "account:CloseAccount"];

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_iamwhy"));
    program.current_dir(folder).args(arguments).stdin(Stdio::null());
    program
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    said(&program(folder, arguments).output().expect("ended"))
}

fn said(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The exit code where the reader of a stream is gone before anything is written.
fn unread(mut program: Command, input: &str) -> Option<i32> {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let errors = writer.try_clone().expect("a pipe");
    let mut running = program.stdin(Stdio::piped()).stdout(writer).stderr(errors).spawn().expect("started");
    let mut stdin = running.stdin.take().expect("piped");
    // The program may end before it has read everything.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    running.wait().expect("ended").code()
}

fn fed(input: impl Into<Stdio>, arguments: &[&str]) -> (Option<i32>, String) {
    said(&program(Path::new("."), arguments).stdin(input).output().expect("ended"))
}

fn files() -> Folder {
    Folder::new(&[
        ("fails.iam", FAILS.as_bytes()),
        ("holds.iam", HOLDS.as_bytes()),
        ("setup.iam", SETUP.as_bytes()),
        ("broken.iam", b"usr eve\n"),
        ("good.jsonl", REQUEST.as_bytes()),
        ("bad.jsonl", format!("{REQUEST}x\n").as_bytes()),
        ("folder/setup.iam", SETUP.as_bytes()),
        ("empty/README", b"nothing"),
    ])
}

#[test]
fn a_reader_that_is_gone_turns_no_exit_code_into_another() {
    let folder = files();
    let question = |head: &'static str| [head, "alice", "account:CloseAccount"];
    for (arguments, code) in [
        (&question("can")[..], 2),
        (&question("why"), 2),
        (&question("when"), 2),
        (&["can", "alice", "account:CloseAccount", "--format", "json"], 2),
        (&ALLOWED, 0),
        (&["-e", "can alice account:CloseAccount", "-e", "can alice s3:ListAllMyBuckets"], 2),
        (&["can", "nobody", "s3:ListAllMyBuckets"], 3),
        (&["run", "fails.iam"], 1),
        (&["run", "broken.iam"], 3),
        (&["run", "holds.iam"], 0),
        (&["test", "fails.iam", "holds.iam"], 1),
        (&["test", "holds.iam"], 0),
        (&["test", "holds.iam", "setup.iam"], 3),
        (&["test", "--list", "broken.iam"], 3),
        (&["test", "fails.iam", "--coverage"], 3),
        (&["batch", "bad.jsonl"], 3),
        (&["batch", "good.jsonl"], 0),
        (&["no-such-task"], 3),
        (&["can"], 3),
        (&["--help"], 0),
        (&["man"], 0),
    ] {
        assert_eq!(unread(program(&folder, arguments), ""), Some(code), "{arguments:?}");
    }
    for report in ["junit", "sarif", "github", "tap", "json", "plain"] {
        let arguments = ["test", "fails.iam", "--report", report];
        assert_eq!(unread(program(&folder, &arguments), ""), Some(1), "{report}");
    }
}

#[test]
fn a_reader_that_is_gone_changes_nothing_about_what_was_piped_in() {
    let folder = files();
    let late = format!("{}can alice account:CloseAccount\n", "can alice s3:ListAllMyBuckets\n".repeat(20));
    assert_eq!(unread(program(&folder, &[]), &late), Some(2));
    assert_eq!(unread(program(&folder, &[]), "can alice s3:ListAllMyBuckets\n"), Some(0));
    assert_eq!(unread(program(&folder, &["batch"]), &format!("{}x\n", REQUEST.repeat(20))), Some(3));
    assert_eq!(unread(program(&folder, &["batch"]), &REQUEST.repeat(20)), Some(0));
}

#[test]
fn an_input_without_an_end_is_given_up_where_nobody_reads_and_is_no_success() {
    for (line, arguments) in [("# nothing is asked here\n", &[][..]), (" \n", &["batch"])] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut running = program(Path::new("."), arguments)
            .stdin(Stdio::piped())
            .stdout(writer)
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let mut input = running.stdin.take().expect("piped");
        let first = if arguments.is_empty() { "list users\n" } else { REQUEST };
        input.write_all(first.as_bytes()).expect("taken");
        let more = line.repeat(4096);
        // Ends when the program does.
        while input.write_all(more.as_bytes()).is_ok() {}
        assert_eq!(running.wait().expect("ended").code(), Some(3), "{arguments:?}");
    }
}

#[test]
fn what_cannot_be_written_is_an_error_and_a_stream_that_is_not_open_for_writing_takes_nothing() {
    let folder = files();
    for arguments in [&ALLOWED[..], &DENIED, &["test", "holds.iam"], &["batch", "good.jsonl"], &["--version"]]
    {
        for stream in [File::create("/dev/full"), File::open("/dev/null")] {
            let mut program = program(&folder, arguments);
            let (code, errors) =
                said(&program.stdout(stream.expect("there")).stderr(Stdio::piped()).output().expect("ended"));
            assert_eq!(code, Some(3), "{arguments:?}: {errors}");
            assert!(errors.contains("the answer cannot be written"), "{arguments:?}: {errors}");
        }
    }
}

#[test]
fn standard_input_that_cannot_be_read_is_an_error_that_says_why() {
    for arguments in
        [&[][..], &["batch"], &["batch", "-"], &["run", "-"], &["--world", "-", "-e", "list users"]]
    {
        let (code, errors) = fed(File::open("/").expect("there"), arguments);
        assert!(code == Some(3) && errors.contains("a directory"), "{arguments:?}: {code:?} {errors}");
        let writable = Folder::new(&[("file", b"list users\n")]);
        let only_written = File::options().write(true).open(writable.join("file")).expect("there");
        let (code, errors) = fed(only_written, arguments);
        assert!(code == Some(3) && errors.contains("cannot be read"), "{arguments:?}: {code:?} {errors}");
        let closed = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" <&-", env!("CARGO_BIN_EXE_iamwhy")])
            .args(arguments)
            .output()
            .expect("ended");
        let (code, errors) = said(&closed);
        assert!(code == Some(3) && errors.contains("is closed"), "{arguments:?}: {code:?} {errors}");
    }
    assert_eq!(fed(Stdio::null(), &[]).0, Some(0), "an empty input holds no commands");
}

#[test]
fn bytes_that_are_no_text_are_an_error_in_every_input() {
    let folder = Folder::new(&[("bytes", b"list users\n\xff\xfe\n")]);
    let bytes = || File::open(folder.join("bytes")).expect("there");
    for arguments in [&[][..], &["batch"], &["run", "-"], &["--world", "-", "-e", "list users"]] {
        assert_eq!(fed(bytes(), arguments).0, Some(3), "{arguments:?}");
    }
}

#[test]
fn thresholds_are_numbers_from_0_to_100() {
    let folder = files();
    for option in ["--coverage-threshold", "--mutate-threshold"] {
        for threshold in ["nan", "NaN", "inf", "-inf", "-1", "100.5", "1e3", "", "90%"] {
            let threshold = format!("{option}={threshold}");
            let (code, errors) = run(&folder, &["test", "holds.iam", &threshold]);
            assert!(code == Some(3) && errors.contains("from 0 to 100"), "{threshold}: {code:?} {errors}");
        }
    }
}

#[test]
fn a_run_that_tests_nothing_is_an_error_unless_that_is_allowed() {
    let folder = files();
    for (arguments, what) in [
        (&["test", "holds.iam", "--run", "no-such"][..], "`--run no-such` matches no expectation"),
        (&["test", "holds.iam", "--run", "no-such", "--list"], "`--run no-such` matches no expectation"),
        (&["test", "setup.iam"], "`setup.iam` has no expectations"),
        (&["test", "holds.iam", "setup.iam"], "`setup.iam` has no expectations"),
        (&["test", "setup.iam", "--list"], "`setup.iam` has no expectations"),
        (&["test", "empty"], "there are no scripts with expectations in `empty`"),
        (&["test", "folder"], "there are no scripts with expectations in `folder`"),
        (&["test", "holds.iam", "folder"], "there are no scripts with expectations in `folder`"),
        (&["test", "holds.iam", "--coverage"], "there is nothing to cover"),
        (&["test", "holds.iam", "--coverage-threshold", "0"], "there is nothing to cover"),
        (&["test", "holds.iam", "--mutate-threshold", "0"], "there is nothing to change"),
    ] {
        let (code, errors) = run(&folder, arguments);
        assert!(code == Some(3) && errors.contains(what), "{arguments:?}: {code:?} {errors}");
        let allowed = [arguments, &["--allow-empty"]].concat();
        assert_eq!(run(&folder, &allowed), (Some(0), String::new()), "{allowed:?}");
    }
    assert_eq!(run(&folder, &["test", "fails.iam", "setup.iam", "--allow-empty"]).0, Some(1));
}

#[test]
fn of_unreadable_invalid_and_failed_scripts_the_worst_counts_in_any_order() {
    let folder = files();
    for scripts in [
        ["fails.iam", "missing.iam", "holds.iam"],
        ["missing.iam", "fails.iam", "holds.iam"],
        ["holds.iam", "broken.iam", "fails.iam"],
        ["fails.iam", "broken.iam", "missing.iam"],
    ] {
        assert_eq!(run(&folder, &[&["test"][..], &scripts].concat()).0, Some(3), "{scripts:?}");
    }
    assert_eq!(run(&folder, &["test", "holds.iam", "fails.iam", "holds.iam"]).0, Some(1));
}

#[test]
fn commands_from_a_pipe_count_the_worst_as_those_of_the_command_line() {
    for (text, code) in [
        ("can alice s3:ListAllMyBuckets\n", 0),
        ("can alice account:CloseAccount\ncan alice s3:ListAllMyBuckets\n", 2),
        ("why alice account:CloseAccount\nexpect alice denied s3:ListAllMyBuckets\n", 1),
        ("expect alice denied s3:ListAllMyBuckets\ncan nobody s3:ListAllMyBuckets\nlist users\n", 3),
    ] {
        let folder = Folder::new(&[("commands", text.as_bytes())]);
        let piped = fed(File::open(folder.join("commands")).expect("there"), &[]).0;
        let mut arguments = Vec::new();
        text.lines().for_each(|line| arguments.extend(["-e", line]));
        assert_eq!((piped, run(&folder, &arguments).0), (Some(code), Some(code)), "{text}");
    }
}

/// Runs the program where it can start no thread: the number of processes of its user is limited to none. The limit does
/// not bind the superuser, so another user runs a copy.
fn without_threads(folder: &Path, arguments: &[&str]) -> Output {
    use std::os::unix::fs::MetadataExt as _;
    use std::os::unix::process::CommandExt as _;
    const NOBODY: u32 = 65534;
    let copy = folder.join("iamwhy");
    if !copy.exists() {
        std::fs::copy(env!("CARGO_BIN_EXE_iamwhy"), &copy).expect("a copy");
    }
    let mut program = Command::new("sh");
    program.args(["-c", "ulimit -u 0 2>/dev/null || ulimit -p 0 || exit 9; exec \"$0\" \"$@\""]);
    program.arg(copy).args(arguments).current_dir(folder);
    program.stdin(File::open(folder.join("requests.jsonl")).expect("there"));
    if std::fs::metadata("/proc/self").expect("there").uid() == 0 {
        program.uid(NOBODY).gid(NOBODY);
    }
    program.output().expect("ended")
}

#[test]
fn where_no_thread_can_be_started_the_work_is_done_by_one() {
    // Long enough to be worth a second thread.
    let lines = REQUEST.repeat(3000);
    let folder = Folder::new(&[("requests.jsonl", lines.as_bytes()), ("holds.iam", HOLDS.as_bytes())]);
    for (arguments, wanted) in [
        (&["batch", "requests.jsonl"][..], 3000),
        (&["batch"], 3000),
        (&["test", "holds.iam"], 1),
        (&["test", "holds.iam", "--jobs", "4"], 1),
    ] {
        let ended = without_threads(&folder, arguments);
        let (code, errors) = said(&ended);
        assert_eq!((code, &*errors), (Some(0), ""), "{arguments:?}");
        let answers = ended.stdout.iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(answers, wanted, "{arguments:?}");
    }
    let measured = without_threads(&folder, &["bench", "--seconds", "0.01", "--format", "json"]);
    assert_eq!(said(&measured), (Some(0), String::new()));
    let report: serde_json::Value = serde_json::from_slice(&measured.stdout).expect("a report");
    let threads = report["cores"].as_array().map(|all| all.iter().filter_map(|one| one["threads"].as_u64()));
    assert_eq!(threads.expect("there").collect::<Vec<_>>(), [1]);
}
