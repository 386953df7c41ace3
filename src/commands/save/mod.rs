//! `save "world.iam"`: the world as a script that makes it again.

mod script;

use crate::commands::written::NewFile;
use crate::session::slots::word;
use crate::session::{Failure, Heading, Outcome, Outside, Row, Session, command, relative_to};
use crate::source::Place;

pub(super) const ROW: Row = Heading::Control
    .row(
        "save FILE [over]",
        "writes the world as a script that makes it again; `over` replaces a file that is none of these",
        "save \"world.iam\"",
        |words, context| {
            let path = relative_to(context.source.name(), &word(words, "FILE"));
            let over = words.has("over");
            Ok(command(move |session, place, outside| save(session, &path, over, place, outside)))
        },
    )
    .writing();

/// The statements that make the world, for a script that goes on behind them; and what they cannot say.
pub(super) fn statements_of(session: &Session) -> (String, Vec<String>) {
    let saved = script::script_of(session);
    (saved.text.replacen(script::OPENING, "", 1), saved.left_out)
}

/// Writes the world as a script.
fn save(
    session: &Session,
    path: &str,
    over: bool,
    place: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    let saved = script::script_of(session);
    let file = NewFile { path, text: &saved.text, opening: script::OPENING, over };
    let replaced = file.write(place, outside)?;
    let lines = saved.text.lines().count();
    let said =
        format!("saved the world to {path}{replaced}, {lines} lines; `read \"{path}\"` makes it again");
    Ok(saved.left_out.into_iter().fold(Outcome::said(said), Outcome::note))
}
