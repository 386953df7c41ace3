//! The arguments of `test`.

use std::num::NonZeroUsize;

use clap::Args;

use crate::report::TestReport;

/// `test`
#[derive(Debug, Args)]
pub(in crate::cli) struct TestTask {
    /// Scripts, or folders of them
    #[arg(required = true)]
    pub(super) paths: Vec<String>,
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
    #[arg(long, value_name = "FORM[=FILE]", value_delimiter = ',', value_parser = wanted)]
    pub(super) report: Vec<Wanted>,
}

/// A report and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The form.
    pub(super) form: TestReport,
    /// The file; `None` = standard output.
    pub(super) file: Option<String>,
}

fn wanted(text: &str) -> Result<Wanted, String> {
    let (word, file) = match text.split_once('=') {
        Some((word, file)) => (word, Some(file.to_owned()).filter(|file| file != "-")),
        None => (text, None),
    };
    let known: Vec<&str> = TestReport::ALL.into_iter().map(TestReport::as_str).collect();
    let form = TestReport::parse(word)
        .ok_or_else(|| format!("there is no report `{word}`; there are {}", known.join(", ")))?;
    Ok(Wanted { form, file })
}
