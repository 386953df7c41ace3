//! Pastes, and what the history keeps of them.

use super::terminal::{BARE, ENTER, PLAIN, Terminal, UP};

const POLICY: &str = "policy Mine {\n\t\"Version\": \"2012-10-17\",\n\t\"Statement\": [\n\t\t{ \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\",\t\"Resource\": \"*\" }\n\t]\n}";

#[test]
fn a_pasted_policy_with_tabs_is_one_statement_and_one_entry_of_the_history() {
    let mut terminal = Terminal::plain("paste");
    terminal.sees(BARE);
    terminal.pastes(POLICY);
    terminal.send(ENTER);
    terminal.sees("created policy Mine");
    terminal.sees(BARE);
    terminal.send(UP);
    terminal.sees("policy Mine {");
    terminal.sees("\"Version\"");
    terminal.sees("\"s3:GetObject\"");
    terminal.send(ENTER);
    terminal.sees("version");
    terminal.sees(BARE);
    let home = terminal.leaves();
    let history = std::fs::read_to_string(home.join("data/iamwhy/history")).expect("a history");
    assert_eq!(history.lines().filter(|line| line.starts_with("policy Mine")).count(), 1, "{history}");
}

#[test]
fn a_statement_is_typed_over_several_lines() {
    let mut terminal = Terminal::plain("lines");
    terminal.sees(BARE);
    for line in [
        "policy Typed {",
        "\"Version\": \"2012-10-17\",",
        "\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}",
        "}",
    ] {
        terminal.send(line);
        terminal.send(ENTER);
    }
    terminal.sees("created policy Typed");
    terminal.sees(BARE);
    terminal.enters("policy Wrong {\"Statement\": [}", "closes what another bracket opened", BARE);
    terminal.leaves();
}

#[test]
fn a_paste_of_two_commands_runs_both() {
    let mut terminal = Terminal::plain("two");
    terminal.sees(BARE);
    terminal.pastes("user carol\nuser dora\n");
    terminal.send(ENTER);
    terminal.sees("created user carol");
    terminal.sees("created user dora");
    terminal.sees(BARE);
    terminal.leaves();
}

#[test]
fn each_statement_of_a_paste_is_an_entry_of_the_history() {
    let mut terminal = Terminal::plain("pasted-history");
    terminal.sees(BARE);
    terminal.pastes("user carol\n# nobody else\nuser dora");
    terminal.send(ENTER);
    terminal.sees("created user dora");
    terminal.sees(BARE);
    terminal.send(&format!("{UP}{UP}{ENTER}"));
    terminal.sees("user `carol` exists already");
    terminal.sees(BARE);
    let home = terminal.leaves();
    let history = std::fs::read_to_string(home.join("data/iamwhy/history")).expect("a history");
    assert_eq!(history.lines().collect::<Vec<_>>(), ["#V2", "user carol", "user dora", "user carol"]);
}

#[test]
fn the_history_is_there_the_next_time_even_if_the_program_was_killed() {
    let mut terminal = Terminal::plain("history");
    terminal.sees(BARE);
    terminal.enters("user carol", "created user carol", BARE);
    let home = terminal.home.clone();
    terminal.session.process_mut().exit().expect("killed");
    let mut terminal = Terminal::at(home, &[("TERM", "xterm"), ("NO_COLOR", "1")], &[]);
    terminal.sees(BARE);
    terminal.send(UP);
    terminal.sees("user carol");
    terminal.send(ENTER);
    terminal.sees("created user carol");
    terminal.sees(BARE);
    terminal.leaves();
}

#[test]
fn a_history_that_cannot_be_written_stops_nobody_and_is_said_once() {
    for (name, place) in
        [("unwritable", "/dev/null/none"), ("a-folder", "/"), ("no-file", "/proc/none/history")]
    {
        let variables = [("TERM", "xterm"), ("NO_COLOR", "1"), ("IAMWHY_HISTORY", place)];
        let mut terminal = Terminal::with(name, &variables, &[]);
        let mut all = terminal.sees(BARE);
        all += &terminal.enters("whoami", "nobody is signed in", BARE);
        all += &terminal.enters("user carol", "created user carol", BARE);
        assert_eq!(all.matches("the history is not kept").count(), 1, "{place}: {all}");
        terminal.leaves();
    }
}

#[test]
fn no_history_is_wanted_where_it_is_switched_off() {
    for (name, place) in [("null", "/dev/null"), ("off", "off")] {
        let variables = [("TERM", "xterm"), ("NO_COLOR", "1"), ("IAMWHY_HISTORY", place)];
        let mut terminal = Terminal::with(name, &variables, &[]);
        let mut all = terminal.sees(BARE);
        all += &terminal.enters("whoami", "nobody is signed in", BARE);
        assert!(!all.contains("not kept"), "{all}");
        terminal.leaves();
    }
}

#[test]
fn a_bad_line_of_the_history_does_not_lose_the_others() {
    let long = "x".repeat(100_000);
    let bad: Vec<Vec<u8>> =
        vec![b"\xff\xfe".to_vec(), b"nul\0".to_vec(), long.into_bytes(), b"bad \\x".to_vec()];
    let mut history = b"#V2\nuser first\n".to_vec();
    bad.into_iter().for_each(|line| history.extend([line, b"\nlist users\n".to_vec()].concat()));
    let terminal = Terminal::plain("bad-lines");
    let home = terminal.leaves_at_once();
    std::fs::write(home.join("mine"), history).expect("a file");
    let variables = [("TERM", "xterm"), ("NO_COLOR", "1"), ("IAMWHY_HISTORY", "mine")];
    let mut terminal = Terminal::at(home.clone(), &variables, &[]);
    terminal.sees(BARE);
    terminal.enters("user last", "created user last", BARE);
    terminal.leaves();
    let kept = std::fs::read_to_string(home.join("mine")).expect("text");
    assert!(kept.starts_with("#V2\nuser first\nlist users\n") && kept.ends_with("\nuser last\n"), "{kept}");
}

#[test]
fn the_history_is_for_its_owner_and_keeps_its_mode() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let terminal = Terminal::plain("history-mode");
    let home = terminal.leaves_at_once();
    let path = home.join("data/iamwhy/history");
    for (mode, others) in [(0o600, None), (0o640, Some(0o640))] {
        if let Some(others) = others {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(others)).expect("a mode");
        }
        let mut terminal = Terminal::at(home.clone(), &PLAIN, &[]);
        terminal.sees(BARE);
        terminal.enters(&format!("user u{mode}"), "created user", BARE);
        terminal.leaves();
        assert_eq!(std::fs::metadata(&path).expect("a history").mode() & 0o777, mode);
    }
}

#[test]
fn a_limit_on_the_size_of_files_leaves_the_history_whole() {
    let terminal = Terminal::plain("limited");
    let home = terminal.leaves_at_once();
    let path = home.join("mine");
    std::fs::write(&path, "#V2\nuser first\n").expect("a file");
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "ulimit -f 0; exec \"$0\"", env!("CARGO_BIN_EXE_iamwhy")]);
    let variables = [PLAIN[0], PLAIN[1], ("IAMWHY_HISTORY", "mine")];
    let mut terminal = Terminal::spawn(command, home, &variables);
    terminal.sees(BARE);
    let mut all = terminal.enters("user carol", "created user carol", BARE);
    all += &terminal.enters("user dora", "created user dora", BARE);
    assert_eq!(all.matches("the history is not kept").count(), 1, "{all}");
    terminal.leaves();
    assert_eq!(std::fs::read_to_string(&path).expect("a history"), "#V2\nuser first\n");
}

#[test]
fn what_is_written_once_replaces_only_what_it_wrote_before() {
    let terminal = Terminal::plain("once-over");
    let home = terminal.leaves_at_once();
    std::fs::write(home.join("x.txt"), "precious").expect("a file");
    let mut terminal = Terminal::at(home.clone(), &PLAIN, &[]);
    terminal.sees(BARE);
    terminal.enters(".once x.txt list users", "`x.txt` exists already", BARE);
    terminal.enters(".once y.txt list users", "written to y.txt", BARE);
    terminal.enters(".once y.txt list groups", "what was there is replaced", BARE);
    terminal.leaves();
    assert_eq!(std::fs::read_to_string(home.join("x.txt")).expect("a file"), "precious");
}

#[test]
fn ctrl_r_searches_the_history() {
    let mut terminal = Terminal::plain("search");
    terminal.sees(BARE);
    terminal.enters("user carol", "created user carol", BARE);
    terminal.enters("whoami", "nobody is signed in", BARE);
    terminal.send("\x12");
    terminal.sees("reverse-i-search");
    terminal.send("car");
    terminal.sees("user carol");
    terminal.send(ENTER);
    terminal.sees("exists");
    terminal.sees(BARE);
    terminal.leaves();
}
