//! A run that tested nothing is an error, for nobody would notice: a mistyped pattern passes for ever.

use super::runner::Runner;
use crate::analysis::{Coverage, Mutation};
use crate::cli::exit::Exit;
use crate::report::TestedScript;
use crate::source::Diagnostic;

/// What is to be done where nothing is meant to be tested.
const HELP: &str = "`--allow-empty` takes it as it is";

impl Runner<'_> {
    /// Complains of scripts without an expectation, or if none of all was chosen.
    pub(super) fn some<'s>(&self, scripts: impl Iterator<Item = &'s TestedScript>) -> Exit {
        let (empty, full): (Vec<_>, Vec<_>) = scripts.partition(|script| script.cases.is_empty());
        match &self.task.run {
            Some(_) if !full.is_empty() => Exit::Done,
            Some(pattern) => self.empty([format!("`--run {pattern}` matches no expectation")]),
            None => self.empty(empty.iter().map(|script| format!("`{}` has no expectations", script.path))),
        }
    }

    /// Complains where coverage is asked for and there is nothing to cover.
    pub(super) fn some_covered(&self, coverage: &Coverage) -> Exit {
        let asked = self.task.coverage.is_some() || self.task.coverage_threshold.is_some();
        let what = "there is nothing to cover: no policy was consulted but those of AWS";
        self.empty((asked && coverage.points().1 == 0).then(|| what.to_owned()))
    }

    /// Complains where mutants are asked for and there are none.
    pub(super) fn some_mutated(&self, mutation: &Mutation) -> Exit {
        let asked = self.task.mutate.is_some() || self.task.mutate_threshold.is_some();
        let is_empty = mutation.noticed() + mutation.unsought() == 0 && mutation.unnoticed().next().is_none();
        let what = "there is nothing to change: no change to a policy makes a difference to any request";
        self.empty((asked && is_empty).then(|| what.to_owned()))
    }

    fn empty(&self, what: impl IntoIterator<Item = String>) -> Exit {
        let error = |what| Diagnostic::error("nothing-tested", what).help(HELP);
        let wrong: Vec<Diagnostic> = what.into_iter().filter(|_| !self.task.allow_empty).map(error).collect();
        if wrong.is_empty() { Exit::Done } else { self.output.invalid(&wrong) }
    }
}
