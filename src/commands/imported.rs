//! Outputs of the AWS command line, made a world at once.

use super::load::apply_all;
use crate::import::CollectedWorld;
use crate::session::{Command, Outcome, Part, command};
use crate::source::Diagnostic;

/// A command that makes a world of what was read in outputs of the AWS command line; what is missing is said.
pub fn imports(collected: CollectedWorld) -> Command {
    command(move |session, _, _| {
        let CollectedWorld { changes, accounts, read, mut findings, missing, .. } = collected;
        if read.is_empty() {
            findings.push(nothing_read());
            return Err(findings.into());
        }
        let warnings = apply_all(session, changes, &mut findings);
        session.selected = accounts.first().copied();
        let count: usize = read.values().sum();
        let outputs = if count == 1 { "1 output".to_owned() } else { format!("{count} outputs") };
        let kinds: String = read.iter().map(|(kind, count)| format!("{count:>6}  {kind}\n")).collect();
        let mut outcome = Outcome::of(Part::Text(format!("read {outputs}\n{kinds}"))).after(findings);
        outcome.parts.extend(warnings.into_iter().map(Part::Note));
        Ok(missing.into_iter().map(|what| format!("missing: {what}")).fold(outcome, Outcome::note))
    })
    .changing()
}

fn nothing_read() -> Diagnostic {
    Diagnostic::error(
        "no-outputs",
        "none of the files is an output of the AWS command line that tells of a world",
    )
    .help("`iamwhy import --how` prints the lines that collect them")
}
