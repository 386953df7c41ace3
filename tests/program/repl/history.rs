//! Pastes, and what the history keeps of them.

use super::terminal::{BARE, ENTER, Terminal, UP};

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
fn a_history_that_cannot_be_written_stops_nobody() {
    let variables = [("TERM", "xterm"), ("NO_COLOR", "1"), ("IAMWHY_HISTORY", "/dev/null/none")];
    let mut terminal = Terminal::with("unwritable", &variables, &[]);
    terminal.sees(BARE);
    terminal.enters("whoami", "nobody is signed in", BARE);
    terminal.leaves();
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
