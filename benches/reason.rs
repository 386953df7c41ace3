//! How long does it take to answer for all requests at once: two versions of a policy, a stack of six layers, a question
//! about a pattern, whether a bucket is public?
#![allow(missing_docs, reason = "a benchmark")]

mod common;
mod conditions;
mod corpus;

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

use conditions::{KINDS, conditions, contained, document, two_versions};
use corpus::{history, managed};

use criterion::{Criterion, criterion_group, criterion_main};
use iamwhy::catalog::Catalog;
use iamwhy::commands;
use iamwhy::names::Arn;
use iamwhy::question::Question;
use iamwhy::reason::{
    Anybody, AskedPattern, AskedVersion, DiffVerdict, KnownOfCaller, ListedActions, PublicAccess, Turn,
    TwoVersions, TwoWorlds,
};
use iamwhy::world::{GivenPolicies, Principal, World};

fn user() -> Principal {
    "arn:aws:iam::111122223333:user/bob".parse().expect("a principal")
}

/// A version with these policies, each layer that is named filled with one that allows most.
fn version<'w>(world: &'w World, identity: &str, is_stacked: bool) -> AskedVersion<'w> {
    let wide = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}}"#;
    let layer = || is_stacked.then(|| vec![document(wide)]);
    let policies = GivenPolicies {
        identity: Some(vec![document(identity)]),
        permissions_boundary: layer(),
        session: layer(),
        scp: is_stacked.then(|| vec![vec![document(wide)], vec![document(wide)], vec![document(wide)]]),
        ..GivenPolicies::default()
    };
    AskedVersion { world, question: Question::new(user(), "s3:GetObject").policies(policies) }
}

fn differences(c: &mut Criterion) {
    let world = World::new();
    let listed = ListedActions::of(Catalog::embedded());
    let mut compare = |name: &str, old: &str, new: &str, is_stacked: bool| {
        let versions = [version(&world, old, is_stacked), version(&world, new, is_stacked)];
        let known = if is_stacked { KnownOfCaller::OfWorld } else { KnownOfCaller::Nothing };
        let two =
            TwoVersions { versions, known, on: None, within: None, turns: &Turn::BOTH, listed: &listed };
        c.bench_function(name, |b| b.iter(|| black_box(&two).difference()));
    };
    let read = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}"#;
    let write = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["s3:Get*", "s3:Put*"], "Resource": "*"}}"#;
    compare("diff two statements", read, write, false);
    compare("diff six layers", read, write, true);
    for (what, statements) in KINDS {
        for count in [10, 50, 100, 200] {
            compare(
                &format!("diff {count} statements {what}"),
                &statements(count, false),
                &statements(count, true),
                false,
            );
        }
    }
}

/// Whether anything differs, and all that does, between two policies of very many statements.
fn many_statements(c: &mut Criterion) {
    let world = World::new();
    let listed = ListedActions::of(Catalog::embedded());
    let mut group = c.benchmark_group("many statements");
    group.sample_size(10);
    for (count, (what, statements)) in
        [1_000, 2_000].into_iter().flat_map(|count| KINDS.map(|kind| (count, kind)))
    {
        let texts = [statements(count, false), statements(count, true)];
        let two = two_versions(&world, &listed, [&texts[0], &texts[1]]);
        group.bench_function(format!("verdict of {count} {what}"), |b| {
            b.iter(|| black_box(&two).first_difference())
        });
        group.bench_function(format!("diff of {count} {what}"), |b| b.iter(|| black_box(&two).difference()));
    }
}

/// Whether anything differs, with a request.
fn verdicts(c: &mut Criterion) {
    let world = World::new();
    let listed = ListedActions::of(Catalog::embedded());
    for count in [16, 64] {
        let texts = [contained(count, false), contained(count, true)];
        let two = two_versions(&world, &listed, [&texts[0], &texts[1]]);
        let name = format!("verdict of {count} words that patterns contain");
        c.bench_function(&name, |b| b.iter(|| black_box(&two).first_difference()));
    }
    let texts = [conditions(1_000, false), conditions(1_000, true)];
    let same = two_versions(&world, &listed, [&texts[0], &texts[0]]);
    c.bench_function("1,000 statements and themselves", |b| b.iter(|| black_box(&same).first_difference()));
}

/// Long runs, each a few times.
fn corpora(c: &mut Criterion) {
    let world = World::new();
    let listed = ListedActions::of(Catalog::embedded());
    let anybody = Anybody { world: &world, listed: &listed, principal: Arc::new(user()) };
    let policies = managed();
    let mut group = c.benchmark_group("corpus");
    group.sample_size(10);
    let dead = |policy| anybody.dead_statements(policy).map_or(0, |dead| dead.count());
    group.bench_function("dead statements of all AWS managed policies", |b| {
        b.iter(|| black_box(&policies).iter().map(dead).sum::<usize>())
    });
    let pairs = history();
    let is_equal = |pair: &corpus::VersionPair| {
        let versions = pair.texts.each_ref().map(|text| vec![document(text)]);
        anybody.difference(versions).verdict() == DiffVerdict::Equal
    };
    group.bench_function(format!("{} pairs of versions of AWS managed policies", pairs.len()), |b| {
        b.iter(|| black_box(&pairs).iter().filter(|pair| is_equal(pair)).count())
    });
}

const WORLD: &str = r#"account 111122223333
user bob
policy Reports {"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::reports/*"},
  {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/hr/*"}]}
attach Reports to user bob
resource arn:aws:s3:::open owner 111122223333 policy {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::open/pub/*"}}
"#;

fn questions(c: &mut Criterion) {
    let world = commands::world(WORLD).expect("a world");
    for action in ["s3:GetObject", "s3:*"] {
        let question = Question::new(user(), action).on("arn:aws:s3:::reports/*");
        let asked = AskedPattern::new(&question).expect("a pattern");
        c.bench_function(&format!("can {action} on reports/*"), |b| b.iter(|| black_box(&asked).ask(&world)));
    }
    let bucket = Arn::parse("arn:aws:s3:::open").expect("an ARN");
    c.bench_function("check public", |b| b.iter(|| PublicAccess::of(black_box(&world), &bucket, None)));
}

/// An organization seven levels deep with fifty SCPs, a user under a boundary and a bucket with a policy.
fn organization(spared: &str, bucket_action: &str) -> World {
    let mut script = "account 999988887777\norganization o-exampleorg management 999988887777\n".to_owned();
    for unit in 0..5 {
        let below = if unit == 0 { String::new() } else { format!(" under U{}", unit - 1) };
        let _ = writeln!(script, "ou U{unit}{below}");
    }
    script.push_str("account 111122223333\nmove account 111122223333 to ou U4\n");
    for number in 0..50 {
        let role = if number == 7 { spared } else { "admin" };
        let _ = writeln!(
            script,
            r#"scp S{number} {{"Version": "2012-10-17", "Statement": {{"Effect": "Deny", "Action": "s3:Delete*", "Resource": "arn:aws:s3:::b{number}/*", "Condition": {{"ArnNotLike": {{"aws:PrincipalArn": "arn:aws:iam::*:role/{role}"}}}}}}}}"#
        );
        let _ = writeln!(script, "attach S{number} to ou U{}", number % 5);
    }
    let _ = writeln!(
        script,
        r#"user bob
policy Wide {{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}}}}
attach Wide to user bob
boundary Wide on user bob
resource arn:aws:s3:::b1 owner 111122223333 policy {{"Version": "2012-10-17", "Statement": {{"Effect": "Deny", "Principal": "*", "Action": "{bucket_action}", "Resource": "arn:aws:s3:::b1/*"}}}}"#
    );
    commands::world(&script).expect("a world")
}

fn worlds(c: &mut Criterion) {
    let listed = ListedActions::of(Catalog::embedded());
    let (old, new) = (organization("admin", "s3:PutObject"), organization("deploy", "s3:PutObjectAcl"));
    let two = TwoWorlds { worlds: [&old, &new], listed: &listed, now: 0 };
    c.bench_function("diff of an organization of 7 levels with 50 SCPs", |b| {
        b.iter(|| black_box(&two).difference())
    });
    let same = TwoWorlds { worlds: [&old, &old], listed: &listed, now: 0 };
    c.bench_function("diff of an organization and itself", |b| b.iter(|| black_box(&same).difference()));
}

criterion_group!(benches, differences, verdicts, many_statements, questions, worlds, corpora);
criterion_main!(benches);
