//! The arguments of `test`.

use std::num::NonZeroUsize;

use clap::Args;

use crate::cli::percent::percent;
use crate::report::{CoverageReport, MutationReport, TestReport};

/// `test`
#[derive(Debug, Args)]
pub(crate) struct TestTask {
    /// Scripts, or folders of them
    #[arg(required_unless_present = "init")]
    pub(super) paths: Vec<String>,
    /// Writes a script to start with, of the world of `--world` with today's answers: to PATH, or standard output
    #[arg(long, conflicts_with_all = ["run", "fail_fast", "list", "watch", "jobs", "report", "coverage",
        "coverage_threshold", "mutate", "mutate_threshold", "allow_empty"])]
    pub(super) init: bool,
    /// Only the expectations whose `file: section: text` the regular expression matches
    #[arg(long, value_name = "REGEX")]
    pub(super) run: Option<String>,
    /// Ends after the first expectation that does not hold
    #[arg(long)]
    pub(super) fail_fast: bool,
    /// Lists the expectations
    #[arg(long, conflicts_with_all = ["fail_fast", "watch", "report"])]
    pub(super) list: bool,
    /// Runs again what a changed file affects
    #[arg(long, conflicts_with_all = ["fail_fast", "report"])]
    pub(super) watch: bool,
    /// How many scripts run at the same time
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    /// Reports: `junit=FILE,sarif=FILE,tap`; without a file on standard output; may be repeated
    #[arg(long, value_name = "FORM[=FILE]", value_delimiter = ',', value_parser = |text: &str| wanted(text, &TestReport::ALL))]
    pub(super) report: Vec<ReportFile<TestReport>>,
    /// What of the policies the expectations exercise: text, json, lcov or listing
    #[arg(long, value_name = "FORM[=FILE]", num_args = 0..=1, require_equals = true,
        default_missing_value = "text", value_parser = |text: &str| wanted(text, &CoverageReport::ALL))]
    pub(super) coverage: Option<ReportFile<CoverageReport>>,
    /// The percentage that has to be covered
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(super) coverage_threshold: Option<f64>,
    /// Which small changes to the policies no expectation notices: text or json
    #[arg(long, value_name = "FORM[=FILE]", num_args = 0..=1, require_equals = true,
        default_missing_value = "text", value_parser = |text: &str| wanted(text, &MutationReport::ALL))]
    pub(super) mutate: Option<ReportFile<MutationReport>>,
    /// The percentage of the changes that has to be noticed
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(super) mutate_threshold: Option<f64>,
    /// A run in which nothing is tested, covered or changed is no error
    #[arg(long)]
    pub(super) allow_empty: bool,
}

/// A report and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReportFile<F> {
    /// The form.
    pub(super) form: F,
    /// The file; `None` = standard output.
    pub(super) file: Option<String>,
}

/// The report that an argument wants, of all that there are.
fn wanted<F: Copy>(text: &str, all: &[(&str, F)]) -> Result<ReportFile<F>, String> {
    let (word, file) = form_and_file(text);
    match all.iter().find(|(known, _)| *known == word) {
        Some((_, form)) => Ok(ReportFile { form: *form, file }),
        None => {
            let known: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
            Err(format!("there is no report `{word}`; there are {}", known.join(", ")))
        }
    }
}

fn form_and_file(text: &str) -> (&str, Option<String>) {
    match text.split_once('=') {
        Some((word, file)) => (word, Some(file.to_owned()).filter(|file| file != "-")),
        None => (text, None),
    }
}
