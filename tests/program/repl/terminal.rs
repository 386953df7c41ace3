//! The program at a pseudo-terminal.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use rexpect::reader::Options;
use rexpect::session::{PtySession, spawn_with_options};

/// Generous: only a hanging program meets it.
pub(crate) const TIMEOUT: u64 = 30_000;

pub(crate) const ENTER: &str = "\r";
pub(crate) const TAB: &str = "\t";
pub(crate) const UP: &str = "\x1b[A";
pub(crate) const RIGHT: &str = "\x1b[C";

/// The program at a terminal, with a home of its own.
pub(crate) struct Terminal {
    pub(crate) session: PtySession,
    pub(crate) home: PathBuf,
}

impl Terminal {
    /// Without colours, so that texts can be looked for.
    pub(crate) fn plain(name: &str) -> Self {
        Self::with(name, &[("TERM", "xterm"), ("NO_COLOR", "1")], &[])
    }

    pub(crate) fn with(name: &str, variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("repl-{name}"));
        let _ = std::fs::remove_dir_all(&home);
        std::fs::create_dir_all(&home).expect("a home");
        Self::at(home, variables, arguments)
    }

    pub(crate) fn at(home: PathBuf, variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_iamwhy"));
        command.args(arguments);
        Self::spawn(command, home, variables)
    }

    pub(crate) fn spawn(mut command: Command, home: PathBuf, variables: &[(&str, &str)]) -> Self {
        command.current_dir(&home).env("HOME", &home).env("TMPDIR", &home);
        command.env("XDG_DATA_HOME", home.join("data")).env("XDG_CONFIG_HOME", home.join("config"));
        command
            .env_remove("NO_COLOR")
            .env("IAMWHY_PAGER", "off")
            .env("LC_ALL", "C.UTF-8")
            .env_remove("VISUAL")
            .env_remove("EDITOR")
            .env_remove("IAMWHY_HISTORY")
            .envs(variables.iter().copied());
        let options = Options::new().timeout_ms(Some(TIMEOUT));
        let session = spawn_with_options(command, options).expect("the program starts");
        Self { session, home }
    }

    pub(crate) fn send(&mut self, keys: &str) {
        self.session.send(keys).expect("keys are taken");
        self.session.flush().expect("keys are taken");
    }

    /// Waits for a text; gives what came before it.
    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) -> String {
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
    pub(crate) fn enters(&mut self, line: &str, answer: &str, prompt: &str) -> String {
        self.send(line);
        self.send(ENTER);
        let before = self.sees(answer);
        self.sees(prompt);
        before
    }

    /// Drops the line; the line editor lets go of the terminal before the next prompt.
    #[track_caller]
    pub(crate) fn clears(&mut self, prompt: &str) {
        self.send("\x03");
        self.sees("\x1b[?2004l");
        self.sees(prompt);
    }

    /// Waits for a file of the home.
    #[track_caller]
    pub(crate) fn finds(&self, file: &str) {
        let written = (0..TIMEOUT).any(|_| {
            std::thread::sleep(Duration::from_millis(1));
            self.home.join(file).exists()
        });
        assert!(written, "`{file}` was not written");
    }

    pub(crate) fn pastes(&mut self, text: &str) {
        self.send(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// At a terminal of some columns: `stty` sets them before the program starts.
    pub(crate) fn sized(home: PathBuf, variables: &[(&str, &str)], columns: usize) -> Self {
        let mut command = Command::new("sh");
        let script = format!("stty cols {columns} rows 40; exec \"$0\"");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_iamwhy")]);
        Self::spawn(command, home, variables)
    }

    /// Where the program is a child of a shell.
    pub(crate) fn below(name: &str, variables: &[(&str, &str)], script: &str) -> Self {
        let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("repl-{name}"));
        let _ = std::fs::remove_dir_all(&home);
        std::fs::create_dir_all(&home).expect("a home");
        let mut command = Command::new("sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_iamwhy")]);
        Self::spawn(command, home, variables)
    }

    /// The number of the program, known by the home that it runs in.
    pub(crate) fn process(&self) -> String {
        let leads = |folder: &std::path::Path, link: &str, to: &str| {
            std::fs::read_link(folder.join(link)).is_ok_and(|found| found == std::path::Path::new(to))
        };
        let home = self.home.to_string_lossy().into_owned();
        let all = std::fs::read_dir("/proc").expect("processes").flatten().map(|entry| entry.path());
        let mut own =
            all.filter(|path| leads(path, "exe", env!("CARGO_BIN_EXE_iamwhy")) && leads(path, "cwd", &home));
        own.next().expect("a process").file_name().expect("a number").to_string_lossy().into_owned()
    }

    /// Waits until no thread works any more: one reads the keys, one waits for signals.
    #[cfg(target_os = "linux")]
    #[track_caller]
    pub(crate) fn is_at_rest(&self) {
        let tasks = format!("/proc/{}/task", self.process());
        let at_rest = (0..TIMEOUT).any(|_| {
            std::thread::sleep(Duration::from_millis(1));
            std::fs::read_dir(&tasks).is_ok_and(|tasks| tasks.count() <= 2)
        });
        assert!(at_rest, "a thread goes on");
    }

    #[cfg(not(target_os = "linux"))]
    pub(crate) fn is_at_rest(&self) {}

    /// Changes the size of the window.
    pub(crate) fn resizes(&self, columns: usize, rows: usize) {
        let tty = format!("/proc/{}/fd/0", self.process());
        let (columns, rows) = (columns.to_string(), rows.to_string());
        let changed = Command::new("stty").args(["-F", &tty, "cols", &columns, "rows", &rows]).status();
        assert!(changed.expect("there is `stty`").success());
    }

    /// Ends before the first answer, where only the home is wanted.
    pub(crate) fn leaves_at_once(mut self) -> PathBuf {
        self.sees(BARE);
        self.leaves()
    }

    #[track_caller]
    pub(crate) fn leaves(mut self) -> PathBuf {
        self.send("\x04");
        self.session.exp_eof().expect("the program ends");
        self.home
    }
}

pub(crate) const BARE: &str = "iamwhy> ";

pub(crate) const PLAIN: [(&str, &str); 2] = [("TERM", "xterm"), ("NO_COLOR", "1")];

/// A script in the home of a terminal that edits a file in place, as `sed` says.
pub(crate) fn editor(terminal: &Terminal, name: &str, edit: &str) -> String {
    let path = terminal.home.join(name);
    std::fs::write(&path, format!("#!/bin/sh\nsed -e '{edit}' \"$1\" >edited && cp edited \"$1\"\n"))
        .expect("a file");
    format!("sh {}", path.display())
}
