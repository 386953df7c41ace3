//! The arguments of the program.

use std::io::Write;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::exit::Exit;
use crate::report::Format;

/// What AWS IAM would decide, and why, without AWS.
///
/// Without a command: the prompt, or, where standard input is not a terminal, the commands in it.
#[derive(Debug, Parser)]
#[command(name = "iamwhy", version, disable_help_subcommand = true)]
pub(super) struct Cli {
    /// Executes a statement; may be repeated
    #[arg(short, value_name = "STATEMENT")]
    pub(super) execute: Vec<String>,
    /// Starts in the world of a script or dump; may be repeated
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) world: Vec<String>,
    /// Starts in an empty world
    #[arg(long, global = true)]
    pub(super) empty: bool,
    /// The form of the output
    #[arg(long, value_enum, global = true)]
    pub(super) format: Option<FormatName>,
    #[command(subcommand)]
    pub(super) task: Option<Task>,
}

/// What the program is to do.
#[derive(Debug, Subcommand)]
pub(super) enum Task {
    /// Runs a script
    Run(RunTask),
}

/// `run`
#[derive(Debug, Args)]
pub(super) struct RunTask {
    /// The script; `-` is standard input
    pub(super) file: String,
    /// Goes on after a statement that was refused
    #[arg(long)]
    pub(super) keep_going: bool,
}

/// The names of the forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatName {
    /// For a terminal
    Text,
    /// Without colours and frames
    Plain,
    /// For programs
    Json,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Text => Self::Text,
            FormatName::Plain => Self::Plain,
            FormatName::Json => Self::Json,
        }
    }
}

/// Shows help and version, or what is wrong with the arguments.
pub(super) fn refused(wrong: &clap::Error) -> ExitCode {
    let text = wrong.render().to_string();
    let help = matches!(wrong.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    // Nothing is left to be done where neither stream can be written.
    let _ = match help {
        true => std::io::stdout().write_all(text.as_bytes()),
        false => std::io::stderr().write_all(text.as_bytes()),
    };
    if help { Exit::Done.into() } else { Exit::Invalid.into() }
}
