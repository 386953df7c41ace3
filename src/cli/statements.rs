//! Statements from scripts, options and streams.

use std::io::IsTerminal;
use std::sync::Arc;

use super::arguments::{Cli, RunTask};
use super::disk::{Disk, text};
use super::exit::Exit;
use super::output::Output;
use crate::session::{Mode, Outside, Run, Session, Unreadable, run_script};
use crate::source::Source;

/// The demo world: the story's.
pub(super) const DEMO: &str = include_str!("../../examples/demo.iam");

/// `run FILE`
pub(super) fn run(cli: &Cli, task: &RunTask) -> Exit {
    let output = Output::new(cli);
    let mut session = match session(cli, &output, false) {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    match script(&task.file) {
        Ok(source) => {
            let run = Run { mode: Mode::Script, keep_going: task.keep_going };
            execute(&mut session, &source, &output, run, false)
        }
        Err(wrong) => {
            output.complain(&[wrong.into()]);
            Exit::Invalid
        }
    }
}

/// `-e STATEMENT …`, the prompt, or commands from standard input.
pub(super) fn from_options(cli: &Cli) -> Exit {
    let output = Output::new(cli);
    let mut session = match session(cli, &output, true) {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    let run = Run { mode: Mode::Prompt, keep_going: true };
    if cli.execute.is_empty() {
        return from_input(&mut session, &output, run);
    }
    let statements = cli.execute.iter().map(|text| Source::new("<command line>", text.as_str()));
    statements.map(|source| execute(&mut session, &source, &output, run, true)).max().unwrap_or(Exit::Done)
}

fn from_input(session: &mut Session, output: &Output, run: Run) -> Exit {
    let _ = std::io::stdin().is_terminal();
    match script("-") {
        Ok(source) => execute(session, &source, output, run, false),
        Err(wrong) => {
            output.complain(&[wrong.into()]);
            Exit::Invalid
        }
    }
}

/// Executes the statements of a text.
pub(super) fn execute(
    session: &mut Session,
    source: &Arc<Source>,
    output: &Output,
    run: Run,
    verdicts: bool,
) -> Exit {
    let mut worst = Exit::Done;
    for ran in run_script(session, source, &mut Disk, run) {
        output.show(&ran.outcome);
        worst = worst.max(Exit::of(&ran.outcome, verdicts));
    }
    worst
}

/// A script by its path; `-` is standard input.
pub(super) fn script(path: &str) -> Result<Arc<Source>, Unreadable> {
    match path {
        "-" => Ok(Source::new("<stdin>", text("<stdin>", std::io::stdin().lock())?)),
        path => Ok(Source::new(path, Disk.read(path)?)),
    }
}

/// A session in the world that the arguments ask for.
pub(super) fn session(cli: &Cli, output: &Output, demo: bool) -> Result<Session, Exit> {
    let mut session = Session::new();
    let run = Run { mode: Mode::Script, keep_going: false };
    if demo && !cli.empty && cli.world.is_empty() {
        let source = Source::new("demo.iam", DEMO);
        let refused = run_script(&mut session, &source, &mut Disk, run)
            .any(|ran| Exit::of(&ran.outcome, false) != Exit::Done);
        debug_assert!(!refused, "the demo world is a script without faults");
    }
    let _ = output;
    Ok(session)
}
