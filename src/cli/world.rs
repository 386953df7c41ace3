//! The world in which the program starts.

use std::path::Path;
use std::sync::Arc;

use super::exit::Exit;
use super::output::Output;
use super::progress::{StatusLine, of_outputs};
use crate::commands;
use crate::disk::{self, Disk, WorldFiles};
use crate::session::{Outcome, Part, Session, aws_policy_in_place_of};
use crate::source::Source;

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
            let mut heard = |outcome: &Outcome| output.warnings(outcome);
            let mut files = WorldFiles { allow_outside: false, heard: &mut heard, progress: &|_, _| {} };
            let declared = files.declare(&mut session, &Source::new("demo.iam", DEMO), &mut Disk);
            declared.map_err(|refused| {
                output.warnings(&refused);
                Exit::Invalid
            })?;
        }
        self.settle(session, output)
    }

    /// A session in the worlds that are named, else in an empty one.
    pub(super) fn or_empty(&self, output: &Output) -> Result<Session, Exit> {
        self.settle(commands::session(), output)
    }

    fn settle(&self, mut session: Session, output: &Output) -> Result<Session, Exit> {
        for path in &self.worlds {
            load(&mut session, path, self.allow_outside, output)?;
        }
        session.world_mut().settings_mut().strict |= self.strict;
        session.world_mut().settings_mut().strict_context |= self.strict_context;
        Ok(session)
    }
}

/// Adds what a file or folder declares.
fn load(session: &mut Session, path: &str, allow_outside: bool, output: &Output) -> Result<(), Exit> {
    let line = StatusLine::new();
    let is_folder = Path::new(path).is_dir();
    let mut heard = |outcome: &Outcome| hear(outcome, is_folder, output);
    let progress = of_outputs(&line);
    let loaded = WorldFiles { allow_outside, heard: &mut heard, progress: &progress }.load(session, path);
    if is_folder {
        line.clear();
    }
    loaded.map_err(|refused| {
        hear(&refused, is_folder, output);
        Exit::Invalid
    })
}

/// Says what is wrong with a world, and of a folder beside the answers what is missing.
fn hear(outcome: &Outcome, is_folder: bool, output: &Output) {
    output.warnings(outcome);
    notes(outcome).filter(|_| is_folder).for_each(|text| output.say_beside(text));
}

fn notes(outcome: &Outcome) -> impl Iterator<Item = &str> {
    outcome.parts.iter().filter_map(|part| match part {
        Part::Note(text) => Some(&**text),
        _ => None,
    })
}

/// A file as a source; what is wrong with it is said. An empty one is refused.
pub(super) fn source(path: &str, output: &Output) -> Result<Arc<Source>, Exit> {
    disk::read(path).map_err(|wrong| output.invalid(&[wrong.into()]))
}

/// The file of a policy as a source, or AWS's policy of that name where there is no such file.
pub(super) fn policy_source(path: &str, output: &Output) -> Result<Arc<Source>, Exit> {
    let read = disk::read(path).or_else(|wrong| aws_policy_in_place_of(path, wrong));
    read.map_err(|wrong| output.invalid(&[wrong.into()]))
}
