//! What is said at the end of a run: reports, coverage, mutation, the summary.

use super::runner::Runner;
use super::script::RanScript;
use crate::analysis::{Coverage, Mutation};
use crate::cli::disk::Disk;
use crate::cli::exit::Exit;
use crate::report::{CoverageReport, MutationReport, TestRun};
use crate::session::Outside;
use crate::source::Diagnostic;

impl Runner<'_> {
    /// Writes the reports and the summary.
    pub(super) fn finish(&self, ran: Vec<RanScript>) -> Result<Exit, Exit> {
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
            Some(file) => Disk.write(file, text).map_err(|wrong| self.output.invalid(&[wrong.into()]))?,
        }
        Ok(())
    }

    /// Says something to people: on standard output, unless that is for a machine.
    fn say(&self, text: &str) {
        if self.machine_output() > 0 { self.output.print_error(text) } else { self.output.print(text) }
    }

    /// How many reports for machines go to standard output.
    pub(super) fn machine_output(&self) -> usize {
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
}

fn exit(run: &TestRun) -> Exit {
    let counts = run.counts();
    match (counts.invalid, counts.failed) {
        (0, 0) => Exit::Done,
        (0, _) => Exit::Failed,
        _ => Exit::Invalid,
    }
}
