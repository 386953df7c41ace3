//! How long does it take from typed AST to compiled policy, beside from text to AST; and from policies to their index?
#![allow(missing_docs, clippy::print_stderr, reason = "a benchmark")]

mod common;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use iamwhy::compile::{CompiledPolicy, PolicySet};
use iamwhy::policy::{Policy, PolicyType, parse_policy};
use iamwhy::source::Source;
use iamwhy::syntax::json::parse_json;

const POLICIES: [&str; 4] = ["parse-policy6k", "parse-securityaudit", "parse-readonly", "parse-biggest"];

fn compile(c: &mut Criterion) {
    for name in POLICIES {
        let text = common::data(&format!("{name}.json"));
        let source = Source::new(name, text.as_str());
        let policy = Arc::new(parse_policy(&source, PolicyType::IdentityBased).value.expect("a policy"));
        let mut group = c.benchmark_group(format!("compile/{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("parse", |b| {
            b.iter(|| parse_policy(black_box(&source), PolicyType::IdentityBased));
        });
        group.bench_function("compile", |b| b.iter(|| CompiledPolicy::new(Arc::clone(black_box(&policy)))));
        group.finish();
    }
}

fn lists(c: &mut Criterion) {
    for name in ["managed100", "cond1000"] {
        let text = common::data(&format!("{name}.json"));
        let source = Source::new(name, text.as_str());
        let tree = parse_json(&source).value.expect("JSON");
        let parse = || -> Vec<Arc<Policy>> {
            let items = tree.root().items();
            items
                .map(|item| Arc::new(Policy::lower(item, PolicyType::IdentityBased).value.expect("good")))
                .collect()
        };
        let compile = |all: &[Arc<Policy>]| -> Vec<_> {
            all.iter().map(|policy| CompiledPolicy::new(Arc::clone(policy))).collect()
        };
        let policies = parse();
        let compiled: Vec<Arc<CompiledPolicy>> = compile(&policies).into_iter().map(Arc::new).collect();
        let mut group = c.benchmark_group(format!("compile/{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("parse", |b| {
            b.iter(|| (parse_json(black_box(&source)).value.is_some(), parse()))
        });
        group.bench_function("compile", |b| b.iter(|| compile(black_box(&policies))));
        group.bench_function("index", |b| b.iter(|| indexed(black_box(&compiled))));
        group.finish();
        let bytes: usize = compiled.iter().map(|policy| policy.memory()).sum();
        let index = indexed(&compiled).index_memory();
        eprintln!("compile/{name}: {bytes} bytes compiled, {index} of index, {} of text", text.len());
    }
}

fn indexed(policies: &[Arc<CompiledPolicy>]) -> PolicySet {
    let mut set = PolicySet::new(policies.iter().map(Arc::clone));
    set.index();
    set
}

criterion_group!(benches, compile, lists);
criterion_main!(benches);
