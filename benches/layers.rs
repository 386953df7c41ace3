//! How long does a request of an organization take that has to pass every layer?
#![allow(missing_docs, clippy::print_stderr, reason = "a benchmark")]

mod common;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use iamwhy::eval::authorize;
use iamwhy::policy::PolicyType;
use iamwhy::trace::Trace;
use iamwhy::world::{ContextEntry, ContextValue, GivenPolicies, Principal, World};

const FULL_ACCESS: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

const REGIONS: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Regions","Effect":"Deny","NotAction":["iam:*","organizations:*","route53:*","support:*","sts:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["us-east-1","eu-west-1"]},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Breakglass"}}}]}"#;

const GUARDS: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Leave","Effect":"Deny","Action":["organizations:LeaveOrganization","account:CloseAccount"],"Resource":"*"},{"Sid":"Trail","Effect":"Deny","Action":["cloudtrail:StopLogging","cloudtrail:DeleteTrail"],"Resource":"*"},{"Sid":"Tls","Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"#;

const PERIMETER: &str = r#"{"Version":"2012-10-17","Statement":[{"Sid":"Org","Effect":"Deny","Principal":"*","Action":["s3:*","sqs:*","kms:*"],"Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}]}"#;

const BOUNDARY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*","sqs:*","dynamodb:*","logs:*"],"Resource":"*"},{"Effect":"Deny","Action":"s3:DeleteBucket*","Resource":"*"}]}"#;

const SESSION: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bench-bucket/*"}]}"#;

const RESOURCE: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/Deploy"},"Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::bench-bucket/*"},{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::bench-bucket/secret/*"},{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::bench-bucket/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}"#;

fn layers(c: &mut Criterion) {
    let world = World::new();
    let principal =
        Principal::parse("arn:aws:sts::123456789012:assumed-role/Deploy/ci-1").expect("a principal");
    let context = context();
    for (name, identity) in
        [("one policy", format!("[{FULL_ACCESS}]")), ("cond1000", common::data("cond1000.json"))]
    {
        let given = all_layers(&identity);
        let caller = world.caller(&principal, &given).indexed();
        let request = common::request(
            "s3:GetObject",
            "arn:aws:s3:::bench-bucket/reports/2024/q1-csv",
            &context,
            &given,
        );
        let prepared = world.prepare((&caller).into(), request).expect("good");
        assert!(authorize(&prepared, &mut ()).is_allowed(), "every layer must be passed");
        let mut group = c.benchmark_group(format!("layers/identity-based: {name}"));
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

/// SCPs on three levels, RCPs on three, a VPC endpoint, resource-based, identity-based, boundary, session.
fn all_layers(identity: &str) -> GivenPolicies {
    let scp = |name, text| common::document(name, text, PolicyType::ServiceControl);
    let rcp = |name, text| common::document(name, text, PolicyType::ResourceControl);
    GivenPolicies {
        permissions_boundary: Some(vec![common::document(
            "boundary",
            BOUNDARY,
            PolicyType::PermissionsBoundary,
        )]),
        session: Some(vec![common::document("session", SESSION, PolicyType::Session)]),
        resource: Some(common::document("bucket", RESOURCE, PolicyType::ResourceBased)),
        vpc_endpoint: Some(vec![common::document(
            "endpoint",
            &FULL_ACCESS.replace(r#""Action""#, r#""Principal":"*","Action""#),
            PolicyType::VpcEndpoint,
        )]),
        scp: Some(vec![
            vec![scp("FullAWSAccess", FULL_ACCESS), scp("guards", GUARDS)],
            vec![scp("FullAWSAccess", FULL_ACCESS), scp("regions", REGIONS)],
            vec![scp("FullAWSAccess", FULL_ACCESS)],
        ]),
        rcp: Some(vec![vec![rcp("perimeter", PERIMETER)], vec![rcp("perimeter", PERIMETER)], vec![]]),
        ..common::policies("identity", identity)
    }
}

fn context() -> Vec<ContextEntry<'static>> {
    let keys = [
        ("aws:SecureTransport", "true"),
        ("aws:RequestedRegion", "us-east-1"),
        ("aws:PrincipalOrgID", "o-a1b2c3d4e5"),
        ("aws:PrincipalTag/team", "blue"),
        ("aws:SourceIp", "203.0.113.7"),
        ("aws:SourceVpce", "vpce-1a2b3c4d"),
        ("aws:MultiFactorAuthPresent", "true"),
        ("aws:UserAgent", "aws-cli/2.17"),
    ];
    keys.map(|(key, value)| (key.into(), ContextValue::One(value.into()))).to_vec()
}

criterion_group!(benches, layers);
criterion_main!(benches);
