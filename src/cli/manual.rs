//! What other programs show of this one: completions for shells, the manual page.

use clap::CommandFactory;
use clap_complete::Shell;

use super::arguments::Cli;
use super::exit::Exit;
use super::output::Output;
use crate::commands;

pub(super) fn completions(shell: Shell, output: &Output) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "iamwhy", &mut text);
    output.print_as_it_stands(&String::from_utf8_lossy(&text));
    Exit::Done
}

/// What `--help` shows of a command that only the command line has.
pub(super) fn of_command_line(word: &str) -> Option<String> {
    let is_of_prompt =
        commands::session().table().heads().any(|(_, heads)| heads.into_iter().any(|head| head == word));
    let mut cli = Cli::command();
    cli.build();
    let command = cli.find_subcommand_mut(word).filter(|_| !is_of_prompt)?;
    Some(command.render_long_help().to_string())
}

pub(super) fn manual(output: &Output) -> Exit {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = clap_mangen::Man::new(Cli::command()).render(&mut text);
    output.print_as_it_stands(&String::from_utf8_lossy(&text));
    Exit::Done
}
