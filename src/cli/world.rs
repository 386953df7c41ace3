//! The world in which the program starts.

use std::path::Path;
use std::sync::Arc;

use super::collected::import_into;
use super::confined::Confined;
use super::disk::{Disk, STDIN};
use super::exit::Exit;
use super::output::Output;
use crate::commands::{self, loads};
use crate::session::{
    Mode, Outside, Part, Run, Session, Status, Unreadable, aws_policy_in_place_of, run_script,
};
use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::yaml::{looks_like_yaml, yaml_as_json};

/// The demo world: the story's.
pub(super) const DEMO: &str = include_str!("../../examples/demo.iam");

pub(super) struct Start {
    /// The scripts and dumps of `--world`.
    pub(super) worlds: Vec<String>,
    /// `--allow-outside`
    pub(super) allow_outside: bool,
    /// `--empty`
    pub(super) empty: bool,
    /// `--strict`
    pub(super) strict: bool,
    /// `--strict-context`
    pub(super) strict_context: bool,
}

impl Start {
    /// Whether the program starts in the demo world, where nothing speaks against it.
    pub(super) fn is_demo(&self) -> bool {
        self.worlds.is_empty() && !self.empty
    }

    /// A session in the worlds that are named, else in the demo world.
    pub(super) fn or_demo(&self, output: &Output) -> Result<Session, Exit> {
        let mut session = commands::session();
        if self.is_demo() {
            declare(&mut session, &Source::new("demo.iam", DEMO), &mut Disk, output)?;
        }
        self.settle(session, output)
    }

    /// A session in the worlds that are named, else in an empty one.
    pub(super) fn or_empty(&self, output: &Output) -> Result<Session, Exit> {
        self.settle(commands::session(), output)
    }

    fn settle(&self, mut session: Session, output: &Output) -> Result<Session, Exit> {
        for path in &self.worlds {
            if Path::new(path).is_dir() {
                of_folder(&mut session, path, output)?;
                continue;
            }
            let source = source(path, output)?;
            match dump(&source) {
                Some(dump) => load(&mut session, dump.map_err(|wrong| output.invalid(&[wrong]))?, output)?,
                None => {
                    let mut reached = Confined::of(source.name(), self.allow_outside);
                    declare(&mut session, &source, &mut reached, output)?;
                }
            }
        }
        session.world_mut().settings_mut().strict |= self.strict;
        session.world_mut().settings_mut().strict_context |= self.strict_context;
        Ok(session)
    }
}

/// The world of a folder with outputs of the AWS command line; what is missing is said beside the answers.
fn of_folder(session: &mut Session, path: &String, output: &Output) -> Result<(), Exit> {
    let outcome = import_into(session, std::slice::from_ref(path), output)?;
    output.warnings(&outcome);
    let notes = outcome.parts.iter().filter_map(|part| match part {
        Part::Note(text) => Some(text),
        _ => None,
    });
    notes.for_each(|text| output.say_beside(text));
    if outcome.status == Status::Refused { Err(Exit::Invalid) } else { Ok(()) }
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

/// Runs a script that only says what there is; what it says is shown only where it is wrong.
fn declare(
    session: &mut Session,
    source: &Arc<Source>,
    outside: &mut dyn Outside,
    output: &Output,
) -> Result<(), Exit> {
    let run = Run { mode: Mode::World, keep_going: false };
    for ran in run_script(session, source, outside, run) {
        output.warnings(&ran.outcome);
        if ran.outcome.status != Status::Done {
            return Err(Exit::Invalid);
        }
    }
    Ok(())
}

fn load(session: &mut Session, source: Arc<Source>, output: &Output) -> Result<(), Exit> {
    let place = Place::new(&source, Span::default());
    let outcome = session.execute(loads(source, None), &place, &mut Disk);
    output.warnings(&outcome);
    if outcome.status == Status::Refused { Err(Exit::Invalid) } else { Ok(()) }
}

/// A file as a source; what is wrong with it is said. An empty one is refused.
pub(super) fn source(path: &str, output: &Output) -> Result<Arc<Source>, Exit> {
    source_or(path, Err, output)
}

/// The file of a policy as a source, or AWS's policy of that name where there is no such file.
pub(super) fn policy_source(path: &str, output: &Output) -> Result<Arc<Source>, Exit> {
    source_or(path, |wrong| aws_policy_in_place_of(path, wrong), output)
}

fn source_or(
    path: &str,
    otherwise: impl FnOnce(Unreadable) -> Result<Arc<Source>, Unreadable>,
    output: &Output,
) -> Result<Arc<Source>, Exit> {
    let name = if path == "-" { STDIN } else { path };
    match Disk.read(name) {
        Ok(text) if text.trim().is_empty() => {
            Err(output.invalid(&[Diagnostic::error("empty-file", format!("`{name}` is empty"))]))
        }
        Ok(text) => Ok(Source::new(name, text)),
        Err(wrong) => otherwise(wrong).map_err(|wrong| output.invalid(&[wrong.into()])),
    }
}
