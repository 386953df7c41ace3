//! What a folder holds.

use std::path::{Path, PathBuf};

use super::machine::unreadable;
use crate::session::Unreadable;

/// The paths in a folder, in order.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>, Unreadable> {
    let entries =
        std::fs::read_dir(folder).and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect());
    let mut entries: Vec<PathBuf> = entries.map_err(|wrong| unreadable(&folder.to_string_lossy(), &wrong))?;
    entries.sort();
    Ok(entries)
}

/// The files below a folder that have one of these extensions, in order; folders behind links are not entered.
pub fn files_below(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, Unreadable> {
    let mut found = Vec::new();
    for path in entries(folder)?.into_iter().filter(|path| !path.is_symlink()) {
        if path.is_dir() {
            found.extend(files_below(&path, extensions)?);
        } else if path.extension().is_some_and(|own| extensions.iter().any(|extension| own == *extension)) {
            found.push(path);
        }
    }
    Ok(found)
}
