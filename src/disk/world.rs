//! Worlds in files: scripts, dumps of an account, folders with outputs of the AWS command line.

use std::path::Path;
use std::sync::Arc;

use super::collected::import_outputs;
use super::confined::Confined;
use super::machine::{Disk, STDIN};
use crate::commands::loads;
use crate::session::{Mode, Outcome, Outside, Run, Session, Status, Unreadable, run_script};
use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::yaml::{looks_like_yaml, yaml_as_json};

/// How worlds are read.
pub struct WorldFiles<'l> {
    /// Whether they may read files from outside of their folder.
    pub allow_outside: bool,
    /// Hears what came of each statement that was done.
    pub heard: &'l mut dyn FnMut(&Outcome),
    /// Hears how many of the outputs of a folder are read, of how many.
    pub progress: &'l dyn Fn(usize, usize),
}

impl WorldFiles<'_> {
    /// Adds to a session what a file or folder declares.
    ///
    /// # Errors
    /// What came of the first statement that is refused, or that asks something.
    pub fn load(&mut self, session: &mut Session, path: &str) -> Result<(), Outcome> {
        if Path::new(path).is_dir() {
            let outcome = import_outputs(session, &[path.to_owned()], self.progress)?;
            return self.done(outcome);
        }
        let source = read(path).map_err(refused)?;
        match dump(&source) {
            Some(dump) => {
                let dump = dump.map_err(refused)?;
                let place = Place::new(&dump, Span::default());
                let outcome = session.execute(loads(dump, None), &place, &mut Disk);
                self.done(outcome)
            }
            None => {
                let mut reached = Confined::of(source.name(), self.allow_outside);
                self.declare(session, &source, &mut reached)
            }
        }
    }

    /// Runs a script that only says what there is.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub fn declare(
        &mut self,
        session: &mut Session,
        source: &Arc<Source>,
        outside: &mut dyn Outside,
    ) -> Result<(), Outcome> {
        let run = Run { mode: Mode::World, keep_going: false };
        run_script(session, source, outside, run).try_for_each(|ran| self.done(ran.outcome))
    }

    fn done(&mut self, outcome: Outcome) -> Result<(), Outcome> {
        if outcome.status != Status::Done {
            return Err(outcome);
        }
        (self.heard)(&outcome);
        Ok(())
    }
}

/// A file as a source. An empty one is refused.
///
/// # Errors
/// If it is empty, or cannot be read.
pub fn read(path: &str) -> Result<Arc<Source>, Unreadable> {
    let name = if path == "-" { STDIN } else { path };
    match Disk.read(name)? {
        text if text.trim().is_empty() => Err(Unreadable::new("empty-file", format!("`{name}` is empty"))),
        text => Ok(Source::new(name, text)),
    }
}

/// A dump of an account, in JSON or YAML; nothing for a script.
fn dump(source: &Arc<Source>) -> Option<Result<Arc<Source>, Diagnostic>> {
    let text = source.text().trim_start_matches('\u{feff}').trim_start();
    let is_yaml = || looks_like_yaml(text) && text.contains("DetailList:");
    if text.starts_with(['{', '[']) {
        Some(Ok(Arc::clone(source)))
    } else {
        is_yaml().then(|| yaml_as_json(source))
    }
}

pub(super) fn refused(wrong: impl Into<Diagnostic>) -> Outcome {
    Outcome::refused(vec![wrong.into()])
}
