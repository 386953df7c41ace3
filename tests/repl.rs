//! The prompt in a real pseudo-terminal.
#![cfg(unix)]

use std::path::PathBuf;
use std::process::Command;

use rexpect::reader::Options;
use rexpect::session::{PtySession, spawn_with_options};

/// Generous: only a hanging program meets it.
const TIMEOUT: u64 = 30_000;

const ENTER: &str = "\r";
const TAB: &str = "\t";
const UP: &str = "\x1b[A";
const RIGHT: &str = "\x1b[C";

/// The program at a terminal, with a home of its own.
struct Terminal {
    session: PtySession,
    home: PathBuf,
}

impl Terminal {
    /// Without colours, so that texts can be looked for.
    fn plain(name: &str) -> Self {
        Self::with(name, &[("TERM", "xterm"), ("NO_COLOR", "1")], &[])
    }

    fn with(name: &str, variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("repl-{name}"));
        let _ = std::fs::remove_dir_all(&home);
        std::fs::create_dir_all(&home).expect("a home");
        Self::at(home, variables, arguments)
    }

    fn at(home: PathBuf, variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_iamwhy"));
        command.args(arguments).current_dir(&home).env("HOME", &home);
        command.env("XDG_DATA_HOME", home.join("data")).env("XDG_CONFIG_HOME", home.join("config"));
        command.env_remove("NO_COLOR").env_remove("IAMWHY_HISTORY").envs(variables.iter().copied());
        let options = Options::new().timeout_ms(Some(TIMEOUT));
        let session = spawn_with_options(command, options).expect("the program starts");
        Self { session, home }
    }

    fn send(&mut self, keys: &str) {
        self.session.send(keys).expect("keys are taken");
        self.session.flush().expect("keys are taken");
    }

    /// Waits for a text; gives what came before it.
    #[track_caller]
    fn sees(&mut self, text: &str) -> String {
        // What was read comes as one character for each byte.
        let needle: String = text.bytes().map(char::from).collect();
        match self.session.exp_string(&needle) {
            Ok(before) => {
                let bytes: Vec<u8> = before.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect();
                String::from_utf8_lossy(&bytes).into_owned()
            }
            Err(wrong) => panic!("`{text}` was not seen: {wrong}"),
        }
    }

    /// Enters a line at a prompt and waits for the last words of the answer, then for the next prompt.
    #[track_caller]
    fn enters(&mut self, line: &str, answer: &str, prompt: &str) -> String {
        self.send(line);
        self.send(ENTER);
        let before = self.sees(answer);
        self.sees(prompt);
        before
    }

    fn pastes(&mut self, text: &str) {
        self.send(&format!("\x1b[200~{text}\x1b[201~"));
    }

    #[track_caller]
    fn leaves(mut self) -> PathBuf {
        self.send("\x04");
        self.session.exp_eof().expect("the program ends");
        self.home
    }
}

const BARE: &str = "iamwhy> ";

#[test]
fn the_greeting_says_where_one_is_and_what_to_type() {
    let mut terminal = Terminal::plain("greeting");
    terminal.sees("what AWS IAM would decide, and why. Account Acme: root, alice, bob");
    terminal.sees("`tour`");
    terminal.sees("`help`");
    terminal.sees(BARE);
    terminal.leaves();
}

#[test]
fn the_story_is_lived_at_the_prompt() {
    let mut terminal = Terminal::plain("story");
    terminal.sees(BARE);
    terminal.enters("sign-in alice at acme", "signed in as", "alice@acme> ");
    terminal.enters("can account:CloseAccount", "root-only task: close the account", "alice@acme> ");
    terminal.send("why\r");
    terminal.sees("\"Action\": \"*\"");
    terminal.sees("─┬─");
    terminal.sees("this would have allowed it");
    terminal.sees("alice@acme> ");
    terminal.enters("sign-in root owner@acme.example mfa", "signed in as", "root@acme> ");
    terminal.enters("can account:CloseAccount", "allowed", "root@acme> ");
    terminal.leaves();
}

#[test]
fn tab_completes_commands_names_actions_and_files() {
    let mut terminal = Terminal::plain("completion");
    std::fs::write(terminal.home.join("world.iam"), "user carol\n").expect("a file");
    terminal.sees(BARE);
    terminal.send(&format!("whoa{TAB}{ENTER}"));
    terminal.sees("nobody is signed in");
    terminal.sees(BARE);
    terminal.send(&format!("why ali{TAB}account:close{TAB}{ENTER}"));
    terminal.sees("root-only task: close the account");
    terminal.sees(BARE);
    terminal.send(&format!("read \"wor{TAB}{ENTER}"));
    terminal.sees("carol");
    terminal.sees(BARE);
    terminal.leaves();
}

#[test]
fn actions_are_listed_with_their_access_level() {
    let mut terminal = Terminal::plain("levels");
    terminal.sees(BARE);
    terminal.send(&format!("can s3:GetObjectT{TAB}"));
    terminal.sees("s3:GetObjectTagging ");
    terminal.sees("s3:GetObjectTorrent ");
    terminal.sees("can s3:GetObjectT");
    terminal.send("\x03");
    terminal.sees(BARE);
    terminal.leaves();
}

#[test]
fn tab_completes_inside_a_policy() {
    let mut terminal = Terminal::plain("json");
    terminal.sees(BARE);
    terminal.send(&format!("policy Typed {{\"Ver{TAB}\"2{TAB}, \"Sta{TAB}{{\"Eff{TAB}\"De{TAB}, "));
    terminal.send(&format!("\"Act{TAB}\"s3:deletebucketp{TAB}, \"Res{TAB}\"*\"}}}}{ENTER}"));
    terminal.sees("created policy Typed");
    terminal.sees(BARE);
    terminal.enters("show Typed", "\"s3:DeleteBucketPolicy\"", BARE);
    terminal.leaves();
}

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
fn ctrl_c_clears_the_line_and_ctrl_d_leaves() {
    let mut terminal = Terminal::plain("keys");
    terminal.sees(BARE);
    terminal.send("user carol\x03");
    terminal.sees("carol");
    terminal.sees(BARE);
    let answer = terminal.enters("list users", "bob", BARE);
    assert!(!answer.contains("carol"), "{answer}");
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

#[test]
fn a_mistyped_word_is_corrected_with_one_key() {
    let mut terminal = Terminal::with("correction", &[("TERM", "xterm")], &[]);
    terminal.sees("> ");
    terminal.send("sing-in alice at acme\r");
    terminal.sees("did you mean");
    terminal.sees("sign-in alice at acme   (→ takes it)");
    terminal.send(RIGHT);
    terminal.sees("acme");
    terminal.send(ENTER);
    terminal.sees("signed in as");
    terminal.sees("> ");
    terminal.leaves();
}

#[test]
fn errors_stand_under_the_line_as_it_was_typed() {
    let mut terminal = Terminal::plain("errors");
    terminal.sees(BARE);
    terminal.send("sign-in alcie at acme\r");
    terminal.sees("there is no user `alcie`");
    terminal.sees("<prompt>:1:9");
    terminal.sees("sign-in alcie at acme");
    terminal.sees(BARE);
    terminal.leaves();
}

#[test]
fn a_dumb_terminal_gets_no_escapes() {
    let mut terminal = Terminal::with("dumb", &[("TERM", "dumb")], &[]);
    let mut all = terminal.sees(BARE);
    all += &terminal.enters("can alice account:CloseAccount", "root-only task", BARE);
    all += &terminal.enters("why", "what decided", BARE);
    all += &terminal.enters("usr x", "did you mean", BARE);
    terminal.send("exit\n");
    all += &terminal.session.exp_eof().expect("the program ends");
    assert!(!all.contains('\x1b'), "{all:?}");
}

#[test]
fn the_plain_format_draws_nothing() {
    let mut terminal = Terminal::with("format", &[("TERM", "xterm")], &["--format", "plain"]);
    terminal.sees(BARE);
    let answer = terminal.enters("why alice account:CloseAccount", "what decided", BARE);
    assert!(!answer.contains(['│', '╭', '─', '×']), "{answer:?}");
    assert!(!answer.contains("\x1b[1;31m"), "{answer:?}");
    terminal.leaves();
}

#[test]
fn the_prompt_has_commands_of_its_own_and_settings_that_are_kept() {
    let variables = [("TERM", "xterm"), ("NO_COLOR", "1")];
    let mut terminal = Terminal::plain("settings");
    terminal.sees(BARE);
    let home = terminal.leaves();
    std::fs::create_dir_all(home.join("config/iamwhy")).expect("a folder");
    std::fs::write(home.join("config/iamwhy/config"), "# mine\n.mode vi\n.once out\n").expect("a file");
    let mut terminal = Terminal::at(home, &variables, &[]);
    terminal.sees("`.once out` is no setting");
    terminal.sees(BARE);
    terminal.enters(".show", ".mode vi", BARE);
    terminal.enters(".mode emacs", "", BARE);
    terminal.enters(".timer on", "", BARE);
    terminal.enters("whoami", " ms", BARE);
    terminal.enters(".once answer.txt", "", BARE);
    terminal.enters("can alice s3:ListAllMyBuckets", "written to answer.txt", BARE);
    terminal.enters("?s3:GetObject", "access level", BARE);
    terminal.enters(".tmier on", "did you mean `.timer`?", BARE);
    let home = terminal.leaves();
    let answer = std::fs::read_to_string(home.join("answer.txt")).expect("an answer");
    assert!(answer.starts_with("allowed\n"), "{answer}");
}

#[test]
fn exit_and_quit_leave() {
    for word in ["exit", "quit"] {
        let mut terminal = Terminal::plain(word);
        terminal.sees(BARE);
        terminal.send(&format!("{word}{ENTER}"));
        terminal.session.exp_eof().expect("the program ends");
    }
}
