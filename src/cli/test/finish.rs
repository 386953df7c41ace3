//! What is said at the end of a run: reports, coverage, mutation, the summary.

use super::arguments::ReportFile;
use super::runner::Runner;
use super::script::RanScript;
use crate::analysis::{Coverage, Mutation, TriedStatements};
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::disk::Disk;
use crate::report::{CoverageReport, MutationReport, TestReport, TestRun};
use crate::session::{Existing, Outside};
use crate::source::Diagnostic;

impl Runner<'_> {
    /// Writes the reports and the summary.
    pub(super) fn finish(&self, ran: Vec<RanScript>) -> Result<Exit, Exit> {
        self.check_files(&ran).map_err(|wrong| self.output.invalid(&[wrong]))?;
        let (mut run, mut coverage) = (TestRun::default(), Coverage::default());
        let mut mutation = Mutation::default();
        for script in ran {
            run.scripts.push(script.tested);
            coverage.merge(script.coverage);
            mutation.add(script.mutated);
        }
        for report in &self.reports {
            let text = report.form.render(&run);
            match report.form {
                TestReport::Github if report.file.is_none() => self.output.print_as_it_stands(&text),
                _ => self.write(report.file.as_deref(), &text)?,
            }
        }
        let mut worst = exit(&run).max(self.covered(&coverage)?).max(self.noticed(&mutation)?);
        if exit(&run) != Exit::Invalid {
            worst = worst.max(self.is_something(&run, &coverage, &mutation));
        }
        self.say(&format!("{}\n", run.summary()));
        Ok(worst)
    }

    /// What is wrong with the files that the reports are to be written to.
    fn check_files(&self, ran: &[RanScript]) -> Result<(), Diagnostic> {
        let scripts = ran.iter().flat_map(|script| &script.files);
        let read = scripts.map(|file| ("test", file.as_str()));
        let worlds = self.worlds.iter().map(|file| ("--world", file.as_str()));
        let reports = self.reports.iter().map(|report| ("--report", &report.file));
        let coverage = self.task.coverage.iter().map(|report| ("--coverage", &report.file));
        let mutation = self.task.mutate.iter().map(|report| ("--mutate", &report.file));
        let written = reports.chain(coverage).chain(mutation);
        let written = written.filter_map(|(option, file)| Some((option, file.as_deref()?)));
        files::check(read.chain(worlds), written)
    }

    /// Whether anything was tested; the first thing that there was none of is said.
    fn is_something(&self, run: &TestRun, coverage: &Coverage, mutation: &Mutation) -> Exit {
        match self.some(run.scripts.iter()) {
            Exit::Done => self.some_covered(coverage).max(self.some_mutated(mutation)),
            nothing => nothing,
        }
    }

    /// Reports the coverage, and whether it is enough.
    fn covered(&self, coverage: &Coverage) -> Result<Exit, Exit> {
        if let Some(ReportFile { form, file }) = &self.task.coverage {
            self.report(*form == CoverageReport::Text, file.as_deref(), &form.render(coverage))?;
        }
        Ok(self.enough(self.task.coverage_threshold, coverage.percent(), |percent, least| {
            let what = format!("coverage is {percent:.1} %, less than {least} %");
            Diagnostic::error("coverage-too-low", what)
                .help("`--coverage` lists what no expectation exercises")
        }))
    }

    /// Reports the mutants, and whether enough of them were noticed.
    fn noticed(&self, mutation: &Mutation) -> Result<Exit, Exit> {
        if let Some(ReportFile { form, file }) = &self.task.mutate {
            self.report(*form == MutationReport::Text, file.as_deref(), &form.render(mutation))?;
        }
        let enough = self.enough(self.task.mutate_threshold, mutation.percent(), |percent, least| {
            let what = format!("{percent:.1} % of the mutants were noticed, less than {least} %");
            Diagnostic::error("mutants-unnoticed", what)
                .help("`--mutate` lists those that no expectation notices")
        });
        Ok(enough.max(self.all_tried(mutation)))
    }

    /// Complains if statements were left untried: nobody knows whether a change of them would be noticed.
    fn all_tried(&self, mutation: &Mutation) -> Exit {
        let Some(TriedStatements { tried, all }) = mutation.unfinished() else { return Exit::Done };
        let what = format!(
            "{tried} of {all} statements were tried; whether changes of the rest are noticed is not known"
        );
        self.output.complain(&[Diagnostic::error("mutants-untried", what)
            .help("the work for a script is limited: test large policies each in a script of its own")]);
        Exit::Depends
    }

    /// Writes a report to its file, or says it: what is for people is no output of a machine.
    fn report(&self, for_people: bool, file: Option<&str>, text: &str) -> Result<(), Exit> {
        match file {
            None if for_people => self.say(text),
            file => self.write(file, text)?,
        }
        Ok(())
    }

    /// Complains if a percentage is less than it has to be.
    fn enough(&self, least: Option<f64>, percent: f64, wrong: impl Fn(f64, f64) -> Diagnostic) -> Exit {
        let Some(least) = least.filter(|least| percent < *least) else { return Exit::Done };
        self.output.complain(&[wrong(percent, least)]);
        Exit::Failed
    }

    fn write(&self, file: Option<&str>, text: &str) -> Result<(), Exit> {
        match file {
            None => self.output.print(text),
            Some(file) => {
                let written = Disk.write(file, text, Existing::Replaced);
                self.output.wrote(file, written.map_err(|wrong| self.output.invalid(&[wrong.into()]))?);
            }
        }
        Ok(())
    }

    /// Says something to people: on standard output, unless that is for a machine.
    fn say(&self, text: &str) {
        if self.machine_output() > 0 { self.output.print_error(text) } else { self.output.print(text) }
    }

    /// How many reports for machines go to standard output.
    pub(super) fn machine_output(&self) -> usize {
        let (coverage, mutation) = (self.task.coverage.iter(), self.task.mutate.iter());
        let coverage = coverage.filter(|one| one.file.is_none() && one.form != CoverageReport::Text);
        let mutation = mutation.filter(|one| one.file.is_none() && one.form != MutationReport::Text);
        let reports = self.reports.iter().filter(|report| report.file.is_none());
        reports.count() + coverage.count() + mutation.count()
    }
}

/// What the results say.
pub(super) fn exit(run: &TestRun) -> Exit {
    let counts = run.counts();
    match (counts.invalid, counts.failed) {
        (0, 0) => Exit::Done,
        (0, _) => Exit::Failed,
        _ => Exit::Invalid,
    }
}
