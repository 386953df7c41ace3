//! Do four times as many declarations take four times as many instructions? Counted by callgrind, so that what looks
//! through all of them each time is found, and a noisy machine changes nothing.
//!
//! `cargo bench --bench growth` starts itself under `valgrind` for each kind of declaration, and fails where it is more.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr, reason = "a benchmark")]

mod common;
#[path = "../tests/laws/declarations.rs"]
mod declarations;

use common::counted;
use declarations::KINDS;
use iamwhy::commands;
use iamwhy::session::{Status, run_stream};

/// How many declarations there are at first.
const MANY: usize = 1_000;

/// How many times as many instructions four times as many may take, in hundredths: n log n, and leaves that fill.
const MOST: u64 = 460;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "--loop") {
        Some(at) => declare(&arguments[at + 1..]),
        None => count_all(),
    }
}

/// `KIND MANY`.
fn declare(arguments: &[String]) {
    let number = |at: usize| arguments[at].parse::<usize>().expect("a number");
    let script = KINDS[number(0)].script(number(1));
    let mut session = commands::session();
    run_stream(&mut session, script.as_bytes(), &mut (), &mut |outcome| {
        assert_eq!(outcome.status, Status::Done, "{outcome:?}");
    });
}

fn count_all() {
    println!("{:>8}  instructions of {} declarations over those of {MANY}", "", 4 * MANY);
    let mut worst = 0;
    for (number, kind) in KINDS.iter().enumerate() {
        let counted = |many: usize| counted(&[&number.to_string(), &many.to_string()]);
        let (Some(none), Some(few), Some(more)) = (counted(0), counted(MANY), counted(4 * MANY)) else {
            return eprintln!("skipped: valgrind does not run here");
        };
        let times = (more - none) * 100 / (few - none);
        worst = worst.max(times);
        println!("{:>8.2}  {}", times as f64 / 100.0, kind.statement.lines().last().unwrap_or_default());
    }
    assert!(worst <= MOST, "{worst} hundredths");
}
