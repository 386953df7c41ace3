//! What sets two remedies apart: one of them may open more than the other.

use super::difference::{Difference, Opened};
use super::edit::{Edit, Remedy};

impl Difference {
    /// The same as a set.
    pub(super) fn as_set(&self) -> Opened {
        let sides = [(true, &self.opened), (false, &self.lost)];
        let all =
            sides.into_iter().flat_map(|(is_opened, calls)| calls.iter().map(move |call| (is_opened, call)));
        all.map(|(is_opened, call)| (is_opened, call.who.arn(), call.action.clone(), call.resource.clone()))
            .collect()
    }
}

impl Remedy {
    /// What another remedy opens beside this one: `2 opens more`; nothing where that was not asked.
    pub(super) fn apart(&self, other: &Self) -> Option<&'static str> {
        let is_known = |remedy: &Self| remedy.edits.iter().all(|edit| edit.opened.is_some());
        let lifts = |remedy: &Self| remedy.edits.iter().any(|edit| edit.guard.is_some());
        if !is_known(self) || !is_known(other) || (lifts(self) && lifts(other)) {
            return None; // of two exceptions to a Deny each opens what no few calls tell
        }
        let all = |remedy: &Self| -> Opened { remedy.edits.iter().flat_map(opened).collect() };
        let (own, other) = (all(self), all(other));
        match (own.is_subset(&other), other.is_subset(&own)) {
            (true, false) => Some("2 opens more"),
            (false, true) => Some("2 opens less"),
            _ => None,
        }
    }
}

/// What an edit opens, without what it takes away.
fn opened(edit: &Edit) -> Opened {
    let all = edit.opened.iter().flatten();
    all.filter(|(is_opened, ..)| *is_opened).cloned().collect()
}
