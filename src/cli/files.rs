//! The files that a task writes: none of them may be one that it reads, nor two of them the same.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::source::Diagnostic;

/// A file, and the option that named it.
pub(super) type NamedFile<'f> = (&'f str, &'f str);

/// What is wrong with the names of the files that are to be written.
pub(super) fn check<'f>(
    read: impl Iterator<Item = NamedFile<'f>>,
    written: impl Iterator<Item = NamedFile<'f>>,
) -> Result<(), Diagnostic> {
    let mut known: Vec<NamedFile<'_>> = read.collect();
    for (option, path) in written {
        if let Some((other, _)) = known.iter().find(|(_, known)| same(known, path)) {
            let what = format!("`{option}` would overwrite `{path}`, the file of `{other}`");
            return Err(Diagnostic::error("same-file", what).help("name another file"));
        }
        known.push((option, path));
    }
    Ok(())
}

/// Whether two names mean one file, be it there or not.
fn same(one: &str, other: &str) -> bool {
    one == other || place(one).is_some_and(|place_of_one| place(other) == Some(place_of_one))
}

fn place(path: &str) -> Option<PathBuf> {
    let path = Path::new(path);
    path.canonicalize().ok().or_else(|| {
        let folder = path.parent().filter(|folder| *folder != OsStr::new("")).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    })
}
