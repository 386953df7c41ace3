//! `picture "why.html"`

use super::super::failure::Failure;
use super::super::outcome::Outcome;
use super::super::outside::Outside;
use super::super::question::nothing_asked;
use super::super::state::Session;
use crate::report;
use crate::source::{Diagnostic, Place};

/// Writes the last answer as a page.
pub(super) fn picture(
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
