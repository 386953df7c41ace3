//! `save "world.iam"`: the world as a script that makes it again.

mod script;

use crate::session::slots::word;
use crate::session::{Failure, Heading, Outcome, Outside, Row, Session, command, relative_to};
use crate::source::{Diagnostic, Place};

pub(super) const ROW: Row = Heading::Control
    .row(
        "save FILE",
        "writes the world as a script that makes it again",
        "save \"world.iam\"",
        |words, context| {
            let path = relative_to(context.source.name(), &word(words, "FILE"));
            Ok(command(move |session, place, outside| save(session, &path, place, outside)))
        },
    )
    .writing();

/// Writes the world as a script.
fn save(session: &Session, path: &str, place: &Place, outside: &mut dyn Outside) -> Result<Outcome, Failure> {
    let saved = script::script_of(session);
    let wrong = |unreadable| Failure::from(Diagnostic::from(unreadable).at(place.clone(), ""));
    outside.write(path, &saved.text).map_err(wrong)?;
    let lines = saved.text.lines().count();
    let outcome =
        Outcome::said(format!("saved the world to {path}, {lines} lines; `read \"{path}\"` makes it again"));
    Ok(saved.left_out.into_iter().fold(outcome, Outcome::note))
}
