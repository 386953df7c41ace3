//! `replay`: past calls asked again.

mod learn;
mod logs;

use clap::Args;
use logs::Logs;

use super::exit::Exit;
use super::output::Output;
use super::world::Start;
use crate::replay::{Replay, Replayed, SharedCalls};
use crate::report;
use crate::session::Session;
use crate::source::Diagnostic;

/// `replay`
#[derive(Debug, Args)]
pub(super) struct ReplayTask {
    /// Events of CloudTrail: log files, also packed by gzip, folders of them, one event a line, the output of
    /// `lookup-events`; `-` is standard input
    #[arg(required = true, num_args = 1.., value_name = "EVENTS")]
    events: Vec<String>,
    /// The world before the change, a script or dump; without it the events tell how AWS decided
    #[arg(long, value_name = "FILE")]
    against: Option<String>,
    /// Makes the smallest policies that the calls needed, one for each user and role that made some
    #[arg(long, conflicts_with = "against")]
    learn: bool,
    /// With --learn: only of this user or role
    #[arg(long, value_name = "PRINCIPAL", requires = "learn")]
    of: Option<String>,
    /// With --learn: writes the policies to this folder, a file each
    #[arg(long, value_name = "FOLDER", requires = "learn")]
    policies: Option<String>,
}

/// Asks past calls again, in the world of `--world`.
pub(super) fn replay(start: &Start, task: &ReplayTask, output: &Output) -> Result<Exit, Exit> {
    let new = session_of(start.worlds.clone(), start, output)?;
    if new.world().accounts().next().is_none() {
        let wrong = Diagnostic::error("no-world", "there is no world in which to ask");
        return Err(output.invalid(&[wrong.help("name it: `iamwhy replay events/ --world new.iam`")]));
    }
    if task.learn {
        return learn::learn(&new, task, output);
    }
    let against = task.against.iter().map(|file| session_of(vec![file.clone()], start, output));
    let old = against.collect::<Result<Vec<Session>, Exit>>()?.pop();
    let logs = Logs::of(&task.events).map_err(|wrong| output.invalid(&[wrong.into()]))?;
    let old = old.as_ref().map(Session::world);
    let shared = SharedCalls::default();
    let read = logs.read(|chunks| {
        let mut replay = Replay::new(new.world(), old, &shared);
        chunks.for_each(|chunk| chunk.events().for_each(|event| replay.ask(event)));
        replay.replayed
    });
    let mut found = Replayed { is_cut: read.is_cut, ..Replayed::default() };
    read.parts.into_iter().for_each(|part| found.join(part));
    let wrong: Vec<Diagnostic> = read.unread.into_iter().map(Into::into).collect();
    output.complain(&wrong);
    output.print(&report::replayed(&found, old.is_some(), &output.style()));
    Ok(if wrong.is_empty() { Exit::of_difference(found.verdict()) } else { Exit::Invalid })
}

fn session_of(worlds: Vec<String>, start: &Start, output: &Output) -> Result<Session, Exit> {
    Start { worlds, ..*start }.or_empty(output)
}
