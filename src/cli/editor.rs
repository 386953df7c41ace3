//! Whoever sits at the prompt: the disk and the clock, and an editor.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::disk::{Disk, reason};
use crate::session::{Outside, Unreadable};

pub(super) struct Seat;

impl Outside for Seat {
    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        Disk.read(path)
    }

    fn write(&mut self, path: &str, text: &str) -> Result<(), Unreadable> {
        Disk.write(path, text)
    }

    fn now(&self) -> i64 {
        Disk.now()
    }

    fn edit(&mut self, _: &str, text: &str) -> Result<String, Unreadable> {
        let draft = DraftFile::new(text)?;
        open(&draft.0)?;
        Disk.read(&draft.0.to_string_lossy())
    }
}

/// A file for the editor, which is gone with this.
struct DraftFile(PathBuf);

impl DraftFile {
    fn new(text: &str) -> Result<Self, Unreadable> {
        let wrong = |wrong| Unreadable::new("cannot-write", format!("no file to edit: {}", reason(&wrong)));
        let (mut file, path) = create().map_err(wrong)?;
        let draft = Self(path);
        file.write_all(text.as_bytes()).map_err(wrong)?;
        Ok(draft)
    }
}

impl Drop for DraftFile {
    fn drop(&mut self) {
        // What cannot be removed lies in the folder for such things.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A new file that only its owner may read; its name tells the editor what is in it.
fn create() -> std::io::Result<(File, PathBuf)> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut number = 0;
    loop {
        let name = format!("iamwhy-{}-{number}.json", std::process::id());
        let path = std::env::temp_dir().join(name);
        match options.open(&path) {
            Err(wrong) if wrong.kind() == std::io::ErrorKind::AlreadyExists && number < 1000 => number += 1,
            opened => return opened.map(|file| (file, path)),
        }
    }
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
