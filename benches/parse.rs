//! How long does it take from text to typed AST, against serde_json's `Value` on the same text?
#![allow(missing_docs, clippy::print_stderr, reason = "a benchmark")]

mod common;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use iamwhy::policy::{PolicyType, parse_policy};
use iamwhy::source::Source;

const TEXTS: [&str; 4] = ["parse-policy6k", "parse-securityaudit", "parse-readonly", "parse-biggest"];

fn parse(c: &mut Criterion) {
    for (name, text) in TEXTS.iter().flat_map(|name| compact_and_pretty(name)) {
        let source = Source::new(&*name, text.as_str());
        let mut group = c.benchmark_group(&name);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("serde_json Value", |b| {
            b.iter(|| serde_json::from_str::<serde_json::Value>(black_box(&text)));
        });
        group.bench_function("policy AST", |b| {
            b.iter(|| parse_policy(black_box(&source), PolicyType::IdentityBased));
        });
        group.finish();
    }
}

/// A text on one line and on many, each with its name.
fn compact_and_pretty(name: &str) -> [(String, String); 2] {
    let text = common::data(&format!("{name}.json"));
    let pretty = common::pretty(&text);
    [(name.to_owned(), text), (format!("{name}.pretty"), pretty)]
}

criterion_group!(benches, parse);
criterion_main!(benches);
