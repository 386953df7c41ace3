//! The only door to the outside: files, the clock, and whoever sits at the prompt.

use super::kept_expectations::Held;
use crate::source::Diagnostic;

/// What a session may ask of the outside.
pub trait Outside {
    /// Reads a file as text; an outside without files refuses it.
    ///
    /// # Errors
    /// If there is no such file, or it is no text.
    fn read(&mut self, path: &str) -> Result<String, Unreadable> {
        Err(Unreadable::new("no-such-file", format!("`{path}` cannot be read: no files are at hand here")))
    }

    /// Writes a file; an outside without files refuses it.
    ///
    /// # Errors
    /// If it cannot be written, or another one is there that is not to be replaced.
    fn write(&mut self, path: &str, _text: &str, _existing: Existing) -> Result<Wrote, Unreadable> {
        if self.is_read_only() {
            return Err(nobody_asked(path));
        }
        Err(Unreadable::new("no-such-file", format!("`{path}` cannot be written: no files are at hand here")))
    }

    /// What a world file reaches that is read through this door, where that is less: it may be a stranger's.
    fn confined_to(&self, _file: &str) -> Option<Box<dyn Outside>> {
        None
    }

    /// What the clock says, in epoch seconds.
    fn now(&self) -> i64;

    /// Lets a person edit a text; gives what was saved. `name` is what the text is called. Where nobody sits, as in
    /// scripts, it is refused.
    ///
    /// # Errors
    /// If nobody can edit here, or the editor failed.
    fn edit(&mut self, name: &str, _text: &str) -> Result<EditedText, Unreadable> {
        Err(nobody_edits(name))
    }

    /// Lets go of the file in which what was edited is kept: it has been taken.
    fn forget_draft(&mut self, _file: &str) {}

    /// Takes an expectation that was held to the engine, from a session that hands them out
    /// ([`Session::keep_expectations`](super::Session::keep_expectations)).
    fn take_held(&mut self, _held: Held) {}

    /// Whether nothing is written or edited through this door, because nobody at the keyboard asked for it.
    fn is_read_only(&self) -> bool {
        false
    }

    /// Whether what runs may be a stranger's, who named the files that it reads: then messages show nothing of a file
    /// that is not what it was named as.
    fn is_strangers(&self) -> bool {
        false
    }
}

/// What becomes of a file that is there already where another is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It is replaced: that is what was said.
    Replaced,
    /// It is replaced if it opens with these words, as all files of the kind do; or if it is empty.
    ReplacedIfItOpens(&'static str),
    /// It is kept, unless it is empty.
    Kept,
}

/// How a file was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrote {
    /// Nothing was there.
    New,
    /// Another file was there, and is replaced.
    Replaced,
}

/// A text that somebody has edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedText {
    /// What was saved.
    pub text: String,
    /// The file in which it is kept until it is taken, if there is one.
    pub kept_in: Option<String>,
}

/// Nothing outside: there is no file, nobody edits, and the clock stands at the beginning of 1970.
impl Outside for () {
    fn now(&self) -> i64 {
        0
    }
}

/// Why a file could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// A stable name for programs.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Unreadable {
    /// A refusal with a code.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None }
    }
}

/// What is said of a file that nobody at the keyboard asked to have written.
fn nobody_asked(path: &str) -> Unreadable {
    Unreadable::new("read-only", format!("`{path}` is not written: nobody at the keyboard asked for it"))
}

pub(super) fn nobody_edits(name: &str) -> Unreadable {
    let help = Some("`edit` works at the prompt, not in scripts".to_owned());
    Unreadable { help, ..Unreadable::new("no-editor", format!("nobody is here who could edit {name}")) }
}

impl From<Unreadable> for Diagnostic {
    fn from(wrong: Unreadable) -> Self {
        Self { help: wrong.help, ..Self::error(wrong.code, wrong.message) }
    }
}
