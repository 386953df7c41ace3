//! What is longer than the screen goes through a pager, as other programs do it: the one that `IAMWHY_PAGER` or `PAGER`
//! names, else `less` where there is one.

use std::ffi::OsString;
use std::io::{Write, stdout};
use std::process::{Command, Stdio};

use terminal_size::terminal_size_of;

use crate::layout::width;

/// What parts an answer from the next: a blank line and the prompt.
const BELOW: usize = 2;

/// On fewer rows nobody turns pages.
const LEAST: usize = 8;

/// How `less` behaves where nobody said it: it shows colours, leaves at the end and what it showed on the screen, and says
/// which keys there are.
const LESS: [(&str, &str); 2] = [("LESS", "EFRXPsspace goes on, q leaves$"), ("LESSCHARSET", "utf-8")];

/// How a shell says that there is no such program, or that it is none.
const NOT_FOUND: [i32; 2] = [126, 127];

/// A program that shows a text page by page.
pub(super) struct Pager {
    command: Option<OsString>,
}

impl Pager {
    /// The pager that an environment names. An empty name, `off` and `cat` are none.
    pub(super) fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let named = variable("IAMWHY_PAGER").or_else(|| variable("PAGER"));
        let command = named.or_else(|| is_installed(variable("PATH"), "less").then(|| "less".into()));
        Self { command: command.filter(|name| !["", "off", "cat"].iter().any(|none| name == none)) }
    }

    /// Shows a text that is longer than the screen; says whether it did. A pager that cannot be started is not tried
    /// again.
    pub(super) fn shows(&mut self, text: &str) -> bool {
        let is_long = terminal_size_of(stdout()).is_some_and(|(columns, rows)| {
            let rows = usize::from(rows.0);
            rows >= LEAST && rows_of(text, columns.0.into()) + BELOW > rows
        });
        let Some(command) = self.command.clone().filter(|_| is_long) else { return false };
        let shown = run(&command, text);
        if !shown {
            self.command = None;
        }
        shown
    }
}

/// How many rows of a screen a text takes.
fn rows_of(text: &str, columns: usize) -> usize {
    text.lines().map(|line| width(&uncoloured(line)).div_ceil(columns.max(1)).max(1)).sum()
}

/// A line without its colours.
fn uncoloured(line: &str) -> String {
    let mut parts = line.split('\x1b');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| plain + part.split_once('m').map_or(part, |(_, behind)| behind))
}

/// Gives a text to a pager, and waits until it ends; says whether there is such a program. One that ends before it has read
/// everything has shown what was wanted.
fn run(command: &OsString, text: &str) -> bool {
    let mut pager = command_of(command);
    pager.envs(LESS.into_iter().filter(|(name, _)| std::env::var_os(name).is_none()));
    let Ok(mut child) = pager.stdin(Stdio::piped()).spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        let _ = input.write_all(text.as_bytes());
    }
    let ended = child.wait().ok().and_then(|status| status.code());
    !ended.is_some_and(|code| NOT_FOUND.contains(&code))
}

/// The pager may be more than a word, `less -S`, so a shell reads it, as it does for other programs. Where it is one program
/// the shell makes way for it: Ctrl-C is the pager's, and would end the shell alone.
#[cfg(unix)]
fn command_of(pager: &OsString) -> Command {
    let is_one = !pager.to_string_lossy().contains(OF_A_SHELL);
    let mut script = OsString::from(if is_one { "exec " } else { "" });
    script.push(pager);
    let mut command = Command::new("sh");
    command.arg("-c").arg(script);
    command
}

/// What makes more of a line than one program with its arguments.
#[cfg(unix)]
const OF_A_SHELL: [char; 9] = ['|', '&', ';', '<', '>', '(', '$', '`', '\n'];

#[cfg(not(unix))]
fn command_of(pager: &OsString) -> Command {
    let pager = pager.to_string_lossy();
    let mut words = pager.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

fn is_installed(path: Option<OsString>, program: &str) -> bool {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    path.is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(&name).is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_as_a_screen_breaks_them_and_colours_take_none() {
        assert_eq!(rows_of("12345\n\n1234567\n", 5), 4);
        assert_eq!(rows_of("\x1b[1;31m12345\x1b[0m\n", 5), 1);
    }

    #[test]
    fn the_pager_is_named_by_the_environment_and_may_be_none() {
        let named = |variables: &[(&str, &str)]| {
            let all: Vec<(String, OsString)> =
                variables.iter().map(|(name, value)| ((*name).to_owned(), OsString::from(value))).collect();
            let of =
                |wanted: &str| all.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
            Pager::of(of).command.map(|command| command.to_string_lossy().into_owned())
        };
        assert_eq!(named(&[("PAGER", "more"), ("IAMWHY_PAGER", "less -S")]).as_deref(), Some("less -S"));
        assert_eq!(named(&[("PAGER", "more")]).as_deref(), Some("more"));
        assert_eq!(named(&[("PAGER", "more"), ("IAMWHY_PAGER", "")]), None);
        assert_eq!(named(&[("PAGER", "cat")]), None);
        assert_eq!(named(&[("PATH", "/nowhere")]), None);
    }
}
