//! `test`: the expectations of scripts, each script in a world of its own.

mod arguments;
mod coverage;
mod find;
mod finish;
mod init;
mod pool;
mod progress;
mod script;
mod sections;
mod watch;

use std::path::PathBuf;
use std::thread::available_parallelism;

use regex_lite::Regex;

use super::arguments::Cli;
use super::exit::Exit;
use super::output::Output;
use super::world::{Start, session};
pub(super) use arguments::TestTask;
use arguments::Wanted;
use pool::{Then, in_parallel};
use progress::Progress;
use script::{Options, RanScript, run_one};

use crate::report::{Format, TestCase, TestReport, TestResult};
use crate::source::Diagnostic;

/// Runs every script in a world of its own.
pub(super) fn test(cli: &Cli, task: &TestTask, output: &Output) -> Result<Exit, Exit> {
    if task.init {
        return init::init(cli, task, output);
    }
    let runner = Runner::new(cli, task, output)?;
    let scripts = runner.find()?;
    if task.list {
        return Ok(runner.list(&scripts));
    }
    if task.watch {
        runner.watch(scripts);
    }
    let ran = runner.run(&scripts);
    runner.finish(ran)
}

/// What runs the scripts and says how it went.
struct Runner<'t> {
    task: &'t TestTask,
    output: &'t Output,
    options: Options,
    reports: Vec<Wanted<TestReport>>,
}

impl<'t> Runner<'t> {
    fn new(cli: &Cli, task: &'t TestTask, output: &'t Output) -> Result<Self, Exit> {
        let only = task.run.as_deref().map(Regex::new).transpose().map_err(|wrong| {
            let what = format!("`--run` is no regular expression: {wrong}");
            invalid(output, Diagnostic::error("bad-regex", what))
        })?;
        let mut reports = task.report.clone();
        if reports.is_empty() && cli.format.map(Format::from) == Some(Format::Json) {
            reports.push(Wanted { form: TestReport::Json, file: None });
        }
        let start = session(cli, output, Start::Empty)?;
        let options = Options {
            start,
            only,
            fail_fast: task.fail_fast,
            coverage: task.coverage.is_some() || task.coverage_threshold.is_some(),
            mutate: task.mutate.is_some() || task.mutate_threshold.is_some(),
        };
        let runner = Self { task, output, options, reports };
        if runner.machine_output() > 1 {
            let what = "only one report can go to standard output";
            let help = "give the others a file: `--report tap,junit=report.xml`";
            return Err(invalid(output, Diagnostic::error("two-reports", what).help(help)));
        }
        Ok(runner)
    }

    fn find(&self) -> Result<Vec<PathBuf>, Exit> {
        find::scripts(&self.task.paths).map_err(|wrong| invalid(self.output, wrong))
    }

    fn jobs(&self) -> usize {
        self.task.jobs.or(available_parallelism().ok()).map_or(1, Into::into)
    }

    /// Runs scripts and shows what does not hold, in order.
    fn run(&self, scripts: &[PathBuf]) -> Vec<RanScript> {
        let mut ran = Vec::new();
        let progress = Progress::new(scripts.len());
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
            self.output.complain(case.result.diagnostics());
        }
        self.output.complain(&script.tested.remarks);
    }

    /// Lists the expectations.
    fn list(&self, scripts: &[PathBuf]) -> Exit {
        let mut worst = Exit::Done;
        let work = |number: usize| run_one(&scripts[number], &self.options);
        in_parallel(self.jobs(), scripts.len(), work, |_, script: RanScript| {
            for case in &script.tested.cases {
                if matches!(case.result, TestResult::Invalid(_)) {
                    self.output.complain(case.result.diagnostics());
                    worst = Exit::Invalid;
                } else {
                    self.output.print(&listed(case));
                }
            }
            Then::GoOn
        });
        worst
    }
}

fn invalid(output: &Output, wrong: Diagnostic) -> Exit {
    output.complain(&[wrong]);
    Exit::Invalid
}

fn listed(case: &TestCase) -> String {
    format!("{}:{}: {}\n", case.place.source.name(), case.place.line_column().line, case.title())
}
