//! The scripts under `tests/cases` hold the engine to AWS's rules: each runs in an empty world.

use std::fs;
use std::path::{Path, PathBuf};

use iamwhy::commands::session;
use iamwhy::session::{Outcome, Part, Status};
use iamwhy::source::Diagnostic;

use crate::outside::{Memory, scripted};

#[test]
fn every_case_is_decided_as_it_claims() {
    let cases = cases("tests/cases");
    assert!(cases.len() >= 295, "{}", cases.len());
    let failures: Vec<String> = cases.iter().flat_map(|path| failures(path)).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

fn cases(folder: &str) -> Vec<PathBuf> {
    let mut open = vec![PathBuf::from(folder)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|it| it.to_str()) {
                _ if path.is_dir() => open.push(path),
                Some("iam") => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

fn failures(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let refusal = text.lines().find_map(|line| line.strip_prefix("# refused: ")).map(str::to_owned);
    let outcomes = scripted(&mut session(), &mut Memory::default(), &text);
    match refusal {
        Some(code) => accepted(path, &code, &outcomes),
        None => outcomes.iter().flat_map(wrong).map(|what| said(path, &what)).collect(),
    }
}

/// The last statement must be refused with a code, and no other.
fn accepted(path: &Path, code: &str, outcomes: &[Outcome]) -> Vec<String> {
    let Some((last, before)) = outcomes.split_last() else { return vec![said(path, "is empty")] };
    let mut failures: Vec<String> = before.iter().flat_map(wrong).map(|what| said(path, &what)).collect();
    let codes: Vec<&str> = diagnostics(last).map(|diagnostic| diagnostic.code).collect();
    if last.status != Status::Refused || !(code == "*" || codes.contains(&code)) {
        failures.push(said(path, &format!("should be refused as {code}, found {codes:?}")));
    }
    failures
}

fn wrong(outcome: &Outcome) -> Vec<String> {
    match outcome.status {
        Status::Refused | Status::Missed => diagnostics(outcome).map(line).collect(),
        _ => Vec::new(),
    }
}

fn diagnostics(outcome: &Outcome) -> impl Iterator<Item = &Diagnostic> {
    outcome.parts.iter().flat_map(|part| match part {
        Part::Diagnostics(list) => list.as_slice(),
        _ => &[],
    })
}

fn line(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.labels.first().map(|label| &label.place);
    let at = place.map(|place| place.line_column().line).unwrap_or_default();
    let text = place.map(|place| place.text().lines().next().unwrap_or_default()).unwrap_or_default();
    format!("line {at}: {} [{}]\n      {text}", diagnostic.message, diagnostic.code)
}

fn said(path: &Path, what: &str) -> String {
    format!("{}: {what}", path.file_name().unwrap_or_default().to_string_lossy())
}
