//! What folders hold.

use std::path::Path;

/// The names in a folder, and whether each is that of a folder; none where it cannot be read.
pub(super) fn folder(path: &str) -> Vec<(String, bool)> {
    let path = if path.is_empty() { "." } else { path };
    let entries = std::fs::read_dir(Path::new(path)).into_iter().flatten().flatten();
    entries.filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path().is_dir()))).collect()
}
