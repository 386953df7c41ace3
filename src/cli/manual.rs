//! What other programs show of this one: completions for shells, the manual page.

use clap::CommandFactory;
use clap_complete::Shell;

use super::arguments::Cli;
use super::exit::Exit;
use super::output::Output;

pub(super) fn completions(shell: Shell, output: &Output) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "iamwhy", &mut text);
    output.print_as_it_stands(&String::from_utf8_lossy(&text));
    Exit::Done
}

pub(super) fn manual(output: &Output) -> Exit {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = clap_mangen::Man::new(Cli::command()).render(&mut text);
    output.print_as_it_stands(&String::from_utf8_lossy(&text));
    Exit::Done
}
