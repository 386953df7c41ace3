//! How long does it take to find what is wrong with policies, and to write them in one form?
#![allow(missing_docs, reason = "a benchmark")]

mod common;

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use iamwhy::catalog::Catalog;
use iamwhy::facts::managed_policies;
use iamwhy::lint::{LintOptions, lint};
use iamwhy::policy::{PolicyForm, format_policy};
use iamwhy::recognise::policies_inside;
use iamwhy::source::Source;

/// A template with so many roles that it has about half a megabyte.
fn template() -> String {
    let mut text = String::from("{\"Resources\": {");
    for number in 0..900 {
        let comma = if number == 0 { "" } else { ", " };
        let bucket = format!(r#"{{"Fn::Sub": "arn:${{AWS::Partition}}:s3:::reports-{number}/*"}}"#);
        let statement = format!(
            r#"{{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": [{bucket}, "arn:aws:s3:::logs-{number}/*"], "Condition": {{"StringEquals": {{"aws:PrincipalTag/team": "t{number}"}}}}}}"#
        );
        let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
        let trust = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#;
        _ = write!(
            text,
            r#"{comma}"Role{number}": {{"Type": "AWS::IAM::Role", "Properties": {{"AssumeRolePolicyDocument": {trust}, "Policies": [{{"PolicyName": "p", "PolicyDocument": {policy}}}]}}}}"#
        );
    }
    text + "}}"
}

fn linted(source: &Arc<Source>) -> usize {
    let linted = lint(source, Catalog::embedded(), &LintOptions::default());
    linted.iter().map(|one| one.findings.len()).sum()
}

fn formatted(source: &Arc<Source>) -> bool {
    format_policy(source, PolicyForm::AsWritten).is_ok()
}

fn lints(c: &mut Criterion) {
    let small = Source::new("policy6k.json", common::data("parse-policy6k.json"));
    c.bench_function("lint a policy of 6 KB", |b| b.iter(|| linted(black_box(&small))));
    let biggest = Source::new("biggest.json", common::data("parse-biggest.json"));
    let mut group = c.benchmark_group("the biggest policy of AWS");
    group.throughput(Throughput::Bytes(biggest.text().len() as u64));
    group.bench_function("fmt", |b| b.iter(|| formatted(black_box(&biggest))));
    group.finish();
    let all: Vec<_> = managed_policies().map(|policy| Source::new(policy.name, policy.document)).collect();
    let mut group = c.benchmark_group("all policies of AWS");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(all.iter().map(|source| source.text().len() as u64).sum()));
    group.bench_function("lint", |b| b.iter(|| all.iter().map(linted).sum::<usize>()));
    group.bench_function("fmt", |b| b.iter(|| all.iter().filter(|source| formatted(source)).count()));
    group.finish();
    let template = Source::new("template.json", template());
    let mut group = c.benchmark_group("a template of half a megabyte");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(template.text().len() as u64));
    group.bench_function("recognise", |b| b.iter(|| policies_inside(black_box(&template)).is_ok()));
    group.bench_function("recognise and lint", |b| b.iter(|| linted(black_box(&template))));
    group.finish();
}

criterion_group!(benches, lints);
criterion_main!(benches);
