//! Do four times as many declarations, or characters of a pattern and a text, take four times as many instructions?
//! Counted by callgrind, so that what looks through all of them each time is found, and a noisy machine changes nothing.
//!
//! `cargo bench --bench growth` starts itself under `valgrind` for each kind, and fails where it is more.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr, reason = "a benchmark")]

mod common;
#[path = "../tests/laws/declarations.rs"]
mod declarations;

use common::counted;
use declarations::KINDS;
use iamwhy::commands;
use iamwhy::names::glob;
use iamwhy::session::{Status, run_stream};

/// How many declarations there are at first.
const MANY: usize = 1_000;

/// How many times as many instructions four times as many may take, in hundredths: n log n, and leaves that fill.
const MOST: u64 = 460;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "--loop") {
        Some(at) => repeat(&arguments[at + 1..]),
        None => count_all(),
    }
}

/// Makes a pattern and a text, of a length in proportion.
type Matched = fn(usize) -> [String; 2];

/// Patterns and texts that come near each other everywhere, of some thousand characters each.
const PATTERNS: [(&str, Matched); 3] = [
    ("`*` and a long literal", |many| [format!("*{}b", "a".repeat(10 * many)), "a".repeat(20 * many)]),
    ("`*` and a run of `?`", |many| [format!("*a{}b", "?".repeat(10 * many)), "a".repeat(20 * many)]),
    ("many `*`", |many| ["*a".repeat(5 * many) + "b", "a".repeat(20 * many)]),
];

/// `KIND MANY`.
fn repeat(arguments: &[String]) {
    let number = |at: usize| arguments[at].parse::<usize>().expect("a number");
    match number(0).checked_sub(KINDS.len()) {
        None => declare(&KINDS[number(0)].script(number(1))),
        Some(pattern) => {
            let [pattern, text] = PATTERNS[pattern].1(number(1));
            assert!(!glob(&pattern, text.as_bytes()));
        }
    }
}

fn declare(script: &str) {
    let mut session = commands::session();
    run_stream(&mut session, script.as_bytes(), &mut (), &mut |outcome| {
        assert_eq!(outcome.status, Status::Done, "{outcome:?}");
    });
}

fn count_all() {
    println!("{:>8}  instructions of {} over those of {MANY}", "", 4 * MANY);
    let mut worst = 0;
    let declared = KINDS.iter().map(|kind| kind.statement.lines().last().unwrap_or_default());
    for (number, what) in declared.chain(PATTERNS.map(|(what, _)| what)).enumerate() {
        let counted = |many: usize| counted(&[&number.to_string(), &many.to_string()]);
        let (Some(none), Some(few), Some(more)) = (counted(0), counted(MANY), counted(4 * MANY)) else {
            return eprintln!("skipped: valgrind does not run here");
        };
        let times = (more - none) * 100 / (few - none);
        worst = worst.max(times);
        println!("{:>8.2}  {}", times as f64 / 100.0, what);
    }
    assert!(worst <= MOST, "{worst} hundredths");
}
