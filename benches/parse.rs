//! How long does it take from text to typed AST, against serde_json's `Value` on the same text?
#![allow(missing_docs, clippy::print_stderr, reason = "a benchmark")]

mod common;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use iamwhy::policy::{PolicyType, parse_policy};
use iamwhy::source::Source;

const TEXTS: [&str; 8] = [
    "parse-policy6k.pretty.json",
    "parse-policy6k.json",
    "parse-securityaudit.json",
    "parse-securityaudit.pretty.json",
    "parse-readonly.json",
    "parse-readonly.pretty.json",
    "parse-biggest.json",
    "parse-biggest.pretty.json",
];

fn parse(c: &mut Criterion) {
    for name in TEXTS {
        let Some(text) = common::data(name) else { return };
        let source = Source::new(name, text.as_str());
        let mut group = c.benchmark_group(name.trim_end_matches(".json"));
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

criterion_group!(benches, parse);
criterion_main!(benches);
