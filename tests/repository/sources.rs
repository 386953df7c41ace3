//! The source files of the crate.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the sources.
pub(crate) fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The source files below a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code of a file: what stands before a comment, line by line.
pub(crate) fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("readable");
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// All files with their path below the folder of the sources and their code without tests.
pub(crate) fn all() -> Vec<(String, String)> {
    let relative =
        |path: &Path| path.strip_prefix(src()).expect("below").to_string_lossy().replace('\\', "/");
    let without_tests = |code: &str| code.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
    files(&src()).iter().map(|path| (relative(path), without_tests(&code(path)))).collect()
}
