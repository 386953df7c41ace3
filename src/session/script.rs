//! Scripts: statement by statement.

use std::sync::Arc;

use super::outcome::{Outcome, Status};
use super::outside::Outside;
use super::run::Mode;
use super::state::Session;
use crate::question::search::is_stopped;
use crate::source::{Source, Span};
use crate::syntax::script::{StatementText, split_statements};

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
        ended = is_stopped() || (outcome.status == Status::Refused && !run.keep_going);
        Some(Ran { span, outcome })
    })
}
