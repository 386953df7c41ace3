//! Outputs of the AWS command line, made a world at once.

use std::sync::Arc;

use super::load::apply_all;
use crate::import::{CollectedWorld, collected};
use crate::session::{Command, Outcome, Part, command};
use crate::source::Source;

/// A command that makes a world of outputs of the AWS command line; what is missing is said.
pub fn imports(files: Vec<Arc<Source>>) -> Command {
    command(move |session, _, _| {
        let CollectedWorld { changes, accounts, read, mut findings, missing, .. } = collected(&files);
        let warnings = apply_all(session, changes, &mut findings);
        session.selected = accounts.first().copied();
        let read: Vec<String> = read.iter().map(|(kind, count)| format!("{kind} ({count})")).collect();
        let mut outcome = Outcome::said(format!("read {}", read.join(", "))).after(findings);
        outcome.parts.extend(warnings.into_iter().map(Part::Note));
        Ok(missing.into_iter().map(|what| format!("missing: {what}")).fold(outcome, Outcome::note))
    })
    .changing()
}
