//! Files are written beside their place and then put there, so that whatever happens, a full disk or a kill, the old or
//! the new one is whole.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::machine::reason;
use crate::session::{Existing, Unreadable, Wrote};

/// Writes a file, with the mode of the one that it replaces; through a link, the file that is meant. What is no file,
/// a pipe or a terminal, is written to as it is.
pub fn replace(path: &str, bytes: &[u8], existing: Existing) -> Result<Wrote, Unreadable> {
    let meant = followed(Path::new(path));
    let old = match meant.metadata() {
        Ok(old) => Some(old),
        Err(missing) if missing.kind() == ErrorKind::NotFound => None,
        Err(wrong) => return Err(unwritten(path, &wrong, "")),
    };
    let (done, written) = match &old {
        Some(old) if old.is_dir() => {
            return Err(Unreadable::new("is-a-directory", format!("`{path}` is a directory, not a file")));
        }
        Some(old) if !old.is_file() || is_stream(&meant) => (send(&meant, bytes), Wrote::New),
        Some(old) => {
            check(path, &meant, existing)?;
            (put(&meant, bytes, Some(old)), if old.len() > 0 { Wrote::Replaced } else { Wrote::New })
        }
        None => (put(&meant, bytes, None), Wrote::New),
    };
    let kept = if written == Wrote::Replaced { "; what was there is as it was" } else { "" };
    done.map_err(|wrong| unwritten(path, &wrong, kept))?;
    Ok(written)
}

fn unwritten(path: &str, wrong: &io::Error, kept: &str) -> Unreadable {
    Unreadable::new("cannot-write", format!("`{path}` cannot be written: {}{kept}", reason(wrong)))
}

/// The most links that are followed; systems allow as many.
const MOST_LINKS: usize = 40;

/// The file that a path means, be it there or not.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            // What is behind them is open already, under no name.
            Ok(_) if is_stream(&path) => break,
            Ok(target) => path = folder_of(&path).join(target),
            Err(_) => break,
        }
    }
    path
}

/// Whether a path names what the process has open.
fn is_stream(path: &Path) -> bool {
    ["/proc", "/dev/fd", "/dev/stdout", "/dev/stderr"].iter().any(|place| path.starts_with(place))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes to what is no file.
fn send(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path == Path::new("/dev/stdout") {
        let mut stdout = io::stdout().lock();
        return stdout.write_all(bytes).and_then(|()| stdout.flush());
    }
    OpenOptions::new().write(true).truncate(true).open(path)?.write_all(bytes)
}

/// Refuses to replace a file where nobody said so, or which may not be written.
fn check(path: &str, meant: &Path, existing: Existing) -> Result<(), Unreadable> {
    let wrong = |wrong| unwritten(path, &wrong, "");
    let replaced = match existing {
        Existing::Replaced => true,
        Existing::Kept => begins(meant, 1).map_err(wrong)?.is_empty(),
        Existing::ReplacedIfItOpens(opening) => {
            let begins = begins(meant, opening.len()).map_err(wrong)?;
            begins.is_empty() || begins == opening.as_bytes()
        }
    };
    if !replaced {
        return Err(Unreadable::new(
            "file-exists",
            format!("`{path}` exists already, and holds something else"),
        ));
    }
    // A file that is read only stays as it is, be its folder writable or not.
    OpenOptions::new().write(true).open(meant).map(drop).map_err(wrong)
}

/// The first bytes of a file.
fn begins(path: &Path, count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(count as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Puts a file in its place, once it is whole and on the disk.
fn put(place: &Path, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    let name = |number| format!(".iamwhy-{}-{number}.tmp", std::process::id());
    let (file, beside) = create(folder_of(place), name, old.is_some())?;
    let done = fill(file, bytes, old).and_then(|()| fs::rename(&beside, place));
    match done {
        Ok(()) => sync_folder(folder_of(place)),
        // What cannot be removed is named so that one sees what it was.
        Err(_) => drop(fs::remove_file(&beside)),
    }
    done
}

fn fill(mut file: File, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    file.write_all(bytes)?;
    if let Some(old) = old {
        // Only the superuser gives files away; for others the owner is the same, or becomes who writes.
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, fchown};
            drop(fchown(&file, Some(old.uid()), Some(old.gid())));
        }
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

/// That the name is on the disk, too; some file systems do not sync folders, and then it will be there soon.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        drop(File::open(folder).and_then(|folder| folder.sync_all()));
    }
}

/// A new file in a folder, with the first name that is free; if it is private, only its owner may read it.
pub fn create(folder: &Path, name: impl Fn(usize) -> String, private: bool) -> io::Result<(File, PathBuf)> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut number = 0;
    loop {
        let path = folder.join(name(number));
        match options.open(&path) {
            Err(wrong) if wrong.kind() == ErrorKind::AlreadyExists && number < 1000 => number += 1,
            opened => return opened.map(|file| (file, path)),
        }
    }
}
