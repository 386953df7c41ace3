//! How many instructions does one decision take? Counted by callgrind, so the figures hold on a noisy machine.
//!
//! `cargo bench --bench instructions` starts itself under `valgrind`: each loop runs N and 2 N times, and the
//! difference is the loop's own.
#![allow(missing_docs, clippy::print_stdout, clippy::print_stderr, reason = "a benchmark")]

mod common;

use std::hint::black_box;

use common::{Requests, counted};
use iamwhy::eval::authorize;
use iamwhy::trace::Trace;
use iamwhy::world::World;

/// How often a loop runs at first.
const TIMES: usize = 500;

const WORKLOADS: [&str; 3] = ["admin", "managed100", "cond1000"];
const WAYS: [&str; 3] = ["prepared", "raw", "recorded"];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "--loop") {
        Some(at) => repeat(&arguments[at + 1..]),
        None => count_all(),
    }
}

/// `WORKLOAD ROW WAY TIMES`.
fn repeat(arguments: &[String]) {
    let (requests, text) = (Requests::read(), common::data(&format!("{}.json", arguments[0])));
    let number = |at: usize| arguments[at].parse::<usize>().expect("a number");
    let (world, given) = (World::new(), common::policies("bench", &text));
    let caller = world.caller(&requests.principal, &given).indexed();
    let request = requests.request(&requests.rows[number(1)], &given);
    let prepared = world.prepare((&caller).into(), request).expect("good");
    for _ in 0..number(3) {
        match &*arguments[2] {
            "prepared" => {
                black_box(authorize(black_box(&prepared), &mut ()));
            }
            "raw" => {
                let prepared = world.prepare((&caller).into(), black_box(request)).expect("good");
                black_box(authorize(&prepared, &mut ()));
            }
            _ => {
                let mut trace = Trace::default();
                authorize(black_box(&prepared), &mut trace);
                drop(black_box(trace));
            }
        }
    }
}

fn count_all() {
    let requests = Requests::read();
    println!("{:28}{:>10}{:>10}{:>10}", "instructions a decision", WAYS[0], WAYS[1], WAYS[2]);
    for workload in WORKLOADS {
        for (number, row) in requests.rows.iter().enumerate() {
            let counts = WAYS.map(|way| {
                let counted = |times| counted(&[workload, &number.to_string(), way, &format!("{times}")]);
                let (once, twice) = (counted(TIMES)?, counted(2 * TIMES)?);
                Some(twice.saturating_sub(once) / TIMES as u64)
            });
            let [Some(prepared), Some(raw), Some(recorded)] = counts else {
                return eprintln!("skipped: valgrind does not run here");
            };
            println!("{:28}{prepared:>10}{raw:>10}{recorded:>10}", format!("{workload} {}", row[0]));
        }
    }
}
