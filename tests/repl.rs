//! The prompt in a real pseudo-terminal.
#![cfg(unix)]

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

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
        command.args(arguments);
        Self::spawn(command, home, variables)
    }

    fn spawn(mut command: Command, home: PathBuf, variables: &[(&str, &str)]) -> Self {
        command.current_dir(&home).env("HOME", &home);
        command.env("XDG_DATA_HOME", home.join("data")).env("XDG_CONFIG_HOME", home.join("config"));
        command
            .env_remove("NO_COLOR")
            .env_remove("VISUAL")
            .env_remove("EDITOR")
            .env_remove("IAMWHY_HISTORY")
            .envs(variables.iter().copied());
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

    /// Drops the line; the line editor lets go of the terminal before the next prompt.
    #[track_caller]
    fn clears(&mut self, prompt: &str) {
        self.send("\x03");
        self.sees("\x1b[?2004l");
        self.sees(prompt);
    }

    /// Waits for a file of the home.
    #[track_caller]
    fn finds(&self, file: &str) {
        let end = Instant::now() + Duration::from_millis(TIMEOUT);
        while !self.home.join(file).exists() {
            assert!(Instant::now() < end, "`{file}` was not written");
            std::thread::yield_now();
        }
    }

    fn pastes(&mut self, text: &str) {
        self.send(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// At a terminal of some columns: `stty` sets them before the program starts.
    fn sized(home: PathBuf, variables: &[(&str, &str)], columns: usize) -> Self {
        let mut command = Command::new("sh");
        let script = format!("stty cols {columns} rows 40; exec \"$0\"");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_iamwhy")]);
        Self::spawn(command, home, variables)
    }

    /// Ends before the first answer, where only the home is wanted.
    fn leaves_at_once(mut self) -> PathBuf {
        self.sees(BARE);
        self.leaves()
    }

    #[track_caller]
    fn leaves(mut self) -> PathBuf {
        self.send("\x04");
        self.session.exp_eof().expect("the program ends");
        self.home
    }
}

const BARE: &str = "iamwhy> ";

const PLAIN: [(&str, &str); 2] = [("TERM", "xterm"), ("NO_COLOR", "1")];

/// A script in the home of a terminal that edits a file in place, as `sed` says.
fn editor(terminal: &Terminal, name: &str, edit: &str) -> String {
    let path = terminal.home.join(name);
    std::fs::write(&path, format!("#!/bin/sh\nsed -e '{edit}' \"$1\" >edited && cp edited \"$1\"\n"))
        .expect("a file");
    format!("sh {}", path.display())
}

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

/// What Tab shows for each line: words that are there, words that are not.
const OFFERED: [(&str, &[&str], &[&str]); 16] = [
    ("can ", &["root", "alice", "IAM user", "anonymous"], &["s3:"]),
    ("sign-in ", &["alice", "bob"], &["anonymous"]),
    ("attach ReadReports to ", &["user", "ou", "organization-root"], &["resource", "policy"]),
    ("delete ", &["policy", "resource"], &["organization-root"]),
    ("show ", &["developers", "ReadReports", "arn:aws:s3:::acme-reports"], &[]),
    ("list ", &["users", "commands"], &[]),
    ("set ", &["not-principal", "strict-context"], &[]),
    ("set not-principal ", &["strict", "any-listed"], &["off"]),
    ("open ", &["https://acme-test.signin.aws.amazon.com/console"], &[]),
    ("can bob s3:GetObject with s3:", &["s3:TlsVersion=", "s3:ExistingObjectTag/"], &["aws:"]),
    ("can bob s3:GetObject with aws:SecureTransport=", &["=true", "=false"], &[]),
    ("why bob s3:GetObject without ", &["scp", "permissions-boundary", "ReadReports"], &[]),
    ("expect bob denied s3:GetObject because ", &["root-only", "identity-based"], &[]),
    ("?aws:SourceI", &["aws:SourceIp ", "aws:SourceIdentity "], &["aws:SourceIp="]),
    ("policy P {\"Statement\": {\"", &["\"Effect\"", "\"Resource\""], &["\"Principal\""]),
    ("role R trust {\"Statement\": {\"", &["\"Principal\""], &["\"Resource\""]),
];

#[test]
fn tab_offers_what_can_stand_at_the_cursor_and_nothing_else() {
    let mut terminal = Terminal::plain("offered");
    terminal.sees(BARE);
    for (line, there, not_there) in OFFERED {
        terminal.send(line);
        terminal.send(TAB);
        // Below the list the line is drawn again.
        terminal.sees("\n");
        let list = terminal.sees(BARE);
        for word in there {
            assert!(list.contains(word), "`{line}` offers `{word}`: {list}");
        }
        for word in not_there {
            assert!(!list.contains(word), "`{line}` does not offer `{word}`: {list}");
        }
        terminal.clears(BARE);
    }
    terminal.leaves();
}

#[test]
fn operators_and_the_keys_of_the_action_are_offered_below_a_policy_of_several_lines() {
    let mut terminal = Terminal::plain("operators");
    terminal.sees(BARE);
    terminal
        .send("policy P {\r\"Statement\": {\r\"Action\": \"s3:GetObject\",\r\"Condition\": {\"NumericLess");
    terminal.send(TAB);
    terminal.sees("\"NumericLessThan\":");
    terminal.sees("\"NumericLessThanEquals\":");
    terminal.sees("\"Condition\": {\"NumericLessThan");
    terminal.send(&format!("E{TAB}{{\"s3:sig{TAB}"));
    terminal.sees("\"s3:signatureAge\":");
    terminal.sees("\"s3:signatureversion\":");
    terminal.clears(BARE);
    terminal.leaves();
}

#[test]
fn what_goes_on_is_indented_by_its_open_brackets() {
    let mut terminal = Terminal::plain("indented");
    terminal.sees(BARE);
    terminal.send("policy P {\r\"Version\": \"2012-10-17\",\r\"Statement\": [\r{");
    terminal.sees("  \"Version\"");
    terminal.sees("  \"Statement\"");
    terminal.sees("[\r\n    ");
    terminal.clears(BARE);
    terminal.leaves();
}

#[test]
fn hints_show_what_can_stand_next_and_what_was_typed_before() {
    let mut terminal = Terminal::with("hints", &[("TERM", "xterm")], &[]);
    terminal.sees("> ");
    terminal.send("can ");
    terminal.sees("\x1b[2mPRINCIPAL | ACTION");
    terminal.send("bob s3:GetObject ");
    terminal.sees("\x1b[2mon RESOURCE | with | without | as-of");
    terminal.send("on ");
    terminal.sees("\x1b[2marn:aws:s3:::");
    terminal.send("arn:aws:s3:::acme-reports/x\r");
    terminal.sees("allowed");
    terminal.sees("> ");
    terminal.send("can bob");
    terminal.sees("\x1b[2m s3:GetObject on arn:aws:s3:::acme-reports/x");
    terminal.send(&format!("{RIGHT}{ENTER}"));
    terminal.sees("allowed by ReadReports");
    terminal.sees("> ");
    terminal.leaves();
}

#[test]
fn the_bracket_at_the_cursor_and_its_partner_are_marked() {
    let mut terminal = Terminal::with("brackets", &[("TERM", "xterm")], &[]);
    terminal.sees("> ");
    terminal.send("policy P { }");
    terminal.sees("\x1b[1;36mpolicy");
    terminal.sees("\x1b[1;4;33m{");
    terminal.sees("\x1b[1;4;33m}");
    terminal.clears("> ");
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
fn undo_takes_back_what_was_done() {
    let mut terminal = Terminal::plain("undo");
    terminal.sees(BARE);
    terminal.enters("delete user bob", "deleted user bob", BARE);
    terminal.enters("changes", "delete user bob", BARE);
    terminal.enters("undo", "took back: delete user bob", BARE);
    terminal.enters("show user bob", "arn:aws:iam::111122223333:user/bob", BARE);
    terminal.enters("redo", "made again: delete user bob", BARE);
    terminal.enters("show user bob", "there is nothing called `bob`", BARE);
    terminal.leaves();
}

#[test]
fn ctrl_c_stops_a_running_question_and_leaves_the_world_as_it_was() {
    let mut terminal = Terminal::plain("stopped");
    // Each script reads the next ten times: nobody waits for the end of that.
    for number in 0..12 {
        let next = format!("read \"{}.iam\"\n", number + 1).repeat(10);
        std::fs::write(terminal.home.join(format!("{number}.iam")), next).expect("a file");
    }
    std::fs::write(terminal.home.join("12.iam"), "can alice s3:ListAllMyBuckets\n").expect("a file");
    let script = "user lost\nsave \"begun.iam\"\nread \"0.iam\"\n";
    std::fs::write(terminal.home.join("long.iam"), script).expect("a file");
    terminal.sees(BARE);
    terminal.enters("user carol", "created user carol", BARE);
    terminal.send("read \"long.iam\"\r");
    terminal.finds("begun.iam");
    terminal.send("\x03");
    terminal.sees("stopped; nothing has changed");
    terminal.sees(BARE);
    let users = terminal.enters("list users", "carol", BARE);
    assert!(!users.contains("lost"), "{users}");
    terminal.enters("undo", "took back: user carol", BARE);
    terminal.leaves();
}

#[test]
fn an_edited_policy_is_a_new_version_that_can_be_taken_back() {
    let terminal = Terminal::plain("edit");
    let narrow = editor(&terminal, "narrow", "s/Delete\\*/DeleteBucket/");
    let home = terminal.leaves_at_once();
    let mut terminal = Terminal::at(home, &[PLAIN[0], PLAIN[1], ("EDITOR", &narrow)], &[]);
    terminal.sees(BARE);
    terminal.enters("edit ReadReports", "version v2", BARE);
    terminal.enters("show policy ReadReports", "s3:DeleteBucket", BARE);
    terminal.enters("why bob s3:DeleteBucket on arn:aws:s3:::acme-reports", "[<ReadReports>:10:", BARE);
    terminal.enters(
        "edit ReadReports",
        "nothing has changed in the customer managed policy ReadReports",
        BARE,
    );
    terminal.enters("undo", "took back: edit ReadReports", BARE);
    terminal.enters("show policy ReadReports", "s3:Delete*", BARE);
    terminal.enters("undo", "there is nothing to take back", BARE);
    terminal.enters("edit AdministratorAccess", "is a policy of AWS and cannot be changed", BARE);
    terminal.enters("inline In on user bob {\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"s3:Delete*\", \"Resource\": \"*\"}}", "added inline policy", BARE);
    terminal.enters("edit In on user bob", "replaced inline policy In", BARE);
    terminal.enters("show In on user bob", "s3:DeleteBucket", BARE);
    terminal.leaves();
}

#[test]
fn what_was_edited_wrongly_is_shown_and_opened_again() {
    let terminal = Terminal::plain("edit-again");
    let breaks =
        editor(&terminal, "breaks", "s/\"Deny\"/\"Deni\"/;t;s/\"Deni\"/\"Deny\"/;s/Delete\\*/DeleteBucket/");
    let home = terminal.leaves_at_once();
    let mut terminal =
        Terminal::at(home, &[PLAIN[0], PLAIN[1], ("VISUAL", &breaks), ("EDITOR", "false")], &[]);
    terminal.sees(BARE);
    terminal.send("edit ReadReports\r");
    terminal.sees("expected `Allow` or `Deny`, found `Deni`");
    terminal.sees("<ReadReports>:10:36");
    terminal.sees("nothing has changed; `edit ReadReports` opens what you wrote again");
    terminal.sees("Tab types `edit ReadReports`");
    terminal.sees(BARE);
    terminal.send(&format!("{TAB}{ENTER}"));
    terminal.sees("version v2");
    terminal.sees(BARE);
    terminal.enters("show ReadReports", "s3:DeleteBucket", BARE);
    terminal.leaves();
}

#[test]
fn an_editor_that_fails_changes_nothing_and_scripts_have_none() {
    let terminal = Terminal::plain("no-editor");
    let home = terminal.leaves_at_once();
    std::fs::write(home.join("script.iam"), "edit ReadReports\n").expect("a file");
    let mut terminal = Terminal::at(home, &[PLAIN[0], PLAIN[1], ("EDITOR", "false")], &[]);
    terminal.sees(BARE);
    terminal.enters("edit ReadReports", "the editor `false` failed", BARE);
    terminal.enters("read \"script.iam\"", "nobody is here who could edit", BARE);
    terminal.enters("undo", "there is nothing to take back", BARE);
    terminal.leaves();
}

#[test]
fn the_last_question_is_asked_again_with_changes() {
    let mut terminal = Terminal::plain("again");
    terminal.sees(BARE);
    terminal.enters("_", "nothing has been asked yet", BARE);
    terminal.enters("sign-in alice at acme", "signed in", "alice@acme> ");
    terminal.enters("can account:CloseAccount", "root-only task", "alice@acme> ");
    terminal.enters("sign-in root owner@acme.example mfa", "signed in", "root@acme> ");
    terminal.enters("can _", "root may do everything", "root@acme> ");
    terminal.enters("can alice _", "root-only task", "root@acme> ");
    terminal.enters(
        "can bob s3:GetObject on arn:aws:s3:::acme-reports/a",
        "allowed by ReadReports",
        "root@acme> ",
    );
    terminal.enters("why _ on arn:aws:s3:::other/a", "does not cover", "root@acme> ");
    terminal.enters(".once again.txt _", "written to again.txt", "root@acme> ");
    terminal.enters(".once why.txt why", "written to why.txt", "root@acme> ");
    let home = terminal.leaves();
    let again = std::fs::read_to_string(home.join("again.txt")).expect("an answer");
    assert!(again.starts_with("denied\nimplicit deny"), "{again}");
    assert_eq!(again, std::fs::read_to_string(home.join("why.txt")).expect("an answer"));
}

#[test]
fn show_counts_lines_as_explanations_do() {
    let mut terminal = Terminal::plain("lines-shown");
    terminal.sees(BARE);
    terminal.enters("why bob s3:DeleteObject on arn:aws:s3:::acme-reports/q", "[demo.iam:26:", BARE);
    terminal.send("show policy ReadReports\r");
    terminal.sees("as in demo.iam");
    terminal.sees("26      { \"Sid\": \"NoDelete\"");
    terminal.sees(BARE);
    terminal.leaves();
}

#[test]
fn vi_moves_and_changes_words() {
    let mut terminal = Terminal::plain("vi");
    terminal.sees(BARE);
    terminal.enters(".mode vi", "", BARE);
    terminal.send("can bob account:CloseAccount");
    terminal.sees("CloseAccount");
    terminal.send("\x1b");
    // A key behind Esc is one of its own only after a moment; a motion to where the cursor is shows that it has passed.
    terminal.send("0");
    terminal.send("wcwalice\r");
    terminal.sees("root-only task: close the account");
    terminal.sees(BARE);
    terminal.send("\x1b");
    terminal.send("k\r");
    terminal.sees("can alice account:CloseAccount");
    terminal.sees("root-only task");
    terminal.sees(BARE);
    terminal.leaves();
}

#[test]
fn a_narrow_terminal_is_served() {
    let terminal = Terminal::plain("narrow");
    let home = terminal.leaves_at_once();
    let mut terminal = Terminal::sized(home, &PLAIN, 40);
    terminal.sees(BARE);
    terminal.send(&format!("help w{TAB}"));
    terminal.sees("when     asks for the conditions under…");
    terminal.sees("what-if  does the commands on a copy o…");
    terminal.clears(BARE);
    terminal.enters("can bob s3:DeleteObject on arn:aws:s3:::acme-reports/q", "explicit deny", BARE);
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
