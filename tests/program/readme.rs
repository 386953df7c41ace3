//! What the README prints is what the program prints: its session, its script, its request.
//!
//! `UPDATE_README=1 cargo test --test program readme` stores what the session prints now.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use assert_cmd::Command;

use crate::scratch::Folder;

/// Held by a test that may store what is printed now.
static WRITING: Mutex<()> = Mutex::new(());

fn readme() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

/// The inside of the first block that opens with the fence, with what stands before and after it.
fn block<'t>(text: &'t str, fence: &str) -> (&'t str, &'t str, &'t str) {
    let (before, rest) = text.split_once(&format!("```{fence}\n")).expect("the block");
    let (inside, after) = rest.split_once("\n```").expect("the end of the block");
    (before, inside, after)
}

/// The command of a line that begins with a prompt.
fn command(line: &str) -> Option<&str> {
    let (prompt, command) = line.split_once("> ")?;
    (prompt == "iamwhy" || prompt.contains('@')).then_some(command)
}

/// What the commands print, each told apart by running one more than before.
fn outputs(commands: &[&str]) -> Vec<String> {
    let run = |count: usize| {
        let input = commands[..count].join("\n") + "\n";
        let output = Command::cargo_bin("iamwhy")
            .expect("built")
            .args(["--format", "text"])
            .write_stdin(input)
            .output();
        String::from_utf8(output.expect("runs").stdout).expect("UTF-8")
    };
    let all: Vec<String> = (0..=commands.len()).map(run).collect();
    all.windows(2)
        .map(|pair| pair[1].strip_prefix(&*pair[0]).expect("the same and more").to_owned())
        .collect()
}

#[test]
fn the_session_of_the_readme_gives_the_printed_answers() {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let text = fs::read_to_string(readme()).expect("readable");
    let (before, session, after) = block(&text, "console");
    let commands: Vec<&str> = session.lines().filter_map(command).collect();
    assert!(commands.len() > 5);
    let mut printed = outputs(&commands).into_iter();
    let mut now = session.lines().take_while(|line| command(line).is_none()).collect::<Vec<_>>().join("\n");
    for line in session.lines().filter(|line| command(line).is_some()) {
        now += &format!("\n{line}\n{}", printed.next().expect("an output for each command"));
    }
    let now = now.trim_end();
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(readme(), format!("{before}```console\n{now}\n```{after}")).expect("writable");
        return;
    }
    assert_eq!(session.trim_end(), now);
}

#[test]
fn the_script_of_the_readme_holds() {
    let text = fs::read_to_string(readme()).expect("readable");
    let (_, scripts) = text.split_once("## Scripts").expect("the section");
    let (_, script, _) = block(scripts, "");
    Command::cargo_bin("iamwhy").expect("built").args(["run", "-"]).write_stdin(script).assert().success();
}

#[test]
fn the_request_of_the_readme_is_answered() {
    let text = fs::read_to_string(readme()).expect("readable");
    let (_, request, _) = block(&text, "json");
    let line = request.replace('\n', " ") + "\n";
    let output = Command::cargo_bin("iamwhy")
        .expect("built")
        .args(["batch", "-"])
        .write_stdin(line)
        .assert()
        .success();
    let answer = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert!(answer.starts_with(r#"{"id":"r1","decision":"allowed""#), "{answer}");
}

#[test]
fn the_lines_at_the_prompt_of_the_readme_are_understood() {
    let text = fs::read_to_string(readme()).expect("readable");
    let (_, section) = text.split_once("## At the prompt").expect("the section");
    let (_, lines, _) = block(section, "");
    // An editor and commands with a dot are for a terminal only.
    let piped: Vec<&str> =
        lines.lines().filter(|line| !line.starts_with(['.']) && !line.starts_with("edit")).collect();
    assert!(piped.len() > 3);
    let mut program = Command::cargo_bin("iamwhy").expect("built");
    let code = program.write_stdin(piped.join("\n") + "\n").output().expect("ended").status.code();
    // Whatever the verdicts are.
    assert!(matches!(code, Some(0 | 1 | 2 | 4)), "{code:?}");
}

#[test]
fn what_aws_said_is_explained_as_the_readme_prints() {
    let text = fs::read_to_string(readme()).expect("readable");
    let (_, section) = text.split_once("$ iamwhy why '").expect("the example");
    let (said, printed) = section.split_once("'\n").expect("its end");
    let (printed, _) = printed.split_once("```").expect("the end of the block");
    let run = Command::cargo_bin("iamwhy").expect("built").args(["why", said]).output().expect("runs");
    assert_eq!(String::from_utf8_lossy(&run.stdout), printed);
    assert_eq!(run.status.code(), Some(2));
}

/// The folder that the section about an account works in.
fn account() -> Folder {
    let folder = Folder::new(&[]);
    let from = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/account");
    for part in ["collected", "cloudtrail", "."] {
        fs::create_dir_all(folder.join(part)).expect("a folder");
        for entry in
            fs::read_dir(from.join(part)).expect("a folder").map(|entry| entry.expect("an entry").path())
        {
            let name = entry.file_name().expect("a name");
            if entry.is_file() {
                fs::copy(&entry, folder.join(part).join(name)).expect("copied");
            }
        }
    }
    folder
}

#[test]
fn the_lines_that_lead_from_an_account_to_an_answer_print_what_is_printed() {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let text = fs::read_to_string(readme()).expect("readable");
    let (before, section) = text.split_once("### From an AWS account to an answer").expect("the section");
    let (above, printed, after) = block(section, "text");
    let folder = account();
    let lines: Vec<&str> = printed.lines().filter(|line| line.starts_with("$ iamwhy ")).collect();
    assert!(lines.len() >= 5, "{lines:?}");
    let said = lines.iter().map(|line| {
        let words = line.split_whitespace().skip(2);
        let mut command = Command::cargo_bin("iamwhy").expect("built");
        let output = command.current_dir(&folder).args(words).output().expect("runs");
        format!("{line}\n{}", String::from_utf8(output.stdout).expect("UTF-8"))
    });
    let now = said.collect::<Vec<_>>().join("\n");
    let now = now.trim_end();
    if std::env::var_os("UPDATE_README").is_some() {
        let section = format!("{above}```text\n{now}\n```{after}");
        fs::write(readme(), format!("{before}### From an AWS account to an answer{section}"))
            .expect("writable");
        return;
    }
    assert_eq!(printed.trim_end(), now);
}
