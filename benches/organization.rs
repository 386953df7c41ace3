//! What an organization of 10, 100 and 1,000 accounts costs, with 100 users and roles each: to load it, to ask who may do
//! something, and how much memory that takes.
//!
//! `cargo bench --bench organization` prints the curve; each size runs in a process of its own. `-- --accounts 50` has another
//! size, `-- --script 50` prints the script of that many accounts.
#![allow(missing_docs, clippy::print_stdout, reason = "a benchmark")]

#[path = "common/organization.rs"]
mod organization;

use std::process::Command;
use std::time::{Duration, Instant};

use iamwhy::audit::{WhoCan, principals};
use iamwhy::commands;
use iamwhy::question::Question;

const SIZES: [&str; 3] = ["10", "100", "1000"];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |option: &str| {
        let at = arguments.iter().position(|argument| argument == option)?;
        arguments.get(at + 1)?.parse::<usize>().ok()
    };
    match (value("--script"), value("--one"), value("--accounts")) {
        (Some(accounts), ..) => print!("{}", organization::script(accounts)),
        (_, Some(accounts), _) => measure(accounts),
        (.., Some(accounts)) => all(&[&accounts.to_string()]),
        // What runs every benchmark once looks at the smallest.
        _ if arguments.iter().any(|argument| argument == "--test") => all(&SIZES[..1]),
        _ => all(&SIZES),
    }
}

fn all(sizes: &[&str]) {
    println!(
        "{:>8} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "accounts", "principals", "script MB", "load s", "who-can ms", "memory MB"
    );
    for accounts in sizes {
        let own = std::env::current_exe().expect("a path");
        let status = Command::new(own).args(["--one", accounts]).status().expect("runs");
        assert!(status.success(), "{accounts}");
    }
}

fn measure(accounts: usize) {
    let script = organization::script(accounts);
    let began = Instant::now();
    let world = commands::world(&script).expect("a world");
    let loaded = began.elapsed();
    let last = organization::id(accounts - 1);
    let asker = format!("arn:aws:iam::{last}:user/u0").parse::<iamwhy::Principal>().expect("a principal");
    let question = Question::new(asker, "s3:GetObject").on(format!("arn:aws:s3:::data-{last}-0/report.csv"));
    let began = Instant::now();
    let found = WhoCan::ask(&world, &question).expect("an answer");
    let asked = began.elapsed();
    assert!(found.always() > 0 && found.asked == principals(&world).count());
    println!(
        "{accounts:>8} {:>10} {:>10.1} {:>10.2} {:>10.1} {:>10}",
        accounts * organization::PRINCIPALS,
        script.len() as f64 / 1e6,
        loaded.as_secs_f64(),
        milliseconds(asked),
        peak_memory().map_or_else(|| "-".to_owned(), |megabytes| megabytes.to_string()),
    );
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The most memory that this process ever had, in megabytes, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}
