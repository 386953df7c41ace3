//! `picture "why.html"`

use super::written::NewFile;
use crate::layout::Page;
use crate::report;
use crate::session::slots::word;
use crate::session::{Failure, Heading, Outcome, Outside, Row, Session, command, nothing_asked};
use crate::source::Place;

pub(super) const ROW: Row = Heading::Question
    .row(
        "picture FILE [over]",
        "writes the last answer as a page with a drawing of how it was decided; `over` replaces a file that is no such page",
        "picture \"why.html\"",
        |words, _| {
            let (path, over) = (word(words, "FILE"), words.has("over"));
            Ok(command(move |session, place, outside| picture(session, &path, over, place, outside)))
        },
    )
    .writing();

/// Writes the last answer as a page.
fn picture(
    session: &mut Session,
    path: &str,
    over: bool,
    place: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    let last = session.last_in_full().ok_or_else(nothing_asked)?;
    let file = NewFile { path, text: &report::html(&last), opening: Page::OPENING, over };
    let replaced = file.write(place, outside)?;
    Ok(Outcome::said(format!("drew the last answer in {path}{replaced}")))
}
