//! The command line: arguments, streams, exit codes, the disk.
//!
//! INVARIANT: what a command means is said by `session`; here it is only carried there and its outcome carried out.
//!
//! Read first: [`run`].

mod arguments;
mod audit;
mod audit_arguments;
mod batch;
mod bench;
mod catalog;
mod check_arguments;
mod clauses;
mod editor;
mod exit;
mod files;
mod fmt;
mod forms;
mod gathered;
mod heard;
mod import;
mod info;
mod interrupt;
mod lint;
mod lint_settings;
mod lsp;
mod manual;
mod mcp;
mod of_all;
mod output;
mod pager;
mod percent;
mod policies;
mod pool;
mod progress;
mod question;
mod replay;
mod serve;
mod statement;
mod statements;
mod test;
mod world;

use std::process::ExitCode;

use arguments::{Cli, Task};
use clap::Parser;
use exit::Exit;
use forms::wrong_form;
use output::Output;
use world::Start;

use crate::source::Diagnostic;

/// Runs the program.
pub fn run() -> ExitCode {
    outlive_limits();
    let unread = catalog::begin();
    match Cli::try_parse() {
        Ok(cli) => dispatch(cli, unread).unwrap_or_else(|exit| exit).into(),
        Err(wrong) => arguments::refused(&arguments::shown(wrong)),
    }
}

/// A file that grows beyond its limit would end the program; so the write fails instead, and what was there stays.
fn outlive_limits() {
    #[cfg(unix)]
    drop(signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default()));
}

/// Does the task; an error is the way out after what is wrong has been said.
fn dispatch(cli: Cli, unread: Option<Diagnostic>) -> Result<Exit, Exit> {
    let Cli { execute, given, world: worlds, allow_outside, empty, format, strict, strict_context, task } =
        cli;
    let output = &Output::new(format.map(Into::into));
    output.complain(unread.as_slice());
    let start = &Start { worlds, allow_outside, empty, strict, strict_context };
    if let Some(wrong) = wrong_form(format, task.as_ref()) {
        return Err(output.invalid(&[wrong]));
    }
    let Some(task) = task else { return statements::from_options(start, &execute, &given, output) };
    match &task {
        Task::Run(task) => statements::run(start, task, output),
        Task::Test(task) => test::test(start, task, output),
        Task::Can(task) => question::ask(start, "can", task, None, output),
        Task::Why(task) => question::ask(start, "why", &task.question, Some(task), output),
        Task::When(task) => question::ask(start, "when", task, None, output),
        Task::WhatCan(task) => audit::what_can(start, task, output),
        Task::WhoCan(task) => audit::who_can(start, task, output),
        Task::Paths(task) => audit::audit(start, "paths", task, output),
        Task::Matrix(task) => audit::audit(start, "matrix", task, output),
        Task::Compare(task) => question::compare(start, "compare", task, output),
        Task::Diff(task) => of_all::diff(start, task, output),
        Task::Check(task) => of_all::check(start, task, output),
        Task::Lint(task) => lint::lint_files(task, format, output),
        Task::Fmt(task) => fmt::format_files(task, output),
        Task::Expand(task) => of_all::actions(start, "expand", task, output),
        Task::Shrink(task) => of_all::actions(start, "shrink", task, output),
        Task::Info(task) => info::info(start, task, output),
        Task::Import(task) => import::import(task, output),
        Task::Replay(task) => replay::replay(start, task, output),
        Task::Batch(task) => batch::batch(start, task, output),
        Task::Lsp => lsp::serve(start, output),
        Task::Mcp(task) => mcp::serve(start, task, output),
        Task::Serve(task) => serve::serve(start, task, output),
        Task::Bench(task) => bench::bench(start, task, output),
        Task::Catalog(task) => catalog::catalog(task, output),
        Task::Help { topic } => statements::help(start, topic, output),
        Task::Completions { shell } => Ok(manual::completions(*shell, output)),
        Task::Man(task) => manual::manual(task, output),
    }
}
