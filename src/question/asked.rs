//! Asking: one run of the evaluator with a recorder.

use crate::eval::authorize;
use crate::trace::{Decision, Trace};
use crate::world::Prepared;

/// A question that has been answered, with the way to the answer.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The question.
    pub request: Prepared<'a>,
    /// The decision.
    pub decision: Decision,
    /// The way to it.
    pub trace: Trace,
}

/// Decides a request and records the way.
pub fn ask(request: Prepared<'_>) -> Asked<'_> {
    let mut trace = Trace::default();
    let decision = authorize(&request, &mut trace);
    Asked { request, decision, trace }
}
