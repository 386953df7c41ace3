//! Questions over whole accounts on the command line, each a statement of the prompt: `who-can`, `what-can`, `matrix`, `paths`.

use super::audit_arguments::{AuditTask, WhatCanTask, WhoCanTask};
use super::exit::Exit;
use super::files;
use super::output::Output;
use super::question::run;
use super::statement::statement;
use super::world::Start;
use crate::disk::Disk;
use crate::session::{Existing, Outside};

/// `who-can`
pub(super) fn who_can(start: &Start, task: &WhoCanTask, output: &Output) -> Result<Exit, Exit> {
    let more: &[&str] = if task.through_roles { &["through", "roles"] } else { &[] };
    ask(start, ("who-can", more), &task.asked, output)
}

/// `what-can`
pub(super) fn what_can(start: &Start, task: &WhatCanTask, output: &Output) -> Result<Exit, Exit> {
    let more: &[&str] = if task.as_policy { &["in", "one", "policy"] } else { &[] };
    ask(start, ("what-can", more), &task.asked, output)
}

/// `matrix` and `paths`
pub(super) fn audit(start: &Start, head: &str, task: &AuditTask, output: &Output) -> Result<Exit, Exit> {
    ask(start, (head, &[]), task, output)
}

/// Asks, with the words that options stand for behind those that were given, and writes the page that was asked for.
fn ask(
    start: &Start,
    (head, more): (&str, &[&str]),
    task: &AuditTask,
    output: &Output,
) -> Result<Exit, Exit> {
    let AuditTask { asked, html } = task;
    let worlds = start.worlds.iter().map(|path| ("--world", path.as_str()));
    let context = asked.clauses.context.iter().map(|path| ("--context", path.as_str()));
    files::check(worlds.chain(context), html.iter().map(|path| ("--html", path.as_str())))
        .map_err(|wrong| output.invalid(&[wrong]))?;
    let mut session = start.or_demo(output)?;
    let words: Vec<String> =
        asked.words.iter().cloned().chain(more.iter().map(|word| (*word).to_owned())).collect();
    let place = statement(head, &words, &asked.clauses, None);
    let outcome = run(&mut session, &place);
    output.show(&outcome);
    if let Some((path, page)) = html.as_deref().zip(outcome.page_of_all(place.source.text())) {
        let wrote = Disk.write(path, &page, Existing::Replaced);
        output.wrote(path, wrote.map_err(|wrong| output.invalid(&[wrong.into()]))?);
    }
    Ok(Exit::of(&outcome, true))
}
