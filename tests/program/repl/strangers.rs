//! What a terminal gets where names, files, pasted texts and the history are a stranger's.

use std::fs;
use std::path::PathBuf;

use super::terminal::{BARE, ENTER, PLAIN, TAB, Terminal, UP};
use crate::harmless::quoted;

/// What would name the window, paint over the screen, turn the line around or begin a line; colours that are none of
/// ours, so that they are seen if they get out.
const OBEYED: &str = "\u{1b}]0;title\u{7}\u{1b}[45;7m\u{1b}[2J\u{9b}2J\u{202e}\u{8}\u{85}x";

const COLOURED: [(&str, &str); 1] = [("TERM", "xterm")];

/// Asserts that nothing of [`OBEYED`] was sent to the terminal; the line editor has sequences of its own.
#[track_caller]
fn assert_obeys_nothing(seen: &str) {
    for sent in
        ["\u{1b}]", "\u{1b}[45;7m", "\u{1b}[2J", "\u{9b}", "\u{202e}", "\u{8}", "\u{85}", "\u{1b}\u{1b}"]
    {
        assert!(!seen.contains(sent), "{sent:?} in {seen:?}");
    }
}

/// All that a terminal shows up to a text.
#[track_caller]
fn shows(terminal: &mut Terminal, text: &str) -> String {
    let seen = terminal.sees(text);
    assert_obeys_nothing(&seen);
    seen
}

/// A home with a world in it whose names are hostile, and a file with such a name.
fn home(name: &str) -> PathBuf {
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("repl-{name}"));
    let _ = fs::remove_dir_all(&home);
    fs::create_dir_all(home.join("below")).expect("a home");
    let (text, arn) = (quoted(OBEYED), quoted(&format!("arn:aws:s3:::b{OBEYED}")));
    let other = quoted(&format!("arn:aws:s3:::b{OBEYED}2"));
    let world = format!(
        "account 444455556666 {text}\naccount 111122223333 {text}\nuser alice\ntag user alice k={text}\n\
         resource {arn} owner 111122223333\nresource {other} owner 111122223333\n"
    );
    fs::write(home.join("w.iam"), world).expect("a file");
    for file in ["a", "b"] {
        fs::write(home.join("below").join(format!("{file}{OBEYED}.iam")), "").expect("a file");
    }
    home
}

#[test]
fn the_prompt_the_hints_and_the_candidates_print() {
    for variables in [&COLOURED[..], &PLAIN] {
        let home = home(&format!("strangers-{}", variables.len()));
        let mut terminal = Terminal::at(home, variables, &["--world", "w.iam"]);
        shows(&mut terminal, "> ");
        for (line, offered) in [("show arn:aws:s3", "\\u001b]0;title"), ("read \"below/", "u001b]0;title")] {
            terminal.send(line);
            terminal.send(TAB);
            terminal.send(TAB);
            shows(&mut terminal, offered);
            // What is offered is typed, and the answer is about it.
            terminal.send(ENTER);
            terminal.send("\x03");
            terminal.send("whoami\r");
            // Only then nothing of what was shown before is taken for what comes next.
            shows(&mut terminal, "nobody is signed in");
            shows(&mut terminal, "> ");
        }
        terminal.send("list accounts\r");
        shows(&mut terminal, "\\u001b]0;title");
        terminal.send("sign-in root at 111122223333\r");
        shows(&mut terminal, "> ");
        terminal.send("exit\r");
        assert_obeys_nothing(&terminal.session.exp_eof().expect("the program ends"));
    }
}

#[test]
fn what_is_pasted_or_recalled_is_drawn_as_what_prints() {
    for variables in [&COLOURED[..], &PLAIN] {
        let mut terminal = Terminal::with(&format!("pasted-{}", variables.len()), variables, &[]);
        shows(&mut terminal, "> ");
        terminal.pastes(&format!("shwo \"{OBEYED}pasted\""));
        shows(&mut terminal, "pasted");
        terminal.send(ENTER);
        // The line editor takes escape sequences out of what is pasted, and nothing else.
        shows(&mut terminal, "\\u009b2J\\u202e");
        shows(&mut terminal, "> ");
        // The same from the history, and found in it.
        terminal.send(UP);
        shows(&mut terminal, "pasted");
        terminal.clears("> ");
        terminal.send("\x12pasted");
        shows(&mut terminal, "pasted\"");
        terminal.send("\x07");
        terminal.clears("> ");
        terminal.send("exit\r");
        assert_obeys_nothing(&terminal.session.exp_eof().expect("the program ends"));
    }
}

#[test]
fn a_control_character_that_is_typed_is_drawn_as_a_mark() {
    for variables in [&COLOURED[..], &PLAIN] {
        let mut terminal = Terminal::with(&format!("typed-{}", variables.len()), variables, &[]);
        shows(&mut terminal, "> ");
        // Ctrl-V takes the next key as it is.
        terminal.send("show \x16\x1b]0;title\x16\x07\u{9b}typed");
        shows(&mut terminal, "typed");
        terminal.send(ENTER);
        shows(&mut terminal, "\\u001b");
        shows(&mut terminal, BARE.trim_start_matches("iamwhy"));
        terminal.send("exit\r");
        assert_obeys_nothing(&terminal.session.exp_eof().expect("the program ends"));
    }
}
