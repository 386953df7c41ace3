//! Statements from scripts, options and streams.

use std::io::IsTerminal;
use std::sync::Arc;

use super::arguments::RunTask;
use super::editor::Seat;
use super::exit::Exit;
use super::heard::Heard;
use super::output::Output;
use super::pager::Pager;
use super::policies::PrincipalPolicies;
use super::world::{Start, source};
use crate::catalog::Catalog;
use crate::commands::text_of_aws;
use crate::disk::{Disk, STDIN, stdin, unreadable};
use crate::repl;
use crate::report::Style;
use crate::session::{Mode, Outcome, Run, Session, run_script, run_stream};
use crate::source::Source;

/// `run FILE`
pub(super) fn run(start: &Start, task: &RunTask, output: &Output) -> Result<Exit, Exit> {
    let mut session = start.or_empty(output)?;
    let script = source(&task.file, output)?;
    let run = Run { mode: Mode::Script, keep_going: task.keep_going };
    Ok(execute(&mut session, &script, output, run, false))
}

/// `-e STATEMENT …`, the prompt, or commands from standard input.
pub(super) fn from_options(
    start: &Start,
    statements: &[String],
    given: &PrincipalPolicies,
    output: &Output,
) -> Result<Exit, Exit> {
    if statements.is_empty() {
        return from_input(&mut start.or_demo(output)?, output);
    }
    // What AWS said is not answered from the demo world.
    let of_aws = |text: &String| text_of_aws(&unquoted(text), Catalog::in_use()).is_some();
    let mut session = match statements.iter().all(of_aws) {
        true => start.or_empty(output)?,
        false => start.or_demo(output)?,
    };
    session.give(given.read(output)?);
    let run = Run { mode: Mode::Prompt, keep_going: true };
    let sources = statements.iter().map(|text| Source::new("<command line>", text.as_str()));
    let exits = sources.map(|source| execute(&mut session, &source, output, run, true));
    Ok(exits.max().unwrap_or(Exit::Done))
}

/// `help TOPIC`, as at the prompt; of a command that the prompt lacks, its arguments.
pub(super) fn help(start: &Start, topic: &[String], output: &Output) -> Result<Exit, Exit> {
    if let [word] = topic
        && let Some(text) = super::manual::of_command_line(word)
    {
        output.print(&text);
        return Ok(Exit::Done);
    }
    let statement = format!("help {}", topic.join("-"));
    from_options(start, &[statement.trim().to_owned()], &PrincipalPolicies::default(), output)
}

/// A statement without the quotes in which a text of AWS may stand behind `why`.
fn unquoted(statement: &str) -> String {
    let text = statement.trim().trim_start_matches("why").trim_start();
    text.strip_prefix('"').map_or_else(|| statement.to_owned(), |text| text.replace("\\\"", "'"))
}

/// The prompt on a terminal, else the commands of standard input, which count as those of `-e`.
fn from_input(session: &mut Session, output: &Output) -> Result<Exit, Exit> {
    if std::io::stdin().is_terminal() {
        return Ok(prompt(session, output));
    }
    let mut worst = Exit::Done;
    let mut show = |outcome: &Outcome| {
        output.show(outcome);
        worst = worst.max(Exit::of(outcome, true));
    };
    let input = stdin().map_err(|wrong| output.invalid(&[unreadable(STDIN, &wrong).into()]))?;
    let mut input = Heard::new(input, output);
    run_stream(session, input.lines(), &mut Disk, &mut show);
    Ok(if input.is_cut() { Exit::Invalid } else { worst })
}

fn prompt(session: &mut Session, output: &Output) -> Exit {
    let mut pager = Pager::of(|name| std::env::var_os(name));
    let mut show = |outcome: &Outcome, style: &Style, by_pages: bool| {
        let paged = by_pages && pager.shows(&output.spelled(&outcome.render(style)));
        if !paged {
            output.show_in(outcome, style);
        }
        paged
    };
    let surface = repl::Surface {
        outside: &mut Seat,
        show: &mut show,
        style: output.style(),
        is_ascii: output.is_ascii(),
        has_keys: std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
        places: repl::Places::of(|name| std::env::var_os(name)),
    };
    match repl::run(session, surface) {
        Ok(()) => Exit::Done,
        Err(wrong) => output.invalid(&[wrong]),
    }
}

fn execute(session: &mut Session, source: &Arc<Source>, output: &Output, run: Run, verdicts: bool) -> Exit {
    let mut worst = Exit::Done;
    for ran in run_script(session, source, &mut Disk, run) {
        output.show(&ran.outcome);
        worst = worst.max(Exit::of(&ran.outcome, verdicts));
    }
    worst
}
