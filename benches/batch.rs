//! How many requests a second does a batch answer, from file to file: on one thread, on all, and as a process?
#![allow(missing_docs, clippy::print_stderr, reason = "a benchmark")]

mod common;
#[path = "../tests/outside/mod.rs"]
mod outside;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::Requests;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use iamwhy::batch::stream;
use iamwhy::session::{Session, Status};
use outside::{Memory, scripted};

/// How many lines a batch has.
const LINES: usize = 150_000;

fn batch(c: &mut Criterion) {
    let (requests, policies) = (Requests::read(), common::data("cond1000.json"));
    let folder = Folder::new();
    let script = world(&requests, &policies);
    let (world_file, input, output) =
        (folder.file("world.iam"), folder.file("in.jsonl"), folder.file("out.jsonl"));
    fs::write(&world_file, &script).expect("writable");
    fs::write(&input, lines(&requests)).expect("writable");
    let session = session(&script);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut group = c.benchmark_group("batch");
    group.throughput(Throughput::Elements(LINES as u64)).sample_size(10);
    for threads in if cores > 1 { vec![1, cores] } else { vec![1] } {
        group.bench_function(format!("file to file, {threads} threads"), |b| {
            b.iter(|| {
                let (mut input, mut output) =
                    (File::open(&input).expect("there"), File::create(&output).expect("writable"));
                let summary =
                    stream(session.world(), 0, "in.jsonl", threads, &mut input, &mut output).expect("done");
                assert_eq!((summary.answered, summary.failed), (LINES, 0));
            });
        });
    }
    group.bench_function("process, file to file", |b| {
        b.iter(|| {
            let status = Command::new(env!("CARGO_BIN_EXE_iamwhy"))
                .arg("batch")
                .arg(&input)
                .arg("--world")
                .arg(&world_file)
                .stdout(Stdio::from(File::create(&output).expect("writable")))
                .status();
            assert!(status.expect("started").success());
        });
    });
    group.finish();
}

/// A world whose alice has the policies as inline policies.
fn world(requests: &Requests, policies: &str) -> String {
    let account = requests.json["account"].as_str().expect("text");
    let mut script = format!("account {account} \"Bench\"\nuser alice\n");
    let documents: Vec<serde_json::Value> = serde_json::from_str(policies).expect("JSON");
    for (number, document) in documents.iter().enumerate() {
        script.push_str(&format!("inline P{number} on user alice {document}\n"));
    }
    script
}

/// The three requests in turn, each with all its context keys.
fn lines(requests: &Requests) -> Vec<u8> {
    let mut text = Vec::new();
    for (number, [_, action, resource]) in requests.rows.iter().cycle().take(LINES).enumerate() {
        let line = serde_json::json!({
            "id": format!("r{number}"),
            "principal": requests.arn,
            "action": action,
            "resource": resource,
            "context": requests.json["context"],
        });
        writeln!(text, "{line}").expect("memory");
    }
    text
}

fn session(script: &str) -> Session {
    let mut session = iamwhy::commands::session();
    for outcome in scripted(&mut session, &mut Memory::default(), script) {
        assert_ne!(outcome.status, Status::Refused, "{outcome:?}");
    }
    session
}

/// A folder that goes when it is let go.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("iamwhy-bench-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        Path::new(&self.0).join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left over lies in the folder for what is left over.
        let _ = fs::remove_dir_all(&self.0);
    }
}

criterion_group!(benches, batch);
criterion_main!(benches);
