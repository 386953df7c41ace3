//! Which step of a remedy is for which cause.

use super::draft::RemedyDraft;
use super::edit::Remedy;
use super::proposal::Proposal;
use crate::explain::{Cause, CauseKind};
use crate::policy::{Layer, Token};
use crate::question::{Asked, Variation};
use crate::trace::{Decision, StatementAt};

/// One thing that stands against a request: known again after a change, by what a statement says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hindrance {
    /// A gate that decides.
    Gate,
    /// A Deny of a level, with its text.
    Deny(Layer, u8, String),
    /// A bucket that is kept from the public.
    Restricted,
    /// A level that does not allow it.
    Lack(Layer, u8),
}

impl Remedy {
    /// That all of several steps are needed, and for which causes each is: `both are needed: a for why 2, b for why 1`.
    pub fn needs(&self, causes: &[Cause]) -> Option<String> {
        let all = match self.edits.len() {
            0 | 1 => return None,
            2 => "both are needed".to_owned(),
            many => format!("all {many} are needed"),
        };
        let several = causes.iter().filter(|cause| cause.decides()).count() > 1;
        if !several || self.edits.iter().any(|edit| edit.causes.is_empty()) {
            return Some(all);
        }
        let numbers =
            |causes: &[usize]| causes.iter().map(|at| (at + 1).to_string()).collect::<Vec<_>>().join(" and ");
        let letters = ('a'..='z').zip(&self.edits);
        let letters = letters.map(|(letter, edit)| format!("{letter} for why {}", numbers(&edit.causes)));
        Some(format!("{all}: {}", letters.collect::<Vec<_>>().join(", ")))
    }
}

impl RemedyDraft<'_> {
    /// The causes that each of several steps removes.
    pub(super) fn causes_of_steps(&self, asked: &Asked<'_>, causes: &[Cause]) -> Vec<Vec<usize>> {
        if self.edits.len() < 2 {
            return Vec::new();
        }
        let mut states: Vec<Variation> = Vec::new();
        for proposal in &self.edits {
            states.push(proposal.changing(states.last().unwrap_or(&Variation::default())));
        }
        asked.causes_removed(causes, &states)
    }

    /// The steps with the causes that they remove, in the order of those where no step builds on another.
    pub(super) fn in_order_of_causes(self, removed: Vec<Vec<usize>>) -> Vec<(Proposal, Vec<usize>)> {
        let places: Vec<Option<(Layer, u8)>> = self.edits.iter().map(Proposal::level).collect();
        let apart = |(i, place): (usize, &Option<_>)| place.is_none() || !places[..i].contains(place);
        let is_free =
            places.iter().enumerate().all(apart) && !self.edits.iter().any(Proposal::is_of_switches);
        let causes = removed.into_iter().chain(std::iter::repeat_with(Vec::new));
        let mut steps: Vec<_> = self.edits.into_iter().zip(causes).collect();
        if is_free {
            steps.sort_by_key(|(_, causes)| causes.first().copied().unwrap_or_default());
        }
        steps
    }
}

impl Asked<'_> {
    /// The causes that each step removes, by their number: those that stand before it, and no longer with it.
    pub(super) fn causes_removed(&self, causes: &[Cause], states: &[Variation]) -> Vec<Vec<usize>> {
        let own: Vec<Option<Hindrance>> =
            causes.iter().map(|cause| self.hindrance(cause).filter(|_| cause.decides())).collect();
        let mut standing: Vec<usize> = (0..own.len()).filter(|at| own[*at].is_some()).collect();
        let removed = states.iter().map(|state| {
            let left = state.ask(&self.request, |again| again.hindrances());
            let stands = |at: &usize| own[*at].as_ref().is_some_and(|own| left.contains(own));
            let (still, gone) = standing.iter().copied().partition(stands);
            standing = still;
            gone
        });
        removed.collect()
    }

    fn hindrance(&self, cause: &Cause) -> Option<Hindrance> {
        match (cause.kind, cause.at, cause.level) {
            (CauseKind::Gate, ..) => Some(Hindrance::Gate),
            (CauseKind::Denies, Some(at), _) => Some(self.deny_hindrance(at)),
            (CauseKind::Denies, None, _) => Some(Hindrance::Restricted),
            (CauseKind::Lacks, _, Some((layer, level))) => Some(Hindrance::Lack(layer, level)),
            _ => None,
        }
    }

    fn deny_hindrance(&self, at: StatementAt) -> Hindrance {
        Hindrance::Deny(at.layer, at.level, self.statement_text(at))
    }

    fn statement_text(&self, at: StatementAt) -> String {
        let view = self.request.statement(at);
        let place = view.map(|view| view.policy.policy().place(view.number, Token::Statement));
        place.map(|place| place.text().to_owned()).unwrap_or_default()
    }

    /// All that stands against the request, what is behind the first of it included.
    fn hindrances(&self) -> Vec<Hindrance> {
        match &self.trace.gate {
            Some(_) if self.decision.is_allowed() => Vec::new(),
            Some(_) => {
                let behind = self.with_the_gate_open();
                let behind = behind.map(|open| open.ask(&self.request, |again| again.of_policies()));
                std::iter::once(Hindrance::Gate).chain(behind.into_iter().flatten()).collect()
            }
            None => self.of_policies(),
        }
    }

    fn of_policies(&self) -> Vec<Hindrance> {
        let lacks = |levels: Vec<(Layer, u8)>| {
            levels.into_iter().map(|(layer, level)| Hindrance::Lack(layer, level)).collect::<Vec<_>>()
        };
        match (&self.trace.gate, self.decision) {
            (Some(_), _) | (_, Decision::Allowed) => Vec::new(),
            (None, Decision::ImplicitDeny) => lacks(self.missing_levels()),
            (None, Decision::ExplicitDeny) if self.is_restricted() => vec![Hindrance::Restricted],
            (None, Decision::ExplicitDeny) => {
                let because = self.because();
                let denies = because.iter().filter_map(|because| because.at);
                let denies = denies.map(|at| self.deny_hindrance(at));
                denies.chain(lacks(self.lacking_behind())).collect()
            }
        }
    }
}
