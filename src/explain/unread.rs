//! Resources of which only a pattern is known, because what names them was not read.

use crate::compile::Element;
use crate::names::overlap;
use crate::policy::Effect;
use crate::question::Asked;
use crate::trace::{Decision, Mismatch, StatementTrace};

impl Asked<'_> {
    /// Whether the answer could be another for the resource that is meant: of the pattern that was asked for, a
    /// statement covers some and not all.
    pub(super) fn hangs_on_resource(&self) -> bool {
        if !self.request.request.resource_is_unread || self.trace.gate.is_some() {
            return false;
        }
        let statements = || self.trace.statements.iter();
        match self.decision {
            Decision::Allowed => statements().any(|trace| self.covers_some(trace, Effect::Deny)),
            Decision::ImplicitDeny => statements().any(|trace| self.covers_some(trace, Effect::Allow)),
            Decision::ExplicitDeny => {
                let denies =
                    || statements().filter(|trace| trace.effect == Effect::Deny && trace.found.is_ok());
                denies().next().is_some() && denies().all(|trace| self.spares_some(trace))
            }
        }
    }

    /// Whether a statement of an effect failed by its resource, and covers a part of what was asked for.
    fn covers_some(&self, trace: &StatementTrace, effect: Effect) -> bool {
        let by_resource = matches!(trace.found, Err(Mismatch::Resource { .. } | Mismatch::NotCovered));
        trace.effect == effect && by_resource && self.has(trace, Element::Plain) && self.overlaps(trace)
    }

    /// Whether a statement applies by a `NotResource` that lists a part of what was asked for.
    fn spares_some(&self, trace: &StatementTrace) -> bool {
        self.has(trace, Element::Negated) && self.overlaps(trace)
    }

    fn has(&self, trace: &StatementTrace, element: Element) -> bool {
        self.request.statement(trace.at).is_some_and(|view| view.statement.resource_element == element)
    }

    fn overlaps(&self, trace: &StatementTrace) -> bool {
        let asked = self.request.resource().text();
        self.request.statement(trace.at).is_some_and(|view| {
            let mut patterns = view.policy.resources(view.statement).iter();
            patterns.any(|pattern| overlap(&without_variables(pattern.text(view.policy)), asked))
        })
    }
}

/// A pattern in which variables stand for anything.
pub(super) fn without_variables(pattern: &str) -> String {
    let mut pieces = pattern.split("${");
    let start = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(start, |text, piece| text + "*" + piece.split_once('}').map_or(piece, |(_, behind)| behind))
}
