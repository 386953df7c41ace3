//! `bench`: what a decision costs on anybody's own policies.

mod questions;

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use clap::Args;

use super::arguments::{Cli, FormatName};
use super::disk::Disk;
use super::exit::Exit;
use super::output::Output;
use super::world::{Start, session, source};
use crate::bench::{Change, Made, Plan, Question, Report, Trend, compare, make_questions, measure};
use crate::policy::PolicyType;
use crate::report::Format;
use crate::session::{Outside, Session, placed};
use crate::source::Diagnostic;
use crate::world::GivenPolicies;

/// `bench`
#[derive(Debug, Args)]
pub(super) struct BenchTask {
    /// An identity-based policy, or a list of them, in place of the principal's; may be repeated
    #[arg(long, value_name = "FILE")]
    policy: Vec<String>,
    /// The requests: an object of them, or a batch; without it they are made from the policies
    #[arg(long, value_name = "FILE")]
    requests: Option<String>,
    /// Who asks, where the requests do not say it
    #[arg(long, value_name = "PRINCIPAL")]
    principal: Option<String>,
    /// How long to measure, about
    #[arg(long, value_name = "SECONDS", default_value_t = 3.0)]
    seconds: f64,
    /// Writes the figures to a file, as JSON
    #[arg(long, value_name = "FILE")]
    save: Option<String>,
    /// Compares with figures that were saved
    #[arg(long, value_name = "FILE")]
    baseline: Option<String>,
    /// How many percent slower than the baseline is a failure
    #[arg(long, value_name = "PERCENT", default_value_t = 10.0)]
    threshold: f64,
    /// Writes a page with plots
    #[arg(long, value_name = "FILE")]
    html: Option<String>,
}

/// The moment from which the time of measurements counts.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Measures, compares and reports.
pub(super) fn bench(cli: &Cli, task: &BenchTask, output: &Output) -> Result<Exit, Exit> {
    let start = if task.policy.is_empty() { Start::Demo } else { Start::Empty };
    let session = session(cli, output, start)?;
    let baseline = task.baseline.as_ref().map(|path| saved(path, output)).transpose()?;
    let Made { questions, unreached } = questions(&session, task, output)?;
    let report = Report { unreached, ..measured(&session, &questions, task, output)? };
    let changes = baseline.map_or_else(Vec::new, |before| compare(&before, &report, task.threshold));
    if let Some(path) = &task.save {
        write(path, &json(&report, &[]), output)?;
    }
    if let Some(path) = &task.html {
        write(path, &report.html(&changes, task.threshold), output)?;
    }
    match format(cli) {
        Format::Json => output.print(&json(&report, &changes)),
        format => output.print(&report.text(&changes, task.threshold, format == Format::Text)),
    }
    let slower = changes.iter().any(|change| change.trend == Trend::Slower);
    Ok(if slower { Exit::Failed } else { Exit::Done })
}

/// Text also where nobody watches: histograms are for logs, too, unless they are plain.
fn format(cli: &Cli) -> Format {
    cli.format.unwrap_or(FormatName::Text).into()
}

fn questions(session: &Session, task: &BenchTask, output: &Output) -> Result<Made, Exit> {
    let mut identity = Vec::new();
    for path in &task.policy {
        identity.extend(super::question::documents(path, PolicyType::IdentityBased, output)?);
    }
    let given = GivenPolicies {
        identity: Some(identity).filter(|documents| !documents.is_empty()),
        ..GivenPolicies::default()
    };
    let made = match &task.requests {
        Some(path) => {
            let source = source(path, output)?;
            let questions = questions::read(&source, session, task.principal.as_deref(), &given);
            let questions = questions.map_err(|wrong| complain(wrong, output))?;
            Made { questions, unreached: Vec::new() }
        }
        None => {
            let askers = questions::askers(session, task.principal.as_deref(), &given);
            let askers = askers.map_err(|wrong| complain(wrong, output))?;
            make_questions(session.world(), &askers, Disk.now())
        }
    };
    match made.questions.is_empty() {
        true => Err(complain(nothing_to_measure(), output)),
        false => Ok(Made { questions: questions::distinct(made.questions), ..made }),
    }
}

fn measured(
    session: &Session,
    questions: &[Question],
    task: &BenchTask,
    output: &Output,
) -> Result<Report, Exit> {
    let time = Duration::try_from_secs_f64(task.seconds).map_err(|_| {
        let what = format!("`{}` is no number of seconds", task.seconds);
        complain(Diagnostic::error("bad-seconds", what), output)
    })?;
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let plan = Plan { time, threads, ..Plan::default() };
    let now = Disk.now();
    measure(session.world(), questions, now, &plan, &|| START.elapsed()).map_err(|(number, error)| {
        let asked = questions.get(number).map_or("", |question| question.name.as_str());
        let source = crate::source::Source::new("<request>", asked);
        let place = crate::source::Place::new(&source, crate::source::Span::new(0, asked.len() as u32));
        complain(placed(error, &place), output)
    })
}

fn saved(path: &str, output: &Output) -> Result<Report, Exit> {
    let source = source(path, output)?;
    serde_json::from_str(source.text()).map_err(|wrong| {
        let what = format!("`{path}` holds no figures: {wrong}");
        complain(Diagnostic::error("bad-baseline", what).help("`--save FILE` writes them"), output)
    })
}

fn json(report: &Report, changes: &[Change]) -> String {
    let mut value = serde_json::to_value(report).unwrap_or_default();
    if !changes.is_empty() {
        value["changes"] = serde_json::to_value(changes).unwrap_or_default();
    }
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

fn write(path: &str, text: &str, output: &Output) -> Result<(), Exit> {
    Disk.write(path, text).map_err(|wrong| complain(wrong.into(), output))
}

fn complain(wrong: Diagnostic, output: &Output) -> Exit {
    output.complain(&[wrong]);
    Exit::Invalid
}

fn nothing_to_measure() -> Diagnostic {
    Diagnostic::error(
        "no-requests",
        "there is nothing to measure: no request is given, and no statement is reached",
    )
    .help("`--requests FILE` gives requests, `--policy FILE` policies to make them from")
}
