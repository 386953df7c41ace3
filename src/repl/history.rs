//! What was typed, kept between sessions: an entry a line, as the line editor writes them (rustyline's second format).

use std::fs::OpenOptions;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::session::{Existing, Outside, Unreadable};

/// How many entries are kept.
pub(super) const MOST: usize = 2000;

/// How long a kept entry may be, in bytes.
const LONGEST: usize = 64 << 10;

/// How long a history is read.
const MOST_BYTES: u64 = 64 << 20;

/// The first line of a history whose entries are escaped.
const ESCAPED: &str = "#V2";

/// The history of all sessions.
pub(super) struct KeptHistory {
    /// Where it is kept, if it is.
    path: Option<PathBuf>,
    /// Whether it was said that it cannot be kept.
    said: bool,
}

impl KeptHistory {
    pub(super) fn at(path: Option<PathBuf>) -> Self {
        // What is written there is gone, as was wanted.
        Self { path: path.filter(|path| path != Path::new("/dev/null")), said: false }
    }

    /// The entries that were kept; what is wrong is said once.
    pub(super) fn read(&mut self) -> (Vec<String>, Option<Unreadable>) {
        match self.path.as_deref().map(entries).transpose() {
            Ok(entries) => (entries.unwrap_or_default(), None),
            Err(wrong) => (Vec::new(), self.once(wrong)),
        }
    }

    /// Keeps entries at once, so that they are there whatever happens; what is wrong is said once.
    pub(super) fn keep(&mut self, new: &[String], outside: &mut dyn Outside) -> Option<Unreadable> {
        let path = self.path.as_deref()?;
        let kept = entries(path).and_then(|mut all| {
            let before = all.len();
            for entry in new.iter().filter(|entry| entry.len() <= LONGEST && !entry.contains('\0')) {
                if all.last() != Some(entry) {
                    all.push(entry.clone());
                }
            }
            if all.len() == before { Ok(()) } else { write(path, &all, outside) }
        });
        kept.err().and_then(|wrong| self.once(wrong))
    }

    fn once(&mut self, wrong: Unreadable) -> Option<Unreadable> {
        let first = !std::mem::replace(&mut self.said, true);
        let message = format!("the history is not kept: {}", wrong.message);
        let help = Some("`IAMWHY_HISTORY` names another file, or says `off`".to_owned());
        first.then_some(Unreadable { message, help, ..wrong })
    }
}

/// The entries of a file, but for those that are none.
fn entries(path: &Path) -> Result<Vec<String>, Unreadable> {
    let wrong = |what: &str| Unreadable::new("history", format!("`{}` {what}", path.display()));
    let mut bytes = Vec::new();
    match path.metadata() {
        Err(missing) if missing.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Ok(about) if !about.is_file() => return Err(wrong("is no ordinary file")),
        Ok(about) if about.len() > MOST_BYTES => return Err(wrong("is too long")),
        _ => {}
    }
    let file = std::fs::File::open(path);
    let read = file.and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes));
    read.map_err(|failed| wrong(&format!("cannot be read: {failed}")))?;
    let mut lines = bytes.split(|byte| *byte == b'\n').filter_map(line).peekable();
    let escaped = lines.next_if_eq(&ESCAPED).is_some();
    Ok(lines.map(|line| if escaped { unescaped(line) } else { line.to_owned() }).collect())
}

/// A line that can be an entry: one that cannot does not lose the others.
fn line(bytes: &[u8]) -> Option<&str> {
    let line = std::str::from_utf8(bytes).ok()?.trim_end_matches('\r');
    (!line.is_empty() && line.len() <= LONGEST && !line.contains('\0')).then_some(line)
}

fn unescaped(line: &str) -> String {
    let (mut entry, mut characters) = (String::with_capacity(line.len()), line.chars());
    while let Some(c) = characters.next() {
        match (c, c == '\\') {
            (c, false) => entry.push(c),
            _ => match characters.next() {
                Some('n') => entry.push('\n'),
                Some('\\') => entry.push('\\'),
                // Nobody escapes otherwise: it is as it was written.
                _ => return line.to_owned(),
            },
        }
    }
    entry
}

/// Writes the last entries; a new history is for its owner only.
fn write(path: &Path, all: &[String], outside: &mut dyn Outside) -> Result<(), Unreadable> {
    let wrong = |failed: std::io::Error| {
        Unreadable::new("history", format!("`{}` cannot be written: {failed}", path.display()))
    };
    let name = path.to_str().ok_or_else(|| wrong(ErrorKind::InvalidFilename.into()))?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(wrong)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(there) if there.kind() == ErrorKind::AlreadyExists => {}
        opened => drop(opened.map_err(wrong)?),
    }
    let last = all.iter().skip(all.len().saturating_sub(MOST));
    let escaped = |entry: &String| entry.replace('\\', "\\\\").replace('\n', "\\n") + "\n";
    let text = format!("{ESCAPED}\n{}", last.map(escaped).collect::<String>());
    outside.write(name, &text, Existing::Replaced).map(drop)
}
