//! `bench` measures what was asked, says what was decided, and compares runs. Time is told by the test.
#![cfg(feature = "cli")]

mod scratch;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use assert_cmd::Command;
use iamwhy::bench::{Asker, Made, Plan, Report, Trend, compare, make_questions, measure};
use iamwhy::policy::PolicyType;
use iamwhy::source::Source;
use iamwhy::world::{Document, GivenPolicies, NamedDocument, Principal, World};
use scratch::Folder;

const POLICY: &str = r#"[{"Version":"2012-10-17","Statement":[
    {"Sid":"Read","Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::reports/${aws:username}/*",
     "Condition":{"IpAddress":{"aws:SourceIp":"10.2.0.0/16"},"NumericLessThan":{"aws:MultiFactorAuthAge":"300"}}},
    {"Sid":"Old","Effect":"Deny","NotAction":["s3:*","ec2:*"],"Resource":"*",
     "Condition":{"DateLessThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"},"Null":{"aws:TokenIssueTime":"true"}}},
    {"Sid":"Never","Effect":"Allow","Action":"ec2:DescribeInstances","Resource":"arn:aws:ec2:*:*:instance/*"}]}]"#;

const REQUESTS: &str = r#"{"principal":"arn:aws:iam::123456789012:user/alice",
    "context":{"aws:SourceIp":"10.2.3.4","aws:MultiFactorAuthAge":"10"},
    "requests":[{"name":"mine","action":"s3:GetObject","resource":"arn:aws:s3:::reports/alice/q1"},
                {"name":"hers","action":"s3:GetObject","resource":"arn:aws:s3:::reports/eve/q1"}]}"#;

fn asker() -> Arc<Asker> {
    let documents = Document::read_all(&Source::new("p", POLICY), PolicyType::IdentityBased).into_iter();
    let identity = documents.map(|(document, _)| NamedDocument { name: "p".into(), document }).collect();
    let policies = GivenPolicies { identity: Some(identity), ..GivenPolicies::default() };
    let principal = Principal::parse("arn:aws:iam::123456789012:user/alice").expect("a principal");
    Arc::new(Asker { principal, policies })
}

fn made(world: &World) -> Made {
    make_questions(world, &[asker()], 0)
}

/// A run in which every reading of the clock comes that much after the last.
fn run(step: Duration) -> Report {
    let world = World::new();
    let now = AtomicU64::new(0);
    let clock = || Duration::from_nanos(now.fetch_add(step.as_nanos() as u64, Ordering::Relaxed));
    let plan = Plan { time: Duration::from_millis(1), rounds: 12, threads: 2 };
    measure(&world, &made(&world).questions, 0, &plan, &clock).expect("good questions")
}

#[test]
fn every_statement_that_can_apply_is_reached_and_the_others_are_named() {
    let made = made(&World::new());
    let actions: Vec<&str> = made.questions.iter().map(|question| question.name.as_str()).collect();
    assert_eq!(actions.len(), 2, "{actions:?}");
    assert!(actions[0].starts_with("p [Read] s3:Get"), "{actions:?}");
    assert!(actions[1].starts_with("p [Old] "), "{actions:?}");
    let unreached: Vec<&str> = made.unreached.iter().map(|missed| missed.statement.as_str()).collect();
    assert_eq!(unreached, ["p [Never]"]); // A46: the action has no resource types
}

#[test]
fn decisions_are_listed_in_the_order_of_the_requests() {
    let report = run(Duration::from_micros(20));
    let decisions: Vec<&str> = report.decisions.iter().map(|decision| decision.decision.as_str()).collect();
    assert_eq!(decisions, ["allowed", "explicitDeny"]);
    assert_eq!(report.decisions[0].decide.p50_ns, 20_000.0 / report.decisions[0].decide.batch as f64);
}

#[test]
fn a_run_twice_as_slow_is_slower_and_the_same_run_is_the_same() {
    let (fast, slow) = (run(Duration::from_micros(20)), run(Duration::from_micros(40)));
    assert!(compare(&fast, &slow, 10.0).iter().all(|change| change.trend == Trend::Slower));
    assert!(compare(&slow, &fast, 10.0).iter().all(|change| change.trend == Trend::Faster));
    assert!(compare(&fast, &fast, 10.0).iter().all(|change| change.trend == Trend::Same));
    assert!(compare(&fast, &slow, 150.0).iter().all(|change| change.trend == Trend::Same));
}

#[test]
fn a_report_survives_being_saved() {
    let report = run(Duration::from_micros(20));
    let text = serde_json::to_string(&report).expect("data");
    assert_eq!(serde_json::from_str::<Report>(&text).expect("the same"), report);
}

#[test]
fn the_page_fetches_nothing_and_runs_nothing() {
    let page = run(Duration::from_micros(20)).html(&[], 10.0);
    assert!(page.contains("<svg") && page.contains("explicitDeny"));
    assert!(!page.contains("<script") && !page.contains("http"), "self-contained");
}

struct Files(Folder);

impl Files {
    fn new() -> Self {
        Self(Folder::new(&[("policy.json", POLICY.as_bytes()), ("requests.json", REQUESTS.as_bytes())]))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn bench(&self) -> Command {
        let mut command = Command::cargo_bin("iamwhy").expect("the binary");
        command.current_dir(&self.0).args(["bench", "--policy", "policy.json", "--seconds", "0.05"]);
        command
    }
}

#[test]
fn programs_get_a_list_of_decisions_with_their_figures() {
    let files = Files::new();
    let done = files.bench().args(["--requests", "requests.json", "--format", "json"]).assert().code(0);
    let report: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).expect("JSON");
    let decisions = report["decisions"].as_array().expect("a list");
    let said: Vec<_> =
        decisions.iter().map(|one| (one["request"].clone(), one["decision"].clone())).collect();
    assert_eq!(said, [("mine".into(), "allowed".into()), ("hers".into(), "implicitDeny".into())]);
    for field in ["p50_ns", "p99_ns", "per_second"] {
        assert!(
            decisions.iter().all(|one| one[field].as_f64().is_some_and(|figure| figure > 0.0)),
            "{field}"
        );
    }
}

#[test]
fn lines_of_a_batch_are_requests_too() {
    let files = Files::new();
    let line = |id: &str, action: &str| {
        format!(r#"{{"id":"{id}","principal":"arn:aws:iam::123456789012:user/alice","action":"{action}"}}"#)
    };
    let lines = format!("{}\n\n{}\n", line("a", "s3:ListAllMyBuckets"), line("b", "iam:ListUsers"));
    std::fs::write(files.path("lines.jsonl"), lines).expect("writable");
    let done = files.bench().args(["--requests", "lines.jsonl", "--format", "json"]).assert().code(0);
    let report: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).expect("JSON");
    assert_eq!(
        (&report["decisions"][0]["request"], &report["decisions"][1]["request"]),
        (&"a".into(), &"b".into())
    );
}

#[test]
fn a_request_whose_policy_is_refused_is_not_measured_without_it() {
    let files = Files::new();
    let line = r#"{"principal":"arn:aws:iam::123456789012:user/alice","action":"s3:ListAllMyBuckets",
        "policies":{"scp":[[{"Statement":{"Effect":"Allow"}}]]}}"#;
    std::fs::write(files.path("lines.jsonl"), line).expect("writable");
    let refused = files.bench().args(["--requests", "lines.jsonl"]).assert().code(3);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("Action"));
}

#[test]
fn past_the_threshold_of_a_baseline_the_check_fails() {
    let files = Files::new();
    files.bench().args(["--save", "now.json", "--html", "page.html"]).assert().code(0);
    assert!(files.path("page.html").exists());
    // A baseline that no machine can keep up with.
    let saved = std::fs::read_to_string(files.path("now.json")).expect("saved");
    let mut report: Report = serde_json::from_str(&saved).expect("a report");
    for decision in &mut report.decisions {
        decision.decide.rounds_ns.iter_mut().for_each(|round| *round /= 1e6);
    }
    let text = serde_json::to_string(&report).expect("data");
    std::fs::write(files.path("dream.json"), text).expect("writable");
    let slower = files.bench().args(["--baseline", "dream.json"]).assert().code(1);
    let said = String::from_utf8_lossy(&slower.get_output().stdout).into_owned();
    assert!(said.contains("against the baseline") && said.contains("slower"), "{said}");
    files.bench().args(["--baseline", "policy.json"]).assert().code(3);
}
