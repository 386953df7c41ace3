//! Scripts: statement by statement.

use std::sync::Arc;

use super::failure::Failure;
use super::outcome::{Outcome, Status};
use super::outside::Outside;
use super::state::{Mode, Session};
use crate::source::{Diagnostic, Place, Source, Span};
use crate::syntax::script::{StatementText, split_statements};

/// How deep scripts may read scripts.
const MAX_READING: usize = 16;

/// How a script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Whether each change can be undone.
    pub mode: Mode,
    /// Whether to go on after a statement that was refused.
    pub keep_going: bool,
}

/// A statement that ran.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Where it stands.
    pub span: Span,
    /// What came of it.
    pub outcome: Outcome,
}

/// Runs the statements of a script, each when it is asked for; ends after the first one that is refused, unless it
/// is to keep going.
pub fn run_script<'s>(
    session: &'s mut Session,
    source: &'s Arc<Source>,
    outside: &'s mut dyn Outside,
    run: Run,
) -> impl Iterator<Item = Ran> + 's {
    let mut statements: std::vec::IntoIter<StatementText> = split_statements(source).into_iter();
    let mut ended = false;
    std::iter::from_fn(move || {
        let span = statements.next().filter(|_| !ended)?.span;
        let outcome = session.run(source, span, outside, run.mode);
        ended = outside.is_stopped() || (outcome.status == Status::Refused && !run.keep_going);
        Some(Ran { span, outcome })
    })
}

/// Runs a script inside another one; it ends at the first statement that is refused.
pub(super) fn read(
    session: &mut Session,
    script: &Arc<Source>,
    place: &Place,
    outside: &mut dyn Outside,
) -> Result<Outcome, Failure> {
    let name = script.name().to_owned();
    let outermost = place.source.name() == name;
    if outermost || session.reading.contains(&name) {
        let what = format!("`{name}` is being read already, so it would never end");
        return Err(Diagnostic::error("reads-itself", what).at(place.clone(), "").into());
    }
    if session.reading.len() >= MAX_READING {
        let what = format!("scripts read scripts more than {MAX_READING} deep");
        return Err(Diagnostic::error("too-deep", what).at(place.clone(), "").into());
    }
    session.reading.push(name);
    let mut all = Outcome::default();
    let run = Run { mode: Mode::Script, keep_going: false };
    for ran in run_script(session, script, outside, run) {
        all.add(ran.outcome);
    }
    session.reading.pop();
    Ok(all)
}
