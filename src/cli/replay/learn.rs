//! `replay --learn`: the smallest policies that past calls needed.

use std::path::Path;
use std::sync::Arc;

use super::ReplayTask;
use super::logs::Logs;
use crate::cli::bench::named;
use crate::cli::exit::Exit;
use crate::cli::output::Output;
use crate::disk::Disk;
use crate::names::Arn;
use crate::replay::{LearnedPolicies, Learning, NeededCalls, SharedCalls};
use crate::report;
use crate::session::{Existing, Outside, Session};
use crate::source::Diagnostic;

/// How often the log is read at most: once to learn, and then to ask each call again, until no call is lost.
const READINGS: usize = 6;

/// Learns the policies, and asks all calls again with them.
pub(super) fn learn(session: &Session, task: &ReplayTask, output: &Output) -> Result<Exit, Exit> {
    let only = task.of.as_ref().map(|word| named(session, word)).transpose();
    let only = only.map_err(|wrong| output.invalid(&[wrong]))?.map(|one| one.lasting_arn());
    if task.events.iter().any(|name| name == "-") {
        let wrong = Diagnostic::error("read-once", "`--learn` reads the events again to try what it learned");
        return Err(output.invalid(&[wrong.help("put them in a file, and name that")]));
    }
    let logs = Logs::of(&task.events).map_err(|wrong| output.invalid(&[wrong.into()]))?;
    let (learned, wrong) = learned(session, only.as_deref(), &logs);
    output.complain(&wrong);
    output.print(&report::learned(&learned, &output.style()));
    if let Some(folder) = &task.policies {
        write(&learned, folder, output).map_err(|wrong| output.invalid(&[wrong]))?;
    }
    Ok(if wrong.is_empty() { Exit::of_difference(learned.verdict()) } else { Exit::Invalid })
}

fn learned(session: &Session, only: Option<&str>, logs: &Logs) -> (LearnedPolicies, Vec<Diagnostic>) {
    let world = Arc::new(session.world().clone());
    let mut learned = LearnedPolicies::default();
    let mut wrong = Vec::new();
    for reading in 0..READINGS {
        let (narrower, shared) = (learned.narrower(), SharedCalls::default());
        let read = logs.read(|chunks| {
            let mut learning = Learning::new(&world, &narrower, only, &shared);
            chunks.for_each(|chunk| chunk.events().for_each(|event| learning.ask(event)));
            learning.needed
        });
        wrong = read.unread.into_iter().map(Into::into).collect();
        let mut needed = NeededCalls::default();
        needed.log.is_cut = read.is_cut;
        read.parts.into_iter().for_each(|part| needed.join(part));
        let is_last = read.is_cut || reading + 1 == READINGS;
        learned.take(&world, needed, is_last);
        if is_last || (reading > 0 && !learned.is_lost()) {
            break;
        }
    }
    (learned, wrong)
}

/// Writes each policy to a file of a folder.
fn write(learned: &LearnedPolicies, folder: &str, output: &Output) -> Result<(), Diagnostic> {
    std::fs::create_dir_all(folder)
        .map_err(|wrong| Diagnostic::error("no-folder", format!("`{folder}` cannot be made: {wrong}")))?;
    let mut count = 0;
    for (arn, policy) in learned.by.iter().filter_map(|(arn, one)| Some((arn, one.policy()?))) {
        let path = Path::new(folder).join(file_name(arn));
        Disk.write(&path.to_string_lossy(), policy, Existing::Replaced)?;
        count += 1;
    }
    let files = if count == 1 { "1 policy".to_owned() } else { format!("{count} policies") };
    output.say_beside(&format!("wrote {files} to {folder}"));
    Ok(())
}

/// `111122223333-user-bob.json`
fn file_name(arn: &str) -> String {
    let Some(arn) = Arn::parse(arn) else { return "policy.json".to_owned() };
    format!("{}-{}.json", arn.account(), arn.resource().replace('/', "-"))
}
