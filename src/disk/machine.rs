//! The door to the outside: the disk and the clock.

use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::confined::Confined;
use super::replace;
use super::streams::stdin;
use crate::recognise::BinaryForm;
use crate::session::{Existing, Outside, Unreadable, Wrote};
use crate::source::MAX_TEXT;

/// The name of standard input among files.
pub const STDIN: &str = "<stdin>";

/// The disk and the clock of this machine.
pub struct Disk;

/// The same, where world files may reach what lies outside of their folders: `--allow-outside`.
pub struct Unconfined(pub Disk);

impl Outside for Unconfined {
    fn confined_to(&self, file: &str) -> Option<Box<dyn Outside>> {
        Some(Box::new(Confined::of(file, true)))
    }

    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        self.0.read(path)
    }

    fn write(&mut self, path: &str, text: &str, existing: Existing) -> Result<Wrote, Unreadable> {
        self.0.write(path, text, existing)
    }

    fn now(&self) -> i64 {
        self.0.now()
    }
}

impl Outside for Disk {
    fn confined_to(&self, file: &str) -> Option<Box<dyn Outside>> {
        Some(Box::new(Confined::of(file, false)))
    }

    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        if path == STDIN {
            return text(STDIN, stdin().map_err(|wrong| unreadable(STDIN, &wrong))?);
        }
        let file = open(path)?;
        match file.metadata() {
            // Read in one go, for its size is known.
            Ok(about) if about.is_file() && about.len() <= MAX_TEXT as u64 => {
                let mut bytes = Vec::new();
                (&file).read_to_end(&mut bytes).map_err(|wrong| unreadable(path, &wrong))?;
                as_text(path, bytes)
            }
            _ => text(path, file),
        }
    }

    fn write(&mut self, path: &str, text: &str, existing: Existing) -> Result<Wrote, Unreadable> {
        replace::replace(path, text.as_bytes(), existing)
    }

    fn now(&self) -> i64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs() as i64)
    }
}

/// Opens a file for reading.
///
/// # Errors
/// If there is none, or it is a directory.
pub fn open(path: &str) -> Result<std::fs::File, Unreadable> {
    if Path::new(path).is_dir() {
        return Err(Unreadable::new("is-a-directory", format!("`{path}` is a directory, not a file")));
    }
    std::fs::File::open(path).map_err(|wrong| unreadable(path, &wrong))
}

/// The text of a stream, which `name` is called.
///
/// # Errors
/// If it cannot be read, is too long, or is no text.
pub fn text(name: &str, stream: impl Read) -> Result<String, Unreadable> {
    let mut bytes = Vec::new();
    stream.take(MAX_TEXT as u64 + 1).read_to_end(&mut bytes).map_err(|wrong| unreadable(name, &wrong))?;
    as_text(name, bytes)
}

fn as_text(name: &str, bytes: Vec<u8>) -> Result<String, Unreadable> {
    if bytes.len() > MAX_TEXT {
        return Err(Unreadable::new("text-too-long", format!("`{name}` is longer than {MAX_TEXT} bytes")));
    }
    if let Some(form) = BinaryForm::of(&bytes) {
        let what = format!("`{name}` is {}, and no text that can be read here", form.what);
        return Err(Unreadable { help: Some(form.instead.to_owned()), ..Unreadable::new("no-text", what) });
    }
    String::from_utf8(bytes).map_err(|wrong| {
        let at = wrong.utf8_error().valid_up_to();
        let line = wrong.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
        Unreadable::new(
            "not-utf-8",
            format!("`{name}` is not UTF-8 text: line {line}, byte {at} of the file"),
        )
    })
}

/// The refusal that an error of the disk is.
pub fn unreadable(path: &str, wrong: &std::io::Error) -> Unreadable {
    match wrong.kind() {
        ErrorKind::NotFound => Unreadable::new("no-such-file", format!("there is no file `{path}`")),
        _ => Unreadable::new("cannot-read", format!("`{path}` cannot be read: {}", reason(wrong))),
    }
}

/// Why the disk refused, in a few words.
pub fn reason(wrong: &std::io::Error) -> String {
    match wrong.kind() {
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::NotFound => "there is no such folder".to_owned(),
        ErrorKind::IsADirectory => "it is a directory".to_owned(),
        _ => wrong.to_string().to_lowercase(),
    }
}
