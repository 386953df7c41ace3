//! `undo`, `redo`, `reset` and `changes`

use crate::session::{Failure, Heading, MOST_CHANGES, Outcome, Part, Row, Session, command};
use crate::source::Diagnostic;

pub(super) const UNDO: Row = Heading::Control
    .row("undo", "takes the last change back", "undo", |_, _| Ok(command(|session, _, _| undo(session))))
    .before(&["user carol"]);

pub(super) const REDO: Row = Heading::Control
    .row("redo", "makes a change again that was taken back", "redo", |_, _| {
        Ok(command(|session, _, _| redo(session)))
    })
    .before(&["user carol", "undo"]);

pub(super) const RESET: Row = Heading::Control
    .row("reset", "goes back to the world at the start; `undo` takes that back", "reset", |_, _| {
        Ok(command(|session, _, _| reset(session)).changing())
    })
    .before(&["user carol"]);

pub(super) const CHANGES: Row =
    Heading::Control.row("changes", "lists what can be taken back", "changes", |_, _| {
        Ok(command(|session, _, _| Ok(changes(session))))
    });

/// Takes the last change back.
fn undo(session: &mut Session) -> Result<Outcome, Failure> {
    let help = match session.history.forgotten {
        0 => "`changes` lists what can be taken back".to_owned(),
        forgotten => kept(forgotten),
    };
    moved("took back", session.undo(), ("there is nothing to take back", &help))
}

/// Makes the last change that was taken back again.
fn redo(session: &mut Session) -> Result<Outcome, Failure> {
    let help = "it makes again what `undo` took back";
    moved("made again", session.redo(), ("nothing was taken back", help))
}

/// Goes back to how everything was before the first change.
fn reset(session: &mut Session) -> Result<Outcome, Failure> {
    match session.reset() {
        true => Ok(Outcome::said("back to the world at the start; `undo` takes that back")),
        false => Err(Diagnostic::error("nothing-to-undo", "nothing has been changed at the prompt")
            .help("the world is as it was at the start")
            .into()),
    }
}

fn moved(done: &str, entry: Option<Box<str>>, (nothing, help): (&str, &str)) -> Result<Outcome, Failure> {
    let nothing = || Diagnostic::error("nothing-to-undo", nothing).help(help);
    Ok(Outcome::said(format!("{done}: {}", entry.ok_or_else(nothing)?)))
}

/// Lists what can be taken back.
fn changes(session: &Session) -> Outcome {
    let row = |(number, entry): (usize, &str)| vec![number.to_string(), entry.to_owned()];
    let forgotten = session.history.forgotten;
    let rows: Vec<_> = (forgotten + 1..).zip(session.history.entries()).map(row).collect();
    if rows.is_empty() {
        return Outcome::said("nothing has been changed at the prompt");
    }
    let table = Outcome::of(Part::Table { header: vec!["number".to_owned(), "change".to_owned()], rows });
    if forgotten == 0 { table } else { table.note(kept(forgotten)) }
}

fn kept(forgotten: usize) -> String {
    format!("the last {MOST_CHANGES} changes can be taken back; {forgotten} before them cannot")
}
