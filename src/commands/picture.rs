//! `picture "why.html"`

use crate::report;
use crate::session::slots::word;
use crate::session::{Failure, Heading, Outcome, Outside, Row, Session, command, nothing_asked};
use crate::source::{Diagnostic, Place};

pub(super) const ROW: Row = Heading::Question
    .row(
        "picture FILE",
        "writes the last answer as a page with a drawing of how it was decided",
        "picture \"why.html\"",
        |words, _| {
            let path = word(words, "FILE");
            Ok(command(move |session, place, outside| picture(session, &path, place, outside)))
        },
    )
    .writing();

/// Writes the last answer as a page.
fn picture(
    session: &mut Session,
    path: &str,
    place: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    let last = session.last_in_full().ok_or_else(nothing_asked)?;
    let wrong = |unreadable| Failure::from(Diagnostic::from(unreadable).at(place.clone(), ""));
    outside.write(path, &report::html(&last)).map_err(wrong)?;
    Ok(Outcome::said(format!("drew the last answer in {path}")))
}
