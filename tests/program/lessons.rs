//! The lessons under `examples`: their expectations hold, and what they print is stored beside them.
//!
//! `UPDATE_LESSONS=1 cargo test --test program lessons` stores what they print now.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

#[test]
fn the_lessons_print_what_is_stored_beside_them() {
    let lessons = lessons();
    assert!(lessons.len() >= 11, "{lessons:?}");
    let wrong: Vec<String> = lessons.iter().filter_map(|lesson| difference(lesson)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_expectations_of_the_lessons_hold() {
    Command::cargo_bin("iamwhy").unwrap().args(["test", "examples"]).assert().success();
}

fn lessons() -> Vec<PathBuf> {
    let entries = fs::read_dir("examples").unwrap().map(|entry| entry.unwrap().path());
    let numbered = |path: &PathBuf| {
        path.file_name().unwrap().to_string_lossy().starts_with(|c: char| c.is_ascii_digit())
    };
    let mut found: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|it| it == "iam") && numbered(path)).collect();
    found.sort();
    found
}

fn difference(lesson: &Path) -> Option<String> {
    let output = Command::cargo_bin("iamwhy").unwrap().arg("run").arg(lesson).output().unwrap();
    let found = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    let stored = lesson.with_extension("out");
    if std::env::var_os("UPDATE_LESSONS").is_some() {
        fs::write(&stored, &found).unwrap();
    }
    let expected = fs::read_to_string(&stored).unwrap_or_default();
    (found != expected).then(|| format!("{}:\n--- stored\n{expected}\n--- found\n{found}", lesson.display()))
}
