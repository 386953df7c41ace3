//! The world in which the program starts.

use std::sync::Arc;

use super::arguments::Cli;
use super::disk::Disk;
use super::exit::Exit;
use super::output::Output;
use crate::session::{Command, Loading, Mode, Outside, Run, Session, Status, run_script};
use crate::source::{Diagnostic, Place, Source, Span};

/// The demo world: the story's.
const DEMO: &str = include_str!("../../examples/demo.iam");

/// Where the program starts if no world is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// In the demo world.
    Demo,
    /// In an empty world.
    Empty,
}

/// A session in the world that the arguments ask for.
pub(super) fn session(cli: &Cli, output: &Output, start: Start) -> Result<Session, Exit> {
    let mut session = Session::new();
    if start == Start::Demo && !cli.empty && cli.world.is_empty() {
        declare(&mut session, &Source::new("demo.iam", DEMO), output)?;
    }
    for path in &cli.world {
        let source = source(path, output)?;
        match source.text().trim_start_matches('\u{feff}').trim_start().starts_with('{') {
            true => load(&mut session, source, output)?,
            false => declare(&mut session, &source, output)?,
        }
    }
    session.world_mut().settings_mut().strict |= cli.strict;
    session.world_mut().settings_mut().strict_context |= cli.strict_context;
    Ok(session)
}

/// Runs a script that only says what there is; what it says is shown only where it is wrong.
fn declare(session: &mut Session, source: &Arc<Source>, output: &Output) -> Result<(), Exit> {
    let run = Run { mode: Mode::World, keep_going: false };
    for ran in run_script(session, source, &mut Disk, run) {
        output.warnings(&ran.outcome);
        if ran.outcome.status != Status::Done {
            return Err(Exit::Invalid);
        }
    }
    Ok(())
}

fn load(session: &mut Session, source: Arc<Source>, output: &Output) -> Result<(), Exit> {
    let place = Place::new(&source, Span::default());
    let command = Command::Load(Loading { source, account: None });
    let outcome = session.execute(command, &place, &mut Disk);
    output.warnings(&outcome);
    if outcome.status == Status::Refused { Err(Exit::Invalid) } else { Ok(()) }
}

/// A file as a source; what is wrong with it is said. An empty one is refused.
pub(super) fn source(path: &str, output: &Output) -> Result<Arc<Source>, Exit> {
    let text = match path {
        "-" => super::disk::text("<stdin>", std::io::stdin().lock()),
        path => Disk.read(path),
    };
    let name = if path == "-" { "<stdin>" } else { path };
    match text {
        Ok(text) if text.trim().is_empty() => {
            let what = Diagnostic::error("empty-file", format!("`{name}` is empty"));
            output.complain(&[what]);
            Err(Exit::Invalid)
        }
        Ok(text) => Ok(Source::new(name, text)),
        Err(wrong) => {
            output.complain(&[wrong.into()]);
            Err(Exit::Invalid)
        }
    }
}
