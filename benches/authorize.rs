//! How long does one decision take: prepared, from raw strings, with the recorder on? And how does that grow from
//! 10 to 100,000 statements?
#![allow(missing_docs, clippy::print_stderr, reason = "a benchmark")]

mod common;

use std::hint::black_box;

use common::Requests;
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use iamwhy::eval::authorize;
use iamwhy::trace::Trace;
use iamwhy::world::World;

fn decisions(c: &mut Criterion) {
    let requests = Requests::read();
    let world = World::new();
    for workload in ["admin", "managed100", "cond1000"] {
        let text = common::data(&format!("{workload}.json"));
        let given = common::policies(workload, &text);
        let caller = world.caller(&requests.principal, &given).indexed();
        for row in &requests.rows {
            let request = requests.request(row, &given);
            let prepared = world.prepare((&caller).into(), request).expect("good");
            let mut group = c.benchmark_group(format!("{workload}/{}", row[0]));
            group.bench_function("prepared", |b| b.iter(|| authorize(black_box(&prepared), &mut ())));
            group.bench_function("raw", |b| {
                b.iter(|| {
                    authorize(&world.prepare((&caller).into(), black_box(request)).expect("good"), &mut ())
                });
            });
            group.bench_function("recorded", |b| {
                b.iter(|| {
                    let mut trace = Trace::default();
                    authorize(black_box(&prepared), &mut trace);
                    black_box(&trace);
                });
            });
            group.finish();
        }
    }
}

/// Policies of 50 statements each in the manner of cond1000, more and more of them.
fn growth(c: &mut Criterion) {
    let requests = Requests::read();
    let world = World::new();
    for statements in [10, 100, 1_000, 10_000, 100_000] {
        let given = common::policies("growth", &grown(statements));
        let caller = world.caller(&requests.principal, &given).indexed();
        for row in &requests.rows {
            let request = requests.request(row, &given);
            let prepared = world.prepare((&caller).into(), request).expect("good");
            c.benchmark_group(format!("growth/{}", row[0]))
                .bench_function(BenchmarkId::from_parameter(statements), |b| {
                    b.iter(|| authorize(black_box(&prepared), &mut ()))
                });
        }
    }
}

const SERVICES: [&str; 12] =
    ["ec2", "rds", "lambda", "dynamodb", "sns", "kms", "logs", "ecr", "ecs", "glue", "route53", "athena"];

const CONDITIONS: [&str; 4] = [
    r#"{"StringEquals":{"aws:PrincipalTag/team":"team-N"}}"#,
    r#"{"StringLike":{"aws:userid":["AIDAN*","AROAN:*"]},"Bool":{"aws:SecureTransport":"true"}}"#,
    r#"{"IpAddress":{"aws:SourceIp":["10.2.0.0/16","192.0.2.0/24"]}}"#,
    r#"{"StringEquals":{"aws:RequestedRegion":["us-east-1","eu-west-1"],"aws:PrincipalOrgID":"o-N"}}"#,
];

/// Statements of many services, then one for each of the requests that are allowed.
fn grown(statements: usize) -> String {
    let other = (2..statements).map(|i| {
        let service = SERVICES[i % SERVICES.len()];
        let effect = if i % 20 == 19 { "Deny" } else { "Allow" };
        let condition = CONDITIONS[i % CONDITIONS.len()].replace('N', &i.to_string());
        format!(
            r#"{{"Effect":"{effect}","Action":["{service}:GetItem{i}","{service}:Create{i}*"],"Resource":"arn:aws:{service}:*:123456789012:*/team-{i}-*","Condition":{condition}}}"#
        )
    });
    let own =
        [("s3:Get*", "arn:aws:s3:::bench-bucket/*"), ("iam:CreateUser", "*")].map(|(action, resource)| {
            let condition = r#"{"Bool":{"aws:SecureTransport":"true"}}"#;
            format!(
                r#"{{"Effect":"Allow","Action":"{action}","Resource":"{resource}","Condition":{condition}}}"#
            )
        });
    let all: Vec<String> = other.chain(own).collect();
    let documents =
        all.chunks(50).map(|part| format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, part.join(",")));
    format!("[{}]", documents.collect::<Vec<_>>().join(","))
}

criterion_group!(benches, decisions, growth);
criterion_main!(benches);
