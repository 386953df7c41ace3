//! `info`: what is known of a word.

use super::arguments::InfoTask;
use super::clauses::Clauses;
use super::exit::Exit;
use super::output::Output;
use super::question::run;
use super::statement::statement;
use super::world::Start;

/// Tells what is known of an action, a key, a resource type or another word.
pub(super) fn info(start: &Start, task: &InfoTask, output: &Output) -> Result<Exit, Exit> {
    let mut session = start.or_demo(output)?;
    let told = run(&mut session, &statement("info", &task.words, &Clauses::default(), None));
    output.show(&told);
    Ok(Exit::of(&told, true))
}
