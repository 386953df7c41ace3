//! How long does a question take from process start to exit, against a process that does nothing?
#![allow(missing_docs, clippy::print_stderr, reason = "a benchmark")]

mod common;

use std::path::Path;
use std::process::{Command, Stdio};

use criterion::{Criterion, criterion_group, criterion_main};

fn startup(c: &mut Criterion) {
    let mut group = c.benchmark_group("startup");
    group.bench_function("nothing", |b| b.iter(|| ran(&mut Command::new("true"))));
    group.bench_function("--version", |b| b.iter(|| ran(iamwhy().arg("--version"))));
    group.bench_function("-e can, empty world", |b| {
        b.iter(|| ran(iamwhy().args(["--empty", "-e", "can anonymous s3:GetObject arn:aws:s3:::b/k"])));
    });
    group.bench_function("-e can, demo world", |b| {
        b.iter(|| ran(iamwhy().args(["-e", "can root account:CloseAccount"])));
    });
    let policies = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cond1000.json");
    std::fs::write(&policies, common::data("cond1000.json")).expect("writable");
    let resource = "arn:aws:s3:::bench-bucket/reports/2024/q1-csv";
    group.bench_function("can, cond1000", |b| {
        b.iter(|| ran(iamwhy().args(["can", "s3:GetObject", resource, "--policy"]).arg(&policies)));
    });
    group.finish();
}

fn iamwhy() -> Command {
    Command::new(env!("CARGO_BIN_EXE_iamwhy"))
}

/// Runs to the end, whatever it says.
fn ran(command: &mut Command) -> Option<i32> {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.expect("started").code()
}

criterion_group!(benches, startup);
criterion_main!(benches);
