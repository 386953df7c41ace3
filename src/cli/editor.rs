//! Whoever sits at the prompt: the disk and the clock, and an editor.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::disk::{Confined, Disk, create, reason};
use crate::session::{EditedText, Existing, Outside, Unreadable, Wrote};

pub(super) struct Seat;

impl Outside for Seat {
    fn confined_to(&self, file: &str) -> Option<Box<dyn Outside>> {
        Some(Box::new(Confined::of(file, false)))
    }

    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        Disk.read(path)
    }

    fn write(&mut self, path: &str, text: &str, existing: Existing) -> Result<Wrote, Unreadable> {
        Disk.write(path, text, existing)
    }

    fn now(&self) -> i64 {
        Disk.now()
    }

    fn edit(&mut self, _: &str, text: &str) -> Result<EditedText, Unreadable> {
        let path = draft(text)?;
        let name = path.to_string_lossy().into_owned();
        let edited = open(&path).and_then(|()| Disk.read(&name));
        match edited {
            Ok(text) => Ok(EditedText { text, kept_in: Some(name) }),
            Err(wrong) if std::fs::read(&path).is_ok_and(|now| now == text.as_bytes()) => {
                self.forget_draft(&name);
                Err(wrong)
            }
            Err(wrong) => {
                let message = format!("{}; what you wrote is kept in `{name}`", wrong.message);
                Err(Unreadable { message, ..wrong })
            }
        }
    }

    fn forget_draft(&mut self, file: &str) {
        // What cannot be removed lies in the folder for such things.
        drop(std::fs::remove_file(file));
    }
}

/// A file for the editor that only its owner may read; its name tells the editor what is in it.
fn draft(text: &str) -> Result<PathBuf, Unreadable> {
    let wrong = |wrong| Unreadable::new("cannot-write", format!("no file to edit: {}", reason(&wrong)));
    let name = |number| format!("iamwhy-{}-{number}.json", std::process::id());
    let (mut file, path) = create(&std::env::temp_dir(), name, true).map_err(wrong)?;
    let written = file.write_all(text.as_bytes());
    if written.is_err() {
        drop(std::fs::remove_file(&path));
    }
    written.map(|()| path).map_err(wrong)
}

/// Opens the file in the editor that the environment names, and waits for its end.
fn open(path: &Path) -> Result<(), Unreadable> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(std::env::var_os).find(|name| !name.is_empty());
    let editor = named.unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.into());
    let shown = editor.to_string_lossy().into_owned();
    let wrong = |what: String| Unreadable {
        help: Some("the editor is named by $VISUAL or $EDITOR; nothing has changed".to_owned()),
        ..Unreadable::new("editor-failed", what)
    };
    match command(&editor, path).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) if status.code() == Some(NOT_FOUND) => Err(wrong(format!("there is no editor `{shown}`"))),
        Ok(status) => Err(wrong(format!("the editor `{shown}` failed: {status}"))),
        Err(failed) => Err(wrong(format!("the editor `{shown}` cannot be started: {}", reason(&failed)))),
    }
}

/// How a shell says that there is no such program.
const NOT_FOUND: i32 = 127;

/// The editor may be more than a word, `code --wait`, so a shell reads it, as it does for other programs.
#[cfg(unix)]
fn command(editor: &OsString, path: &Path) -> Command {
    let mut script = editor.clone();
    script.push(" \"$@\"");
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg(editor).arg(path);
    command
}

#[cfg(not(unix))]
fn command(editor: &OsString, path: &Path) -> Command {
    let editor = editor.to_string_lossy();
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).arg(path);
    command
}
