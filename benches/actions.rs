//! How long does it take to find all actions that patterns match, and the fewest patterns for many actions?
#![allow(missing_docs, reason = "a benchmark")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use iamwhy::catalog::{ActionSet, Catalog};

fn set_of(patterns: &[&str]) -> ActionSet<'static> {
    let mut set = ActionSet::none(Catalog::embedded());
    for pattern in patterns {
        set.add(pattern);
    }
    set
}

/// Those that read, about as many as ReadOnlyAccess allows, in more than a thousand patterns.
fn actions(c: &mut Criterion) {
    c.bench_function("expand *", |b| b.iter(|| set_of(black_box(&["*"]))));
    let reading = set_of(&["*:Get*", "*:List*", "*:Describe*"]);
    c.bench_function("shrink those that read", |b| b.iter(|| black_box(&reading).patterns()));
}

criterion_group!(benches, actions);
criterion_main!(benches);
