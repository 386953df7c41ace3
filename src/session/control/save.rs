//! The world as a script that makes it again.

use super::super::failure::Failure;
use super::super::outcome::Outcome;
use super::super::outside::Outside;
use super::super::state::Session;
use crate::source::{Diagnostic, Place};

mod script;

/// Writes the world as a script.
pub(in super::super) fn save(
    session: &Session,
    path: &str,
    place: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    let saved = script::script_of(&session.world, session.selected);
    let wrong = |unreadable| Failure::from(Diagnostic::from(unreadable).at(place.clone(), ""));
    outside.write(path, &saved.text).map_err(wrong)?;
    let lines = saved.text.lines().count();
    let outcome =
        Outcome::said(format!("saved the world to {path}, {lines} lines; `read \"{path}\"` makes it again"));
    Ok(saved.left_out.into_iter().fold(outcome, Outcome::note))
}
