//! Undo and redo: a list of worlds, one for each entry at the prompt that changed something.

use super::super::failure::Failure;
use super::super::outcome::{Outcome, Part};
use super::super::state::Session;
use crate::source::Diagnostic;

/// Takes the last change back.
pub(in super::super) fn undo(session: &mut Session) -> Result<Outcome, Failure> {
    let moment = session
        .past
        .pop()
        .ok_or_else(|| nothing("there is nothing to take back", "`changes` lists what can be taken back"))?;
    let entry = moment.entry.clone();
    let present = session.swap_with(moment);
    session.future.push(present);
    Ok(Outcome::said(format!("took back: {}", first_line(&entry))))
}

/// Makes the last change that was taken back again.
pub(in super::super) fn redo(session: &mut Session) -> Result<Outcome, Failure> {
    let moment = session
        .future
        .pop()
        .ok_or_else(|| nothing("nothing was taken back", "it makes again what `undo` took back"))?;
    let entry = moment.entry.clone();
    let present = session.swap_with(moment);
    session.past.push(present);
    Ok(Outcome::said(format!("made again: {}", first_line(&entry))))
}

/// Lists what can be taken back.
pub(in super::super) fn changes(session: &Session) -> Outcome {
    if session.past.is_empty() {
        return Outcome::said("nothing has been changed at the prompt");
    }
    let row = |(number, entry): (usize, &str)| vec![(number + 1).to_string(), first_line(entry)];
    let entries = session.past.iter().map(|moment| &*moment.entry);
    let rows = entries.enumerate().map(row).collect();
    Outcome::of(Part::Table { header: vec!["number".to_owned(), "change".to_owned()], rows })
}

fn nothing(what: &str, help: &str) -> Failure {
    Diagnostic::error("nothing-to-undo", what).help(help).into()
}

/// The first line of an entry.
fn first_line(entry: &str) -> String {
    match entry.split_once('\n') {
        Some((line, _)) => format!("{line} …"),
        None => entry.to_owned(),
    }
}
