//! `test`: the expectations of scripts, each script in a world of its own.

mod arguments;
mod coverage;
mod find;
mod init;
mod pool;
mod script;
mod sections;
mod watch;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::thread::available_parallelism;

use regex_lite::Regex;

use super::arguments::Cli;
use super::disk::Disk;
use super::exit::Exit;
use super::output::Output;
use super::world::{Start, session};
pub(super) use arguments::TestTask;
use arguments::Wanted;
use pool::{Then, in_parallel};
use script::{Options, RanScript, run_one};
use watch::Watch;

use crate::analysis::{Coverage, Mutation};
use crate::report::{CoverageReport, Format, MutationReport, TestCase, TestReport, TestResult, TestRun};
use crate::session::Outside;
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

    /// Writes the reports and the summary.
    fn finish(&self, ran: Vec<RanScript>) -> Result<Exit, Exit> {
        let (mut run, mut coverage) = (TestRun::default(), Coverage::default());
        let mut mutation = Mutation::default();
        for script in ran {
            run.scripts.push(script.tested);
            coverage.merge(script.coverage);
            mutation.add(script.mutated);
        }
        for report in &self.reports {
            self.write(report.file.as_deref(), &report.form.render(&run))?;
        }
        let worst = exit(&run).max(self.covered(&coverage)?).max(self.noticed(&mutation)?);
        self.say(&format!("{}\n", run.summary()));
        Ok(worst)
    }

    /// Reports the coverage, and whether it is enough.
    fn covered(&self, coverage: &Coverage) -> Result<Exit, Exit> {
        if let Some(wanted) = &self.task.coverage {
            let text = wanted.form.render(coverage);
            match (wanted.form, &wanted.file) {
                (CoverageReport::Text, None) => self.say(&text),
                (_, file) => self.write(file.as_deref(), &text)?,
            }
        }
        match self.task.coverage_threshold {
            Some(least) if coverage.percent() < least => {
                let what = format!("coverage is {:.1} %, less than {least} %", coverage.percent());
                let help = "`--coverage` lists what no expectation exercises";
                self.output.complain(&[Diagnostic::error("coverage-too-low", what).help(help)]);
                Ok(Exit::Failed)
            }
            _ => Ok(Exit::Done),
        }
    }

    /// Reports the mutants, and whether enough of them were noticed.
    fn noticed(&self, mutation: &Mutation) -> Result<Exit, Exit> {
        if let Some(wanted) = &self.task.mutate {
            let text = wanted.form.render(mutation);
            match (wanted.form, &wanted.file) {
                (MutationReport::Text, None) => self.say(&text),
                (_, file) => self.write(file.as_deref(), &text)?,
            }
        }
        match self.task.mutate_threshold {
            Some(least) if mutation.percent() < least => {
                let what =
                    format!("{:.1} % of the mutants were noticed, less than {least} %", mutation.percent());
                let help = "`--mutate` lists those that no expectation notices";
                self.output.complain(&[Diagnostic::error("mutants-unnoticed", what).help(help)]);
                Ok(Exit::Failed)
            }
            _ => Ok(Exit::Done),
        }
    }

    fn write(&self, file: Option<&str>, text: &str) -> Result<(), Exit> {
        match file {
            None => self.output.print(text),
            Some(file) => Disk.write(file, text).map_err(|wrong| invalid(self.output, wrong.into()))?,
        }
        Ok(())
    }

    /// Says something to people: on standard output, unless that is for a machine.
    fn say(&self, text: &str) {
        match self.machine_output() > 0 {
            true => self.output.print_error(text),
            false => self.output.print(text),
        }
    }

    /// How many reports for machines go to standard output.
    fn machine_output(&self) -> usize {
        let coverage = self
            .task
            .coverage
            .iter()
            .filter(|wanted| wanted.file.is_none() && wanted.form != CoverageReport::Text);
        let mutation = self
            .task
            .mutate
            .iter()
            .filter(|wanted| wanted.file.is_none() && wanted.form != MutationReport::Text);
        let reports = self.reports.iter().filter(|report| report.file.is_none());
        reports.count() + coverage.count() + mutation.count()
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

    /// Runs the scripts, and again what a changed file affects, until the program is ended.
    fn watch(&self, mut scripts: Vec<PathBuf>) -> ! {
        let mut watch = Watch::default();
        let mut ran = self.run(&scripts);
        loop {
            let run = TestRun { scripts: ran.iter().map(|script| script.tested.clone()).collect() };
            self.output.print(&format!("{}; watching\n", run.summary()));
            watch.follow(ran.iter().flat_map(|script| &script.files));
            let find = || find::scripts(&self.task.paths).unwrap_or_default();
            let changed = watch.wait(&scripts, find);
            let old: Vec<(PathBuf, RanScript)> = scripts.into_iter().zip(ran).collect();
            scripts = find();
            ran = self.again(&scripts, old, |script| script.files.is_disjoint(&changed));
        }
    }

    /// Runs the scripts whose last run is not good any more.
    fn again(
        &self,
        scripts: &[PathBuf],
        old: Vec<(PathBuf, RanScript)>,
        stays: impl Fn(&RanScript) -> bool,
    ) -> Vec<RanScript> {
        let mut kept: Vec<(PathBuf, RanScript)> = old.into_iter().filter(|(_, ran)| stays(ran)).collect();
        let is_kept = |path: &PathBuf| kept.iter().any(|(own, _)| own == path);
        let fresh: Vec<PathBuf> = scripts.iter().filter(|path| !is_kept(path)).cloned().collect();
        kept.extend(fresh.iter().cloned().zip(self.run(&fresh)));
        kept.retain(|(path, _)| scripts.contains(path));
        kept.sort_by_key(|(path, _)| scripts.iter().position(|script| script == path));
        kept.into_iter().map(|(_, ran)| ran).collect()
    }
}

fn invalid(output: &Output, wrong: Diagnostic) -> Exit {
    output.complain(&[wrong]);
    Exit::Invalid
}

fn listed(case: &TestCase) -> String {
    format!("{}:{}: {}\n", case.place.source.name(), case.place.line_column().line, case.title())
}

fn exit(run: &TestRun) -> Exit {
    let counts = run.counts();
    match (counts.invalid, counts.failed) {
        (0, 0) => Exit::Done,
        (0, _) => Exit::Failed,
        _ => Exit::Invalid,
    }
}

/// How far the run is, where a terminal shows it.
struct Progress {
    count: usize,
    shown: bool,
}

impl Progress {
    fn new(count: usize) -> Self {
        Self { count, shown: std::io::stderr().is_terminal() && count > 1 }
    }

    fn show(&self, done: usize) {
        self.write(&format!("\r{done} of {} scripts", self.count));
    }

    fn clear(&self) {
        self.write("\r\x1b[K");
    }

    fn write(&self, text: &str) {
        if self.shown {
            // Nothing depends on it.
            let _ = std::io::stderr().write_all(text.as_bytes());
        }
    }
}
