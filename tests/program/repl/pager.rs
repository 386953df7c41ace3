//! What is longer than the screen goes through a pager.

use super::terminal::{BARE, PLAIN, Terminal};

const LONG: &str = "why bob s3:DeleteObject on arn:aws:s3:::acme-reports/q1.csv";

/// At a screen of 80 by 24, with a pager.
fn paged(name: &str, pager: &str) -> Terminal {
    let home = Terminal::plain(name).leaves_at_once();
    let mut terminal = Terminal::at(home, &[&PLAIN[..], &[("IAMWHY_PAGER", pager)]].concat(), &[]);
    terminal.sees(BARE);
    terminal.resizes(80, 24);
    terminal
}

#[test]
fn an_answer_longer_than_the_screen_goes_through_the_pager_until_that_is_switched_off() {
    let mut terminal = paged("pager", "sed -e 's/^/| /'");
    terminal.enters(LONG, "| fix      perhaps rightly denied", BARE);
    let short =
        terminal.enters("can bob s3:DeleteObject on arn:aws:s3:::acme-reports/q1.csv", "explicit deny", BARE);
    assert!(!short.contains('|'), "{short}");
    terminal.resizes(80, 100);
    terminal.enters(LONG, "\nfix      perhaps rightly denied", BARE);
    terminal.resizes(80, 24);
    terminal.enters(".pager off", "", BARE);
    terminal.enters(LONG, "\nfix      perhaps rightly denied", BARE);
    terminal.enters(".show", ".pager off", BARE);
    terminal.leaves();
}

#[test]
fn a_pager_has_the_keys_and_ctrl_c_and_may_leave_early() {
    let mut terminal = paged("pager-keys", "head -n 1; read line </dev/tty; echo \"read $line\"");
    terminal.send(&format!("{LONG}\r"));
    terminal.sees("denied");
    terminal.send("q\r");
    terminal.sees("read q");
    terminal.sees(BARE);
    terminal.send(&format!("{LONG}\r"));
    terminal.sees("denied");
    terminal.send("\x03");
    terminal.sees(BARE);
    terminal.enters("whoami", "nobody is signed in", BARE);
    terminal.leaves();
}

#[test]
fn where_there_is_no_such_pager_the_answer_is_shown_as_without_one() {
    let mut terminal = paged("no-pager", "no-such-pager -x");
    terminal.enters(LONG, "\nfix      perhaps rightly denied", BARE);
    let again = terminal.enters(LONG, "\nfix      perhaps rightly denied", BARE);
    assert!(!again.contains("not found"), "it is not tried again: {again}");
    terminal.leaves();
}

#[test]
fn a_dumb_terminal_and_a_pipe_have_no_pager() {
    let home = Terminal::plain("dumb-pager").leaves_at_once();
    let variables = [("TERM", "dumb"), ("IAMWHY_PAGER", "sed -e 's/^/| /'")];
    let mut terminal = Terminal::at(home.clone(), &variables, &[]);
    terminal.sees(BARE);
    terminal.resizes(80, 24);
    terminal.send(&format!("{LONG}\n"));
    let answer = terminal.sees("after ");
    assert!(!answer.contains("| fix"), "{answer}");
    terminal.sees(BARE);
    terminal.leaves();
    let mut command = std::process::Command::new("sh");
    command.args([
        "-c",
        &format!("stty rows 24 cols 80; echo '{LONG}' | \"$0\""),
        env!("CARGO_BIN_EXE_iamwhy"),
    ]);
    let mut terminal = Terminal::spawn(command, home, &variables);
    let answer = terminal.session.exp_eof().expect("the program ends");
    assert!(answer.contains("after ") && !answer.contains("| fix"), "{answer}");
}
