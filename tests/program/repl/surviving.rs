//! What happens to a terminal does not end the prompt, and an end from outside leaves the terminal in order.
#![cfg(target_os = "linux")]

use std::process::Command;

use super::terminal::{BARE, ENTER, PLAIN, TAB, Terminal};

const TABS: &str = "policy Mine {\r\t\"Version\": \"2012-10-17\",\r\t\"Statement\": [\r\t\t{ \"Effect\": \"Allow\",\t\"Action\": \"s3:GetObject\",\t\"Resource\": \"*\" }\r\t]\r}\r";

/// A moment in which the program gets to where it waits for the next key; nothing is judged by it.
fn settle() {
    std::thread::sleep(std::time::Duration::from_millis(200));
}

fn signal(name: &str, process: &str) {
    assert!(Command::new("kill").args(["-s", name, process]).status().expect("there is `kill`").success());
}

#[test]
fn a_resize_between_two_keys_of_a_command_keeps_the_world_and_the_line() {
    for (name, key) in [("ctrl-v", "\x16"), ("ctrl-q", "\x11")] {
        let mut terminal = Terminal::plain(&format!("resize-{name}"));
        terminal.sees(BARE);
        terminal.enters("user carol", "created user carol", BARE);
        for columns in [60, 100] {
            terminal.send("list us");
            terminal.sees("list us");
            terminal.send(key);
            settle();
            terminal.resizes(columns, 30);
            terminal.sees("list us");
            terminal.send("ers\r");
            terminal.sees("carol");
            terminal.sees(BARE);
        }
        terminal.leaves();
    }
}

#[test]
fn a_resize_at_the_prompt_in_a_search_and_in_an_answer_is_survived() {
    let mut terminal = Terminal::plain("resizes");
    terminal.sees(BARE);
    terminal.enters("user carol", "created user carol", BARE);
    for keys in ["list", "\x12", "\x12car", "can alice s3:\t", "\x1b", "policy P {\r"] {
        terminal.send(keys);
        settle();
        terminal.resizes(50, 20);
        terminal.resizes(90, 40);
        terminal.send("\x07");
        settle();
        terminal.send("\x03");
        settle();
    }
    terminal.enters("whoami", "nobody is signed in", BARE);
    terminal.send("tour\r");
    terminal.resizes(60, 20);
    settle();
    terminal.enters("delete user carol", "deleted user carol", BARE);
    terminal.leaves();
}

#[test]
fn an_end_from_outside_restores_the_terminal_and_keeps_the_history() {
    for name in ["TERM", "HUP"] {
        let script = "\"$0\"; echo \"ended with $?\"; stty -a; echo over";
        let mut terminal = Terminal::below(&format!("end-{name}"), &PLAIN, script);
        terminal.sees(BARE);
        terminal.enters("user carol", "created user carol", BARE);
        terminal.send("user do");
        terminal.sees("user do");
        signal(name, &terminal.process());
        terminal.sees("\x1b[?2004l");
        terminal.sees(if name == "TERM" { "ended with 143" } else { "ended with 129" });
        let modes = terminal.sees("over");
        assert!(modes.contains(" icanon ") && modes.contains(" icrnl "), "{modes}");
        let history = std::fs::read_to_string(terminal.home.join("data/iamwhy/history")).expect("a history");
        assert!(history.contains("user carol"), "{history}");
    }
}

#[test]
fn a_long_list_fits_on_the_screen_and_takes_no_key() {
    let home = Terminal::plain("long-list").leaves_at_once();
    let mut terminal = Terminal::sized(home, &PLAIN, 80);
    terminal.sees(BARE);
    terminal.resizes(80, 10);
    settle();
    terminal.send(&format!("can alice s3:G{TAB}"));
    let list = terminal.sees(" more");
    assert!(list.lines().count() <= 12, "{list}");
    terminal.sees("can alice s3:Get");
    terminal.send("Object on arn:aws:s3:::b/k\r");
    let before = terminal.sees("allowed");
    assert!(!before.contains("--More--"), "{before}");
    terminal.sees(BARE);
    terminal.send(&format!("can alice {TAB}"));
    terminal.sees(" more");
    terminal.clears(BARE);
    terminal.enters("whoami", "nobody is signed in", BARE);
    terminal.leaves();
}

#[test]
fn a_paste_with_tabs_that_does_not_say_so_opens_no_list() {
    let mut terminal = Terminal::plain("bare-paste");
    terminal.sees(BARE);
    terminal.send(TABS);
    let before = terminal.sees("created policy Mine");
    assert!(!before.contains("NotAction") && !before.contains("\x07"), "{before:?}");
    terminal.sees(BARE);
    terminal.enters("whoami", "nobody is signed in", BARE);
    terminal.leaves();
}

#[test]
fn every_terminal_is_served_however_small_and_whatever_it_says_of_itself() {
    for (columns, rows) in [(0, 0), (1, 1), (1, 40), (2, 2), (80, 1)] {
        let home = Terminal::plain(&format!("size-{columns}-{rows}")).leaves_at_once();
        let mut terminal = Terminal::sized(home, &PLAIN, 80);
        terminal.sees(BARE);
        terminal.resizes(columns, rows);
        settle();
        terminal.send(&format!("can al{TAB}\x03"));
        settle();
        terminal.send("whoami\r");
        terminal.sees("nobody is signed in");
        terminal.leaves();
    }
    for variables in
        [&[("TERM", "")][..], &[("TERM", "dumb")], &[("TERM", "xterm"), ("LANG", "C"), ("LC_ALL", "C")]]
    {
        let mut terminal = Terminal::with("any-terminal", variables, &[]);
        terminal.sees("> ");
        terminal.send("whoami\r");
        terminal.sees("nobody is signed in");
        terminal.leaves();
    }
}

#[test]
fn the_prompt_is_left_and_taken_up_again_by_the_shell() {
    let mut terminal = Terminal::below("suspended", &PLAIN, "set -m; \"$0\"; echo left; fg; echo over");
    terminal.sees(BARE);
    terminal.enters("user carol", "created user carol", BARE);
    terminal.send("list us\x1a");
    terminal.sees("left");
    settle();
    terminal.send("ers\r");
    terminal.sees("carol");
    terminal.sees(BARE);
    terminal.send("\x04");
    terminal.sees("over");
}

#[test]
fn an_end_within_a_statement_of_several_lines_is_no_statement() {
    let mut terminal = Terminal::with("dumb-end", &[("TERM", "dumb")], &[]);
    terminal.sees(BARE);
    terminal.send("what-if {\nuser carol\n\x04");
    let rest = terminal.session.exp_eof().expect("the program ends");
    assert!(!rest.contains("created user carol"), "{rest}");
    let mut terminal = Terminal::plain("end");
    terminal.sees(BARE);
    terminal.send("policy P {\r\x04");
    terminal.sees("policy P {");
    terminal.clears(BARE);
    terminal.enters("whoami", "nobody is signed in", BARE);
    terminal.send(&format!("list policies{ENTER}"));
    terminal.sees(BARE);
    terminal.leaves();
}
