//! What an allow rests on.

use crate::explain::Because;
use crate::question::{Asked, Variation, without_statement};
use crate::trace::StatementAt;

/// How many of several supporting statements are tried.
const SUPPORTS: usize = 8;

/// What an allow rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Support {
    /// Without any one of these statements it would be denied.
    Each(Vec<Because>),
    /// Several statements grant it, and no single one could be missed.
    Several(Vec<Because>),
}

/// What an allow rests on; nothing where root's own right allows it.
pub(crate) fn support(asked: &Asked<'_>) -> Option<Support> {
    if !asked.decision.is_allowed() || asked.trace.gate.is_some() {
        return None;
    }
    let because = asked.because();
    if because.is_empty() || because.len() > SUPPORTS {
        return None;
    }
    let (each, several): (Vec<Because>, Vec<Because>) =
        because.into_iter().partition(|because| because.at.is_some_and(|at| needs(asked, at)));
    Some(if each.is_empty() { Support::Several(several) } else { Support::Each(each) })
}

/// Whether the request would be denied without a statement.
fn needs(asked: &Asked<'_>, at: StatementAt) -> bool {
    let Some(edit) = without_statement(&asked.request, at) else { return false };
    let variation = Variation::default().with_edit(edit);
    variation.ask(&asked.request, |again| !again.decision.is_allowed())
}
