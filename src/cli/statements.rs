//! Statements from scripts, options and streams.

use std::io::IsTerminal;
use std::sync::Arc;

use super::arguments::{Cli, RunTask};
use super::disk::Disk;
use super::exit::Exit;
use super::output::Output;
use super::world::{Start, session, source};
use crate::session::{Mode, Outcome, Run, Session, run_script, run_stream};
use crate::source::Source;

/// `run FILE`
pub(super) fn run(cli: &Cli, task: &RunTask, output: &Output) -> Result<Exit, Exit> {
    let mut session = session(cli, output, Start::Empty)?;
    let script = source(&task.file, output)?;
    let run = Run { mode: Mode::Script, keep_going: task.keep_going };
    Ok(execute(&mut session, &script, output, run, false))
}

/// `-e STATEMENT …`, the prompt, or commands from standard input.
pub(super) fn from_options(cli: &Cli, output: &Output) -> Result<Exit, Exit> {
    let mut session = session(cli, output, Start::Demo)?;
    if cli.execute.is_empty() {
        return Ok(from_input(&mut session, output));
    }
    let run = Run { mode: Mode::Prompt, keep_going: true };
    let statements = cli.execute.iter().map(|text| Source::new("<command line>", text.as_str()));
    let exits = statements.map(|source| execute(&mut session, &source, output, run, true));
    Ok(exits.max().unwrap_or(Exit::Done))
}

/// The prompt on a terminal, else the commands of standard input.
fn from_input(session: &mut Session, output: &Output) -> Exit {
    let mut worst = Exit::Done;
    let mut show = |outcome: &Outcome| {
        output.show(outcome);
        worst = worst.max(Exit::of(outcome, false));
    };
    if std::io::stdin().is_terminal() {
        crate::repl::run(session, &mut Disk, &mut show);
        return Exit::Done;
    }
    run_stream(session, std::io::stdin().lock(), &mut Disk, &mut show);
    worst
}

/// Executes the statements of a text.
fn execute(session: &mut Session, source: &Arc<Source>, output: &Output, run: Run, verdicts: bool) -> Exit {
    let mut worst = Exit::Done;
    for ran in run_script(session, source, &mut Disk, run) {
        output.show(&ran.outcome);
        worst = worst.max(Exit::of(&ran.outcome, verdicts));
    }
    worst
}
