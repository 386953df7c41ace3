//! What do all successive versions of AWS managed policies differ in, and how long does it take: in all, in the middle, at
//! worst, and in how much memory?
#![allow(missing_docs, clippy::print_stdout, reason = "a benchmark")]

mod common;
mod conditions;
mod corpus;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use conditions::document;
use iamwhy::catalog::Catalog;
use iamwhy::reason::{Anybody, ListedActions};
use iamwhy::world::{Principal, World};

fn main() {
    let begun = Instant::now();
    let (world, listed) = (World::new(), ListedActions::of(Catalog::embedded()));
    let principal: Principal = "arn:aws:iam::111122223333:user/bob".parse().expect("a principal");
    let anybody = Anybody { world: &world, listed: &listed, principal: Arc::new(principal) };
    let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut times: Vec<(Duration, String)> = Vec::new();
    for pair in corpus::history() {
        let start = Instant::now();
        let difference = anybody.difference(pair.texts.each_ref().map(|text| vec![document(text)]));
        times.push((start.elapsed(), pair.name));
        *verdicts.entry(difference.verdict().word()).or_default() += 1;
    }
    times.sort();
    println!("{} pairs, {verdicts:?}", times.len());
    for (what, hundredths) in [("median", 50), ("p90", 90), ("p99", 99), ("worst", 100)] {
        let (time, name) = &times[(times.len() - 1) * hundredths / 100];
        println!("{what:>8} {time:>10.1?}  {name}");
    }
    println!("{:>8} {:>10.1?}  with reading, {} MB at most", "all", begun.elapsed(), most_memory() / 1024);
}

/// The most memory that the process had, in kB; 0 where nobody says.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    most.and_then(|text| text.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
