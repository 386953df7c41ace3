//! The files that `bench` writes: none of them may be one that it reads, nor two of them the same.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::arguments::BenchTask;
use crate::source::Diagnostic;

/// What is wrong with the names of the files that are to be written.
pub(super) fn check(worlds: &[String], task: &BenchTask) -> Result<(), Diagnostic> {
    let written = [("--save", &task.save), ("--html", &task.html), ("--save-requests", &task.save_requests)];
    let written = written.iter().filter_map(|(option, path)| Some((*option, path.as_deref()?)));
    let given = task.policy.iter().map(|path| ("--policy", path.as_str()));
    let given = given.chain(task.requests.iter().map(|path| ("--requests", path.as_str())));
    let mut known: Vec<(&str, &str)> =
        given.chain(worlds.iter().map(|path| ("--world", path.as_str()))).collect();
    for (option, path) in written {
        if path == "-" {
            let what = format!("`{option}` needs the name of a file; standard output is for the report");
            return Err(Diagnostic::error("no-file", what).help("`--format json` prints the figures as JSON"));
        }
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
