//! The command line: arguments, streams, exit codes, the disk.
//!
//! INVARIANT: what a command means is said by `session`; here it is only carried there and its outcome carried out.
//!
//! Read first: [`run`].

mod arguments;
mod batch;
mod bench;
mod catalog;
mod disk;
mod editor;
mod exit;
mod gathered;
mod manual;
mod output;
mod question;
mod statements;
mod test;
mod world;

use std::process::ExitCode;

use arguments::{Cli, Task};
use clap::Parser;
use exit::Exit;
use output::Output;
use question::Kind;

/// Runs the program.
pub fn run() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => dispatch(&cli, &Output::new(&cli)).unwrap_or_else(|exit| exit).into(),
        Err(wrong) => arguments::refused(&wrong),
    }
}

/// Does the task; an error is the way out after what is wrong has been said.
fn dispatch(cli: &Cli, output: &Output) -> Result<Exit, Exit> {
    match &cli.task {
        None => statements::from_options(cli, output),
        Some(Task::Run(task)) => statements::run(cli, task, output),
        Some(Task::Test(task)) => test::test(cli, task, output),
        Some(Task::Can(task)) => question::ask(cli, task, output, Kind::Can, None),
        Some(Task::Why(task)) => question::ask(cli, &task.question, output, Kind::Why, task.html.as_deref()),
        Some(Task::When(task)) => question::ask(cli, task, output, Kind::When, None),
        Some(Task::Completions { shell }) => Ok(manual::completions(*shell, output)),
        Some(Task::Man) => Ok(manual::manual(output)),
        Some(Task::Compare(task)) => question::compare(cli, task, output),
        Some(Task::Batch(task)) => batch::batch(cli, task, output),
        Some(Task::Bench(task)) => bench::bench(cli, task, output),
        Some(Task::Catalog(task)) => catalog::catalog(task, output),
    }
}
