//! What the README prints is what the program prints.
//!
//! `UPDATE_README=1 cargo test --test program readme` stores what the session prints now.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;

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
