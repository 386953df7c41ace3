//! How long does one decision take: prepared, from raw strings, with the recorder on?
#![allow(missing_docs, clippy::print_stderr, reason = "a benchmark")]

mod common;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use iamwhy::compile::CompiledPolicy;
use iamwhy::eval::authorize;
use iamwhy::policy::{Policy, PolicyType};
use iamwhy::source::Source;
use iamwhy::syntax::json::parse_json;
use iamwhy::trace::Trace;
use iamwhy::world::{
    ContextEntry, ContextValue, Document, GivenPolicies, NamedDocument, Principal, Request, Settings, World,
};

fn policies(name: &str) -> Option<GivenPolicies> {
    let source = Source::new(name, common::data(name)?);
    let tree = parse_json(&source).value?;
    let documents = tree.root().items().enumerate().map(|(i, item)| {
        let policy = Policy::lower(item, PolicyType::IdentityBased).value.expect("a policy");
        let document = Document::Good(Arc::new(CompiledPolicy::new(Arc::new(policy))));
        NamedDocument { name: format!("p{i}").into(), document }
    });
    Some(GivenPolicies { identity: Some(documents.collect()), ..GivenPolicies::default() })
}

fn decisions(c: &mut Criterion) {
    let Some(text) = common::data("requests.json") else { return };
    let requests: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let context: Vec<ContextEntry<'_>> = requests["context"]
        .as_object()
        .expect("an object")
        .iter()
        .map(|(key, value)| (key.as_str().into(), ContextValue::One(value.as_str().expect("text").into())))
        .collect();
    let principal = Principal::parse(requests["principal"].as_str().expect("text")).expect("a principal");
    let world = World::new();
    for workload in ["admin", "managed100", "cond1000"] {
        let given = policies(&format!("{workload}.json")).expect("policies");
        let caller = world.caller(&principal, &given);
        for row in requests["requests"].as_array().expect("a list") {
            let request = Request {
                principal: &principal,
                action: row["action"].as_str().expect("text"),
                resource: row["resource"].as_str(),
                resource_account: None,
                context: &context,
                policies: &given,
                public_access_block: None,
                settings: Settings::default(),
                now: 0,
            };
            let prepared = world.prepare(&caller, &request).expect("good");
            let mut group =
                c.benchmark_group(format!("{workload}/{}", row["name"].as_str().unwrap_or_default()));
            group.bench_function("prepared", |b| b.iter(|| authorize(black_box(&prepared), &mut ())));
            group.bench_function("raw", |b| {
                b.iter(|| authorize(&world.prepare(&caller, black_box(&request)).expect("good"), &mut ()));
            });
            group.bench_function("recorded", |b| {
                b.iter(|| {
                    let mut trace = Trace::default();
                    authorize(black_box(&prepared), &mut trace);
                    trace
                });
            });
            group.finish();
        }
    }
}

criterion_group!(benches, decisions);
criterion_main!(benches);
