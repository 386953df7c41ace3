//! `bench` measures what was asked, says what was decided, and compares runs. Time is told by the test.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use crate::scratch::Folder;
use assert_cmd::Command;
use iamwhy::bench::{
    Asker, BaselineComparison, Clock, Look, Made, MeterPlan, Report, Trend, compare, make_questions, measure,
    measure_against,
};
use iamwhy::policy::PolicyType;
use iamwhy::source::Source;
use iamwhy::world::{Document, GivenPolicies, NamedDocument, Principal, World};

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

fn asker() -> Asker {
    let documents = Document::read_all(&Source::new("p", POLICY), PolicyType::IdentityBased).into_iter();
    let identity = documents.map(|(document, _)| NamedDocument { name: "p".into(), document }).collect();
    let policies = GivenPolicies { identity: Some(identity), ..GivenPolicies::default() };
    let principal = Principal::parse("arn:aws:iam::123456789012:user/alice").expect("a principal");
    Asker { principal: Arc::new(principal), policies: Arc::new(policies) }
}

fn made(world: &World) -> Made {
    make_questions(world, &[asker()], 0)
}

const STEP: Duration = Duration::from_micros(20);

/// Time for all rounds.
const PLAN: MeterPlan = MeterPlan { time: Duration::from_millis(25), rounds: 12, threads: 1 };

/// A run in which every reading of the clock comes 20 µs after the last; it is the same each time, so it is made once.
fn run() -> Report {
    static RUN: LazyLock<Report> = LazyLock::new(|| run_for(STEP, PLAN));
    RUN.clone()
}

/// A run in which every reading of the clock comes a step after the last.
fn run_for(step: Duration, plan: MeterPlan) -> Report {
    let world = World::new();
    let now = AtomicU64::new(0);
    let clock = || Duration::from_nanos(now.fetch_add(step.as_nanos() as u64, Ordering::Relaxed));
    measure(&world, &made(&world).questions, &plan, &clock).expect("good questions")
}

/// The run in which only the first decision takes so many times longer.
fn slower_first(times: f64) -> Report {
    let mut report = run();
    report.decisions[0].decide.rounds_ns.iter_mut().for_each(|round| *round *= times);
    report
}

fn trends(comparison: &BaselineComparison) -> Vec<Trend> {
    comparison.changes.iter().map(|change| change.trend).collect()
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
    let report = run();
    let decisions: Vec<&str> = report.decisions.iter().map(|decision| decision.decision.as_str()).collect();
    assert_eq!(decisions, ["allowed", "explicitDeny"]);
    assert_eq!(report.decisions[0].decide.p50_ns, 20_000.0 / report.decisions[0].decide.batch as f64);
}

#[test]
fn what_alone_got_slower_is_slower_and_the_same_run_is_the_same() {
    let (fast, slow) = (slower_first(1.0), slower_first(1.25));
    let first = |before, now, threshold| {
        let trends = trends(&compare(before, now, threshold));
        assert!(trends[1..].iter().all(|trend| *trend == Trend::Same), "{trends:?}");
        trends[0]
    };
    assert_eq!(first(&fast, &slow, 10.0), Trend::Slower);
    assert_eq!(first(&slow, &fast, 10.0), Trend::Faster);
    assert_eq!(first(&fast, &slow, 30.0), Trend::Same);
    assert_eq!(first(&fast, &fast, 10.0), Trend::Same);
}

#[test]
fn a_machine_that_is_slower_as_a_whole_is_told_from_slower_policies() {
    let (fast, slow) = (run(), run_for(2 * STEP, PLAN));
    let comparison = compare(&fast, &slow, 10.0);
    assert!(trends(&comparison).iter().all(|trend| *trend == Trend::Same), "{:?}", comparison.changes);
    assert_eq!((comparison.changes[0].percent, comparison.floor_percent), (100.0, 100.0));
    let said = comparison.remarks.join("\n");
    assert!(said.contains("+100.0 %") && said.contains("probably the machine"), "{said}");
}

#[test]
fn too_few_rounds_tell_nothing_and_say_so() {
    let hurry = MeterPlan { time: Duration::from_millis(1), ..PLAN };
    let before = run_for(STEP, hurry);
    let mut now = before.clone();
    assert_eq!(now.rounds, 3);
    now.decisions[0].decide.rounds_ns.iter_mut().for_each(|round| *round *= 2.0);
    let comparison = compare(&before, &now, 10.0);
    assert_eq!(trends(&comparison)[0], Trend::Unclear);
    let said = comparison.remarks.join("\n");
    assert!(said.contains("too few") && said.contains("--seconds"), "{said}");
}

/// A clock that goes at half the pace while the first of the meters is measured, so many times through all.
struct Disturbed {
    now: AtomicU64,
    told: AtomicUsize,
    runs: AtomicUsize,
    disturbed: usize,
}

/// How many figures each decision and each policy has.
const METERS: (usize, usize) = (4, 2);

impl Clock for Disturbed {
    fn now(&self) -> Duration {
        let runs = self.runs.load(Ordering::Relaxed);
        let meters = if runs == 0 { 2 * METERS.0 + METERS.1 } else { METERS.0 };
        let first = self.told.load(Ordering::Relaxed).is_multiple_of(meters);
        let step = if first && runs < self.disturbed { 40_000 } else { 20_000 };
        Duration::from_nanos(self.now.fetch_add(step, Ordering::Relaxed))
    }

    fn done(&self, share: f64) {
        self.told.fetch_add(1, Ordering::Relaxed);
        if share >= 1.0 {
            self.told.store(0, Ordering::Relaxed);
            self.runs.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[test]
fn what_looks_slower_is_measured_again_and_fails_only_if_it_stays_so() {
    let world = World::new();
    let questions = made(&world).questions;
    let baseline = run();
    let trend_when_disturbed = |disturbed| {
        let clock = Disturbed { now: 0.into(), told: 0.into(), runs: 0.into(), disturbed };
        let report = measure_against(&world, &questions, &PLAN, &clock, (&baseline, 10.0));
        let comparison = compare(&baseline, &report.expect("good questions"), 10.0);
        (trends(&comparison)[0], clock.runs.into_inner())
    };
    assert_eq!(trend_when_disturbed(0), (Trend::Same, 1));
    assert_eq!(trend_when_disturbed(1), (Trend::Same, 2));
    assert_eq!(trend_when_disturbed(99), (Trend::Slower, 4));
}

#[test]
fn what_only_one_run_has_and_what_is_decided_otherwise_is_listed() {
    let before = run();
    let mut now = before.clone();
    now.decisions[0].request = "another".to_owned();
    now.decisions[1].decision = "allowed".to_owned();
    now.policies[0].fingerprint = "another".to_owned();
    now.iamwhy = "0.0.0".to_owned();
    let comparison = compare(&before, &now, 10.0);
    assert_eq!(comparison.only_before, [before.decisions[0].request.as_str()]);
    assert_eq!(comparison.only_now, ["another"]);
    let change = &comparison.decisions[0];
    assert_eq!((change.before.as_str(), change.now.as_str()), ("explicitDeny", "allowed"));
    let text = now.text(Some(&comparison), &Look { width: 100, drawn: false, threshold: 10.0 });
    for said in ["iamwhy differs", "text differs of 1 policy: `p`", "explicitDeny", "another"] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn more_time_measures_more_and_little_time_makes_fewer_rounds() {
    let decided = |seconds| {
        let report =
            run_for(Duration::from_millis(10), MeterPlan { time: Duration::from_secs(seconds), ..PLAN });
        let figures = &report.decisions[0].decide;
        (report.rounds, figures.batch * figures.batches as u64)
    };
    let ((rounds, few), (_, many)) = (decided(4), decided(40));
    assert_eq!(rounds, 12);
    assert!((8..=12).contains(&(many / few)), "{few}, {many}");
    assert_eq!(run_for(STEP, MeterPlan { time: Duration::ZERO, ..PLAN }).rounds, 3);
}

#[test]
fn the_shortest_batch_is_the_one_that_there_was() {
    assert_eq!(run().least_batch_ns, 20_000);
}

#[test]
fn fewer_than_a_hundred_batches_have_no_99th_percentile() {
    let look = Look { width: 200, drawn: false, threshold: 10.0 };
    let hurry = MeterPlan { time: Duration::from_millis(1), ..PLAN };
    let (few, many) =
        (run_for(STEP, hurry), run_for(STEP, MeterPlan { time: Duration::from_millis(60), ..PLAN }));
    assert!(few.text(None, &look).contains('–') && !many.text(None, &look).contains('–'));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let report = run();
    for width in [60, 80, 120] {
        let look = Look { width, drawn: true, threshold: 10.0 };
        let text = report.text(Some(&compare(&report, &report, 10.0)), &look);
        let longest = text.lines().map(|line| line.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest <= width), "{text}");
        assert!(text.contains("Configuration"), "the end of a name stays: {text}");
    }
}

#[test]
fn what_policies_take_in_memory_is_summed() {
    let report = run();
    assert_eq!(report.memory.text_bytes, report.policies[0].bytes);
    assert_eq!(report.memory.compiled_bytes, report.policies[0].compiled_bytes);
}

#[test]
fn a_report_survives_being_saved() {
    let report = run();
    let text = serde_json::to_string(&report).expect("data");
    assert_eq!(serde_json::from_str::<Report>(&text).expect("the same"), report);
}

#[test]
fn the_page_fetches_nothing_and_runs_nothing() {
    let report = run();
    let page = report.html(Some(&compare(&report, &report, 10.0)), 10.0);
    assert!(page.contains("class=\"track\"") && page.contains("explicitDeny"));
    assert!(page.contains("Against the baseline"));
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
    assert!(said.contains("Against the baseline") && said.contains("slower"), "{said}");
    files.bench().args(["--baseline", "policy.json"]).assert().code(3);
    let json = files.bench().args(["--baseline", "dream.json", "--format", "json"]).assert().code(1);
    let said = String::from_utf8_lossy(&json.get_output().stderr).into_owned();
    assert!(said.contains("slower than the baseline by more than 10 %"), "{said}");
    let report: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).expect("JSON");
    assert_eq!(report["changes"][0]["trend"], "slower");
    assert!(report["baseline"]["floor_percent"].is_number());
}

#[test]
fn a_baseline_of_other_requests_is_refused() {
    let files = Files::new();
    files.bench().args(["--save", "now.json"]).assert().code(0);
    let refused =
        files.bench().args(["--requests", "requests.json", "--baseline", "now.json"]).assert().code(3);
    let said = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(said.contains("no request in common") && said.contains("`mine`"), "{said}");
}

#[test]
fn a_saved_run_tells_when_and_where_it_was() {
    let files = Files::new();
    files.bench().args(["--save", "now.json"]).assert().code(0);
    let saved = std::fs::read_to_string(files.path("now.json")).expect("saved");
    let report: Report = serde_json::from_str(&saved).expect("a report");
    let about = report.circumstances;
    assert!(about.date.ends_with('Z') && about.cores > 0 && !about.cpu.is_empty(), "{about:?}");
    assert_eq!(about.arguments[..2], ["iamwhy", "bench"]);
    assert_eq!(report.policies[0].fingerprint.len(), 16);
}

#[test]
fn no_time_is_refused() {
    let files = Files::new();
    let mut command = Command::cargo_bin("iamwhy").expect("the binary");
    command.current_dir(&files.0).args(["bench", "--policy", "policy.json", "--seconds", "0"]);
    let refused = command.assert().code(3);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("0.01"));
}
