//! What runs the scripts.

use std::path::PathBuf;
use std::thread::available_parallelism;

use regex_lite::Regex;

use super::arguments::{ReportFile, TestTask};
use super::find;
use super::script::{Options, RanScript, run_one};
use crate::cli::exit::Exit;
use crate::cli::output::Output;
use crate::cli::pool::{Then, in_parallel};
use crate::cli::progress::Progress;
use crate::cli::world::Start;
use crate::report::{Format, TestCase, TestReport, TestResult};
use crate::source::Diagnostic;

/// What runs the scripts and says how it went.
pub(super) struct Runner<'t> {
    pub(super) task: &'t TestTask,
    /// The files of `--world`.
    pub(super) worlds: &'t [String],
    pub(super) output: &'t Output,
    options: Options,
    pub(super) reports: Vec<ReportFile<TestReport>>,
}

impl<'t> Runner<'t> {
    /// A runner as the arguments want it; what is wrong with them is said.
    pub(super) fn new(start: &'t Start, task: &'t TestTask, output: &'t Output) -> Result<Self, Exit> {
        let only = task.run.as_deref().map(Regex::new).transpose().map_err(|wrong| {
            let what = format!("`--run` is no regular expression: {wrong}");
            output.invalid(&[Diagnostic::error("bad-regex", what)])
        })?;
        let mut reports = task.report.clone();
        if reports.is_empty() && output.asked() == Some(Format::Json) {
            reports.push(ReportFile { form: TestReport::Json, file: None });
        }
        let options = Options {
            start: start.or_empty(output)?,
            only,
            allow_outside: start.allow_outside,
            fail_fast: task.fail_fast,
            coverage: task.coverage.is_some() || task.coverage_threshold.is_some(),
            mutate: task.mutate.is_some() || task.mutate_threshold.is_some(),
            strict: start.strict,
        };
        let runner = Self { task, worlds: &start.worlds, output, options, reports };
        if runner.machine_output() > 1 {
            let what = "only one report can go to standard output";
            let help = "give the others a file: `--report tap,junit=report.xml`";
            return Err(output.invalid(&[Diagnostic::error("two-reports", what).help(help)]));
        }
        Ok(runner)
    }

    pub(super) fn find(&self) -> Result<Vec<PathBuf>, Exit> {
        self.scripts().map_err(|wrong| self.output.invalid(&[wrong]))
    }

    /// The scripts that are there now.
    pub(super) fn scripts(&self) -> Result<Vec<PathBuf>, Diagnostic> {
        find::scripts(&self.task.paths, self.options.allow_outside, self.task.allow_empty)
    }

    fn jobs(&self) -> usize {
        self.task.jobs.or(available_parallelism().ok()).map_or(1, Into::into)
    }

    /// Runs scripts and shows what does not hold, in order.
    pub(super) fn run(&self, scripts: &[PathBuf]) -> Vec<RanScript> {
        let mut ran = Vec::new();
        let progress = Progress::new(scripts.len(), "scripts");
        let work = |number: usize| run_one(&scripts[number], &self.options);
        in_parallel(self.jobs(), scripts.len(), work, |number, script: RanScript| {
            progress.clear();
            self.show(&script);
            let stop = self.options.fail_fast && !script.is_good();
            ran.push(script);
            progress.show(number + 1);
            if stop { Then::Stop } else { Then::GoOn }
        });
        progress.clear();
        ran
    }

    /// Shows what does not hold, and what is worth knowing.
    fn show(&self, script: &RanScript) {
        for case in &script.tested.cases {
            self.output.complain(&case.diagnostics());
        }
        self.output.complain(&script.tested.remarks);
    }

    pub(super) fn list(&self, scripts: &[PathBuf]) -> Exit {
        let mut worst = Exit::Done;
        let mut listed = Vec::new();
        let work = |number: usize| run_one(&scripts[number], &self.options);
        in_parallel(self.jobs(), scripts.len(), work, |_, script: RanScript| {
            for case in &script.tested.cases {
                if matches!(case.result, TestResult::Invalid(_)) {
                    self.output.complain(&case.diagnostics());
                    worst = Exit::Invalid;
                } else {
                    self.output.say(&line(case));
                }
            }
            listed.push(script.tested);
            Then::GoOn
        });
        worst.max(self.some(listed.iter()))
    }
}

fn line(case: &TestCase) -> String {
    format!("{}:{}: {}", case.place.source.name(), case.place.line_column().line, case.title())
}
