//! The prompt in a real pseudo-terminal.

mod completion;
mod editing;
mod history;
mod pager;
mod places;
mod strangers;
mod surviving;
mod terminal;

use terminal::{BARE, ENTER, PLAIN, RIGHT, TAB, Terminal};

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
    terminal.send("why in full\r");
    terminal.sees("\"Action\": \"*\"");
    terminal.sees("─┬─");
    terminal.sees("this would have allowed it");
    terminal.sees("alice@acme> ");
    terminal.enters("sign-in root owner@acme.example mfa", "signed in as", "root@acme> ");
    terminal.enters("can account:CloseAccount", "allowed", "root@acme> ");
    terminal.leaves();
}

#[test]
fn answers_look_as_the_format_says() {
    let mut terminal = Terminal::plain("format");
    terminal.sees(BARE);
    terminal.enters(".mode json", "did you mean `.format json`?", BARE);
    terminal.send(TAB);
    terminal.sees(".format json");
    terminal.send(ENTER);
    terminal.sees(BARE);
    terminal.enters("can alice iam:CreateUser", "{\"decision\":\"allowed\"", BARE);
    terminal.send(".format plain\r");
    terminal.sees(BARE);
    terminal.enters("cna alice iam:CreateUser", "error[unknown-command]", BARE);
    terminal.leaves();
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
    terminal.is_at_rest();
    let users = terminal.enters("list users", "carol", BARE);
    assert!(!users.contains("lost"), "{users}");
    terminal.enters("undo", "took back: user carol", BARE);
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
    terminal.sees("when      asks for the conditions unde…");
    terminal.sees("what-if   does the commands on a copy …");
    terminal.clears(BARE);
    terminal.enters("can bob s3:DeleteObject on arn:aws:s3:::acme-reports/q", "explicit deny", BARE);
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
fn keys_that_come_with_ctrl_c_are_kept() {
    let mut terminal = Terminal::plain("with-ctrl-c");
    terminal.sees(BARE);
    terminal.send("user lost\x03whoami\r");
    terminal.sees("nobody is signed in");
    terminal.sees(BARE);
    terminal.send("policy P {\rus\x03user carol\r");
    terminal.sees("created user carol");
    terminal.sees(BARE);
    let users = terminal.enters("list users", "carol", BARE);
    assert!(!users.contains("lost"), "{users}");
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
    all += &terminal.enters("why", "only the root user can close the account", BARE);
    all += &terminal.enters("usr x", "did you mean", BARE);
    terminal.send("exit\n");
    all += &terminal.session.exp_eof().expect("the program ends");
    assert!(!all.contains('\x1b'), "{all:?}");
}

#[test]
fn the_plain_format_draws_nothing() {
    let mut terminal = Terminal::with("format", &[("TERM", "xterm")], &["--format", "plain"]);
    terminal.sees(BARE);
    let answer =
        terminal.enters("why alice account:CloseAccount", "only the root user can close the account", BARE);
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
fn a_locale_without_utf_8_gets_ascii_alone() {
    let mut terminal = Terminal::with("ascii", &[("TERM", "xterm"), ("LC_ALL", "C")], &[]);
    let mut all = terminal.sees("> ");
    for (line, answer) in [
        ("sing-in alice at acme", "did you mean"),
        ("why bob s3:DeleteObject on arn:aws:s3:::acme-reports/q1.csv in full", "layers"),
        (".help", "Ctrl-D"),
        ("help w\t\x03", "asks for the conditions"),
    ] {
        terminal.send(&format!("{line}\r"));
        all += &terminal.sees(answer);
        all += &terminal.sees("\x1b[?2004h");
    }
    assert!(all.is_ascii(), "{all}");
    assert!(all.contains(" +-[") && all.contains("ReadReports - NoDelete"), "{all}");
    terminal.leaves();
}

#[test]
fn a_verdict_has_its_colour_in_a_table_as_it_has_alone() {
    let mut terminal = Terminal::with("verdicts", &[("TERM", "xterm")], &[]);
    terminal.sees("> ");
    terminal.send("compare root alice\r");
    terminal.sees("close the account  ");
    terminal.sees("\x1b[1;32mallowed\x1b[0m  \x1b[1;31mdenied\x1b[0m");
    terminal.sees("> ");
    terminal.leaves();
}

#[test]
fn a_blank_line_parts_answers_and_grey_hints_come_from_lines_that_worked() {
    let mut terminal = Terminal::with("hints", &[("TERM", "xterm")], &[]);
    terminal.sees("> ");
    for line in [
        "can bob s3:ListBucket on arn:aws:s3:::acme-reports",
        "can bob s3:ListBucket on arn:aws:s3:::acme-reports wiht x",
    ] {
        terminal.send(&format!("{line}\r"));
        terminal.sees("\r\n\r\n\x1b[?2004h");
    }
    terminal.send("can bob s3:ListB");
    terminal.sees("\x1b[2mucket on arn:aws:s3:::acme-reports\x1b[0m");
    terminal.send("\x03");
    terminal.sees("> ");
    terminal.leaves();
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
