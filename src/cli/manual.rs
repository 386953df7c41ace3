//! What other programs show of this one: completions for shells, manual pages.

use std::path::Path;

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::arguments::{Cli, ManTask};
use super::exit::Exit;
use super::output::Output;
use crate::commands::{command_usages, table};
use crate::disk::Disk;
use crate::session::{Existing, Outside};
use crate::source::{Diagnostic, nearest};

pub(super) fn completions(shell: Shell, output: &Output) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "iamwhy", &mut text);
    output.print_as_it_stands(&String::from_utf8_lossy(&text));
    Exit::Done
}

/// What `--help` shows of a command that only the command line has.
pub(super) fn of_command_line(word: &str) -> Option<String> {
    let is_of_prompt = table().heads().any(|(_, heads)| heads.into_iter().any(|head| head == word));
    let mut program = program();
    let command = program.find_subcommand_mut(word).filter(|_| !is_of_prompt)?;
    Some(command.render_long_help().to_string())
}

pub(super) fn manual(task: &ManTask, output: &Output) -> Result<Exit, Exit> {
    if let Some(folder) = &task.into {
        return written(folder, output);
    }
    let all = program();
    let asked = match &task.command {
        None => &all,
        Some(name) => all.find_subcommand(name).ok_or_else(|| output.invalid(&[unknown(&all, name)]))?,
    };
    output.print_as_it_stands(&page(asked));
    Ok(Exit::Done)
}

fn program() -> Command {
    let mut program = Cli::command().version(env!("CARGO_PKG_VERSION"));
    program.build();
    program
}

fn unknown(program: &Command, name: &str) -> Diagnostic {
    let near = nearest(name, program.get_subcommands().map(Command::get_name));
    let help = near.map(|near| format!("did you mean `{near}`?"));
    let wrong = Diagnostic::error("unknown-command", format!("there is no command `{name}`"));
    wrong.help(help.unwrap_or_else(|| "`iamwhy --help` lists the commands".to_owned()))
}

/// Writes the page of the program and those of its commands, named as `man` looks for them.
fn written(folder: &str, output: &Output) -> Result<Exit, Exit> {
    let program = program();
    let pages = std::iter::once(&program).chain(program.get_subcommands().filter(|one| !one.is_hide_set()));
    let mut count = 0;
    for command in pages {
        let name = command.get_display_name().unwrap_or("iamwhy");
        let path = Path::new(folder).join(format!("{name}.1"));
        let done = Disk.write(&path.to_string_lossy(), &page(command), Existing::Replaced);
        done.map_err(|wrong| output.invalid(&[wrong.into()]))?;
        count += 1;
    }
    output.print(&format!("wrote {count} pages into {folder}\n"));
    Ok(Exit::Done)
}

/// The manual page of the program or of a command.
fn page(command: &Command) -> String {
    let mut text = Vec::new();
    let is_program = command.get_name() == "iamwhy";
    let source = concat!("iamwhy ", env!("CARGO_PKG_VERSION"));
    // Writing to memory does not fail.
    let _ = Man::new(command.clone()).source(source).manual("iamwhy").render(&mut text);
    let mut more = Roff::new();
    if is_program {
        statements(&mut more);
        environment(&mut more);
    }
    codes(&mut more);
    if is_program {
        examples(&mut more);
    }
    let also =
        "`iamwhy help guides` lists a page for each task, `iamwhy help COMMAND` explains one of the prompt";
    more.control("SH", ["SEE ALSO"]).text([roman(also)]);
    String::from_utf8_lossy(&text).into_owned() + &more.render().replacen(PREAMBLE, "", 1)
}

/// What `roff` puts before each text, and stands at the head of the page already.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// Rows of a section: a term, and what it means.
fn section<'r>(page: &mut Roff, title: &str, rows: impl IntoIterator<Item = (impl Into<String>, &'r str)>) {
    page.control("SH", [title]);
    for (term, meaning) in rows {
        page.control("TP", []).text([bold(term)]).text([roman(meaning)]);
    }
}

fn statements(page: &mut Roff) {
    let title = "STATEMENTS OF THE PROMPT, OF SCRIPTS AND OF -E";
    section(page, title, command_usages());
}

fn codes(page: &mut Roff) {
    let codes = [
        ("0", "done; of a question: allowed"),
        ("1", "an expectation or a check failed"),
        ("2", "denied"),
        ("3", "invalid input, an unknown name, a file that cannot be read or written, wrong arguments"),
        ("4", "it depends on what nobody said, or is not known"),
    ];
    section(page, "EXIT STATUS", codes);
}

fn environment(page: &mut Roff) {
    let names = [
        ("IAMWHY_CATALOG", "another catalog of actions, or `built-in`"),
        ("IAMWHY_HISTORY", "`off` keeps no history of the prompt"),
        ("IAMWHY_PAGER, PAGER", "what shows answers that are longer than the screen"),
        ("NO_COLOR, TERM=dumb, LANG=C", "no colours; no frames; ASCII alone"),
        (
            "XDG_CONFIG_HOME, XDG_DATA_HOME",
            "where `iamwhy/config` is read from, and `iamwhy/catalog.bin` lies",
        ),
    ];
    section(page, "ENVIRONMENT", names);
}

fn examples(page: &mut Roff) {
    let lines = [
        ("iamwhy", "the prompt, in a small demo world"),
        (
            "iamwhy can --policy policy.json s3:GetObject arn:aws:s3:::reports/q1.csv",
            "one policy, one question",
        ),
        (
            "iamwhy why bob s3:DeleteObject on arn:aws:s3:::acme-reports/q1.csv",
            "why, and what would change it",
        ),
        ("iamwhy diff old.json new.json", "all that a change allows and denies"),
        ("iamwhy who-can s3:DeleteObject --world acme.iam", "everybody who may"),
        ("iamwhy test policies/", "the expectations of scripts"),
    ];
    section(page, "EXAMPLES", lines);
}
