//! What questions over whole accounts cost: of the practice account (44 users, 78 roles) and of 10,000 principals.
#![allow(missing_docs, reason = "a benchmark")]

mod common;

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use iamwhy::audit::{Matrix, MatrixRequest, WhoCan, WhoCanCovered};
use iamwhy::import::account_authorization_details;
use iamwhy::question::Question;
use iamwhy::source::Source;
use iamwhy::{Principal, World, commands};

const MANY: usize = 10_000;

fn audit(c: &mut Criterion) {
    let (account, many) = (practice_account(), world(MANY));
    let question = question("s3:GetObject").on("arn:aws:s3:::reports/2026/q1.csv");
    let mut group = c.benchmark_group("audit");
    group.sample_size(10);
    group.bench_function("who-can, 122 principals", |b| {
        b.iter(|| black_box(WhoCan::ask(&account, &question).expect("a good question")));
    });
    let covered = self::question("s3:Get*").on("arn:aws:s3:::reports/*");
    group.bench_function("who-can of a pattern, 122 principals", |b| {
        b.iter(|| black_box(WhoCanCovered::ask(&account, &covered).expect("a good question")));
    });
    group.bench_function("who-can through roles, 122 principals", |b| {
        b.iter(|| {
            let found =
                WhoCan::ask(&account, &question).and_then(|found| found.through_roles(&account, &question));
            black_box(found.expect("a good question"))
        });
    });
    let one = [MatrixRequest { action: "s3:GetObject".into(), resource: question.resource.clone() }];
    group.bench_function("matrix, 10,000 principals and one request", |b| {
        b.iter(|| black_box(Matrix::ask(&many, &question, "*", one.to_vec()).expect("a good question")));
    });
    let actions = account.catalog().actions();
    let all: Vec<MatrixRequest> =
        actions.map(|action| MatrixRequest { action: action.to_string().into(), resource: None }).collect();
    group.bench_function("matrix, 122 principals and every action", |b| {
        b.iter(|| black_box(Matrix::ask(&account, &question, "*", all.clone()).expect("a good question")));
    });
    group.finish();
}

/// The account that cloudsplaining has to practise on, 44 users and 78 roles.
fn practice_account() -> World {
    let text = common::unpacked("tests/data/account-authorization-details.json.zst");
    let mut world = World::new();
    for change in account_authorization_details(&Source::new("dump.json", text), None).changes {
        drop(world.apply(change));
    }
    world
}

fn question(action: &str) -> Question {
    Question::new(Principal::parse("arn:aws:iam::111122223333:root").expect("a principal"), action)
}

/// An account of users in groups and of roles in chains, with policies of AWS and of its own.
fn world(principals: usize) -> World {
    let mut script = "account 111122223333\nresource arn:aws:s3:::reports owner 111122223333\n".to_owned();
    for (group, policy) in
        ["ReadOnlyAccess", "PowerUserAccess", "AmazonS3ReadOnlyAccess"].into_iter().enumerate()
    {
        let _ = write!(script, "group g{group}\nattach {policy} to group g{group}\n");
    }
    for number in 0..principals / 3 {
        let _ = write!(script, "user u{number}\nadd user u{number} to group g{}\n", number % 3);
    }
    for number in 0..principals - principals / 3 {
        let trusted = if number == 0 { "root".to_owned() } else { format!("role/r{}", number - 1) };
        let policy =
            ["AmazonS3FullAccess", "CloudWatchLogsFullAccess", "AmazonEC2ReadOnlyAccess"][number % 3];
        let _ = write!(
            script,
            "role r{number} trust {{\"Statement\": {{\"Effect\": \"Allow\", \"Principal\": {{\"AWS\": \
             \"arn:aws:iam::111122223333:{trusted}\"}}, \"Action\": \"sts:AssumeRole\"}}}}\n\
             attach {policy} to role r{number}\n"
        );
    }
    commands::world(&script).expect("a good script")
}

criterion_group!(benches, audit);
criterion_main!(benches);
