//! How many more instructions does the verdict about two versions take, where they have four times as many statements?
//! Each statement may meet each, so that sixteen times as many are right; more is not.
//!
//! `cargo bench --bench reason_growth` starts itself under `valgrind`, from 10 to 2,000 statements of each kind.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr, reason = "a benchmark")]

mod common;
mod conditions;

use common::counted;
use conditions::{KINDS, two_versions};
use iamwhy::catalog::Catalog;
use iamwhy::reason::{DiffVerdict, ListedActions};
use iamwhy::world::World;

/// How many statements there are.
const STATEMENTS: [usize; 5] = [10, 125, 500, 1_000, 2_000];

/// How many times as many instructions four times as many may take, in hundredths.
const MOST: u64 = 1_800;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |at: usize| arguments[at].parse().expect("a number");
    match arguments.iter().position(|argument| argument == "--loop") {
        Some(at) => compare(number(at + 1), number(at + 2)),
        None => count_all(),
    }
}

fn compare(kind: usize, count: usize) {
    let world = World::new();
    let listed = ListedActions::of(Catalog::embedded());
    let texts = [false, true].map(|is_changed| KINDS[kind].1(count, is_changed));
    let found = two_versions(&world, &listed, [&texts[0], &texts[1]]).first_difference();
    assert_ne!(found.verdict(), DiffVerdict::Equal);
}

fn count_all() {
    let mut worst = 0;
    for (kind, (what, _)) in KINDS.iter().enumerate() {
        println!("statements {what}");
        let counts = STATEMENTS.map(|count| counted(&[&kind.to_string(), &count.to_string()]));
        let [Some(ten), _, Some(some), _, Some(many)] = counts else {
            return eprintln!("skipped: valgrind does not run here");
        };
        for (count, instructions) in STATEMENTS.into_iter().zip(counts.into_iter().flatten()) {
            println!("{instructions:>16} instructions for {count}");
        }
        let times = (many - ten) * 100 / (some - ten);
        println!("{:>16.2} times as many for 2,000 as for 500", times as f64 / 100.0);
        worst = worst.max(times);
    }
    assert!(worst <= MOST, "{worst} hundredths");
}
