//! The command line: arguments, streams, exit codes, the disk.
//!
//! INVARIANT: what a command means is said by `session`; here it is only carried there and its outcome carried out.
//!
//! Read first: [`run`].

mod arguments;
mod disk;
mod exit;
mod output;
mod statements;

use std::process::ExitCode;

use arguments::{Cli, Task};
use clap::Parser;

/// Runs the program.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(wrong) => return arguments::refused(&wrong),
    };
    dispatch(&cli).into()
}

fn dispatch(cli: &Cli) -> exit::Exit {
    match &cli.task {
        None => statements::from_options(cli),
        Some(Task::Run(task)) => statements::run(cli, task),
    }
}
