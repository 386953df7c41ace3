//! `bench`: what a decision costs on anybody's own policies.

mod arguments;
mod askers;

pub(super) use askers::{askers, named};
mod clock;
mod machine;
mod questions;
mod rows;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

pub(super) use arguments::BenchTask;

use super::exit::Exit;
use super::files;
use super::output::Output;
use super::policies::documents;
use super::world::{Start, source};
use crate::bench::{
    BaselineComparison, Drift, Look, Made, MeterPlan, Named, Report, Trend, Unreached, as_batch, compare,
    make_questions, measure, measure_against,
};
use crate::disk::Disk;
use crate::policy::PolicyType;
use crate::report::{Format, Style, diagnostics};
use crate::session::{Existing, Outside, Session, placed};
use crate::source::{Diagnostic, printable_json};
use crate::world::{GivenPolicies, NamedDocument};

/// The shortest measurement that tells anything.
const LEAST_SECONDS: f64 = 0.01;

/// Measures, compares and reports; as JSON in one object, with the messages inside.
pub(super) fn bench(start: &Start, task: &BenchTask, output: &Output) -> Result<Exit, Exit> {
    output.hold();
    let done = try_bench(start, task, output);
    output.complain(&output.held());
    done
}

fn try_bench(start: &Start, task: &BenchTask, output: &Output) -> Result<Exit, Exit> {
    check_files(&start.worlds, task).map_err(|wrong| output.invalid(&[wrong]))?;
    let session = if task.policy.is_empty() { start.or_demo(output)? } else { start.or_empty(output)? };
    let baseline = task.baseline.as_ref().map(|path| saved(path, output)).transpose()?;
    let Made { questions, unreached } = questions(&session, task, output)?;
    if let Some(before) = &baseline {
        comparable(before, &questions, output)?;
    }
    if let Some(path) = &task.save_requests {
        write(path, &as_batch(&questions), output)?;
    }
    let mut report = measured(&session, &questions, task, baseline.as_ref(), output)?;
    (report.unreached, report.unreached_why) =
        unreached.into_iter().map(|Unreached { statement, why }| (statement, why)).unzip();
    report.circumstances = machine::circumstances(Disk.now());
    report.memory.peak_process_bytes = machine::peak_bytes();
    let comparison = baseline.map(|before| compare(&before, &report, task.threshold));
    show(task, &report, comparison.as_ref(), output)?;
    let slower = comparison.as_ref().map_or_else(Vec::new, slower);
    if format(output) == Format::Json && !slower.is_empty() {
        output.say_beside(&too_slow(&slower, task.threshold));
    }
    Ok(if slower.is_empty() { Exit::Done } else { Exit::Failed })
}

/// What is wrong with the names of the files that are to be written.
fn check_files(worlds: &[String], task: &BenchTask) -> Result<(), Diagnostic> {
    let written = [("--save", &task.save), ("--html", &task.html), ("--save-requests", &task.save_requests)];
    let written = written.iter().filter_map(|(option, path)| Some((*option, path.as_deref()?)));
    if let Some((option, _)) = written.clone().find(|(_, path)| *path == "-") {
        let what = format!("`{option}` needs the name of a file; standard output is for the report");
        return Err(Diagnostic::error("no-file", what).help("`--format json` prints the figures as JSON"));
    }
    let given = task.policy.iter().map(|path| ("--policy", path.as_str()));
    let given = given.chain(task.requests.iter().map(|path| ("--requests", path.as_str())));
    files::check(given.chain(worlds.iter().map(|path| ("--world", path.as_str()))), written)
}

fn show(
    task: &BenchTask,
    report: &Report,
    comparison: Option<&BaselineComparison>,
    output: &Output,
) -> Result<(), Exit> {
    if let Some(path) = &task.save {
        write(path, &json(report, None, &[]), output)?;
    }
    if let Some(path) = &task.html {
        write(path, &report.html(comparison, task.threshold), output)?;
    }
    let text = match format(output) {
        Format::Json => json(report, comparison, &output.held()),
        format => {
            let (width, drawn) = (output.style().width, format == Format::Text);
            report.text(comparison, &Look { width, drawn, threshold: task.threshold })
        }
    };
    output.print(&text);
    Ok(())
}

fn slower(comparison: &BaselineComparison) -> Vec<&Drift> {
    comparison.changes.iter().filter(|change| change.trend == Trend::Slower).collect()
}

/// Why the exit code is that of a failure, where a program reads the rest.
fn too_slow(slower: &[&Drift], threshold: f64) -> String {
    let shown: Vec<String> =
        slower.iter().take(3).map(|change| format!("{} {:+.1} %", change.what, change.percent)).collect();
    let more = if slower.len() > 3 { format!(" and {} more", slower.len() - 3) } else { String::new() };
    format!("slower than the baseline by more than {threshold} %: {}{more}", shown.join(", "))
}

/// Text also where nobody watches: histograms are for logs, too, unless they are plain.
fn format(output: &Output) -> Format {
    output.asked().unwrap_or(Format::Text)
}

fn questions(session: &Session, task: &BenchTask, output: &Output) -> Result<Made, Exit> {
    let mut identity = Vec::new();
    for path in &task.policy {
        let documents = documents(path, PolicyType::IdentityBased, output)?;
        for mut document in documents {
            // Files of one name in two folders.
            if identity.iter().any(|known: &NamedDocument| known.name == document.name) {
                document.name = format!("{} ({path})", document.name).into();
            }
            identity.push(document);
        }
    }
    let identity = Some(identity).filter(|documents| !documents.is_empty());
    let given = Arc::new(GivenPolicies { identity, ..GivenPolicies::default() });
    let made = match &task.requests {
        Some(path) => {
            let source = source(path, output)?;
            let read = questions::read(&source, session, task.principal.as_deref(), &given, Disk.now());
            let read = read.map_err(|wrong| output.invalid(&[wrong]))?;
            output.complain(&read.warnings);
            if !read.errors.is_empty() {
                return Err(output.invalid(&read.errors));
            }
            Made { questions: read.questions, unreached: Vec::new() }
        }
        None => {
            let askers = askers::askers(session, task.principal.as_deref(), &given);
            let askers = askers.map_err(|wrong| output.invalid(&[wrong]))?;
            make_questions(session.world(), &askers, Disk.now())
        }
    };
    match made.questions.is_empty() {
        true => Err(output.invalid(&nothing_to_measure(&made.unreached))),
        false => Ok(Made { questions: questions::distinct(made.questions), ..made }),
    }
}

fn measured(
    session: &Session,
    questions: &[Named],
    task: &BenchTask,
    baseline: Option<&Report>,
    output: &Output,
) -> Result<Report, Exit> {
    let plan =
        MeterPlan { time: seconds(task.seconds, output)?, threads: machine::cores(), ..MeterPlan::default() };
    let (world, clock) = (session.world(), clock::Stopwatch::new());
    let report = match baseline {
        None => measure(world, questions, &plan, &clock),
        Some(before) => measure_against(world, questions, &plan, &clock, (before, task.threshold)),
    };
    report.map_err(|(number, error)| {
        let asked = questions.get(number).map_or("", |question| question.name.as_str());
        let source = crate::source::Source::new("<request>", asked);
        let place = crate::source::Place::new(&source, crate::source::Span::new(0, asked.len() as u32));
        output.invalid(&[placed(error, &place)])
    })
}

fn seconds(seconds: f64, output: &Output) -> Result<Duration, Exit> {
    let time = Duration::try_from_secs_f64(seconds).ok().filter(|_| seconds >= LEAST_SECONDS);
    time.ok_or_else(|| {
        let what = format!("`--seconds {seconds}` is no time to measure in");
        let help = format!("`{LEAST_SECONDS}` is the least; `3` is what is taken without it");
        output.invalid(&[Diagnostic::error("bad-seconds", what).help(help)])
    })
}

/// A comparison without anything to compare is none.
fn comparable(before: &Report, questions: &[Named], output: &Output) -> Result<(), Exit> {
    let known = |named: &Named| before.decisions.iter().any(|decision| decision.request == named.name);
    if questions.iter().any(known) {
        return Ok(());
    }
    let first = |name: Option<&str>| name.map_or_else(|| "none".to_owned(), |name| format!("`{name}`"));
    let what = format!(
        "the baseline and this run have no request in common: its first is {}, the first of this run {}",
        first(before.decisions.first().map(|decision| decision.request.as_str())),
        first(questions.first().map(|question| question.name.as_str())),
    );
    let help = "requests made from a policy are named after its file; `--requests FILE` names them itself";
    Err(output.invalid(&[Diagnostic::error("nothing-comparable", what).help(help)]))
}

fn saved(path: &str, output: &Output) -> Result<Report, Exit> {
    let source = source(path, output)?;
    serde_json::from_str(source.text()).map_err(|wrong| {
        let what = format!("`{path}` holds no figures: {wrong}");
        output.invalid(&[Diagnostic::error("bad-baseline", what).help("`--save FILE` writes them")])
    })
}

fn json(report: &Report, comparison: Option<&BaselineComparison>, warnings: &[Diagnostic]) -> String {
    let mut value = serde_json::to_value(report).unwrap_or_default();
    if let Some(comparison) = comparison {
        value["changes"] = serde_json::to_value(&comparison.changes).unwrap_or_default();
        value["baseline"] = serde_json::to_value(comparison).unwrap_or_default();
    }
    if !warnings.is_empty() {
        let style = Style { format: Format::Json, colour: false, width: 0 };
        let lines = diagnostics(warnings, &style);
        value["warnings"] =
            lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).collect();
    }
    let text = serde_json::to_string_pretty(&value).unwrap_or_default();
    printable_json(&text).into_owned() + "\n"
}

fn write(path: &str, text: &str, output: &Output) -> Result<(), Exit> {
    let written = Disk.write(path, text, Existing::Replaced);
    output.wrote(path, written.map_err(|wrong| output.invalid(&[wrong.into()]))?);
    Ok(())
}

/// How many statements are named that nothing reaches.
const NAMED: usize = 20;

/// Why there is nothing, statement by statement.
fn nothing_to_measure(unreached: &[Unreached]) -> Vec<Diagnostic> {
    let miss = |missed: &Unreached| {
        let what = format!("no request reaches {}: {}", missed.statement, missed.why);
        Diagnostic::warning("unreached", what)
    };
    let mut all: Vec<Diagnostic> = unreached.iter().take(NAMED).map(miss).collect();
    let why = match unreached.len() {
        0 => "the policies have no statements".to_owned(),
        1 => "no request reaches the one statement".to_owned(),
        count => format!("no request reaches any of {count} statements"),
    };
    let help = "`--requests FILE` gives requests, `--policy FILE` policies to make them from";
    all.push(Diagnostic::error("no-requests", format!("there is nothing to measure: {why}")).help(help));
    all
}
