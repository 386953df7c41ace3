//! How many more instructions does the verdict about two versions take, where they have four times as many statements?
//! Each statement may meet each, so that sixteen times as many are right; more is not.
//!
//! `cargo bench --bench reason_growth` starts itself under `valgrind`, from 10 to 2,000 statements.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr, reason = "a benchmark")]

mod common;
mod conditions;

use common::counted;
use conditions::{conditions, two_versions};
use iamwhy::catalog::Catalog;
use iamwhy::reason::{DiffVerdict, ListedActions};
use iamwhy::world::World;

/// How many statements there are.
const STATEMENTS: [usize; 4] = [10, 125, 500, 2_000];

/// How many times as many instructions four times as many statements may take, in hundredths.
const MOST: u64 = 1_800;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "--loop") {
        Some(at) => compare(arguments[at + 1].parse().expect("a number")),
        None => count_all(),
    }
}

fn compare(count: usize) {
    let world = World::new();
    let listed = ListedActions::of(Catalog::embedded());
    let texts = [conditions(count, false), conditions(count, count > 0)];
    let found = two_versions(&world, &listed, [&texts[0], &texts[1]]).first_difference();
    assert_eq!(found.verdict() == DiffVerdict::Equal, count == 0);
}

fn count_all() {
    let counts = STATEMENTS.map(|count| counted(&[&count.to_string()]));
    let [Some(ten), Some(few), Some(some), Some(many)] = counts else {
        return eprintln!("skipped: valgrind does not run here");
    };
    for (count, instructions) in STATEMENTS.into_iter().zip([ten, few, some, many]) {
        println!("{:>12} instructions for {count} statements", instructions);
    }
    let times = (many - ten) * 100 / (some - ten);
    println!("{:>12.2} times as many for four times as many", times as f64 / 100.0);
    assert!(times <= MOST, "{times} hundredths");
}
