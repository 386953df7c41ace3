//! What was decided so far, put together by reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::answer::{PatternAnswer, PatternOutcome, PatternPart, PatternReason};
use crate::catalog::{ActionSet, Catalog};
use crate::facts::{RuleId, rule};
use crate::policy::Layer;
use crate::question::{Asked, Question};
use crate::reason::difference::{Caveat, ChangedStatement};
use crate::source::first_of;
use crate::trace::{Decision, StatementAt};
use crate::world::ContextEntry;

/// How many actions a caveat names, at most.
const NAMED: usize = 3;

/// What was decided of requests.
#[derive(Default)]
pub(super) struct PatternFindings {
    parts: Vec<PatternPart>,
    caveats: BTreeSet<Caveat>,
    /// Actions of which something else decides than was looked at, by the rule.
    others: BTreeMap<Option<RuleId>, BTreeSet<Box<str>>>,
    assumed: BTreeSet<String>,
    actions: BTreeSet<Box<str>>,
}

/// What was expected of a request, before the engine was asked.
#[derive(Clone, Copy)]
pub(super) struct ExpectedOutcome<'s> {
    pub(super) outcome: PatternOutcome,
    /// The statement to which it is owed, and those that deny a part of what that allows.
    pub(super) by: Option<StatementAt>,
    pub(super) except: &'s [StatementAt],
    /// What the request has beside what the question says.
    pub(super) context: &'s [ContextEntry<'static>],
}

impl PatternFindings {
    pub(super) fn caveat(&mut self, caveat: Caveat) {
        self.caveats.insert(caveat);
    }

    pub(super) fn assume(&mut self, sentence: impl Into<String>) {
        self.assumed.insert(sentence.into());
    }

    /// An action of which something else decides than was looked at.
    pub(super) fn other(&mut self, rule: Option<RuleId>, action: &str) {
        self.others.entry(rule).or_default().insert(action.into());
    }

    /// Adds what the engine decided of a request; where it is another thing than was expected, that counts, and only a
    /// gate explains it.
    pub(super) fn add(
        &mut self,
        question: &Question,
        asked: &Asked<'_>,
        expected: Option<ExpectedOutcome<'_>>,
    ) {
        let outcome = outcome(asked);
        let expected = expected.filter(|expected| expected.outcome == outcome);
        let by = expected.and_then(|expected| statement(asked, expected.by?));
        let reason = by.map_or_else(|| reason(asked), PatternReason::Statement);
        let except = expected.map(|expected| expected.except).unwrap_or_default();
        let except: Vec<ChangedStatement> = except.iter().filter_map(|at| statement(asked, *at)).collect();
        self.actions.insert(question.action.clone());
        asked.incomplete_policies().for_each(|name| self.assume(format!("{name} could not be consulted")));
        if outcome == PatternOutcome::Allowed && !asked.request.ancestors().is_empty() {
            self.other(Some(const { rule("D44") }), &question.action);
        }
        let is_it = |part: &&mut PatternPart| part.outcome == outcome && part.reason == reason;
        match self.parts.iter_mut().find(is_it) {
            Some(part) => {
                if !part.actions.contains(&question.action) {
                    part.actions.push(question.action.clone());
                }
                let new = except.into_iter().filter(|one| !part.except.contains(one)).collect::<Vec<_>>();
                part.except.extend(new);
            }
            None => self.parts.push(PatternPart {
                outcome,
                reason,
                actions: vec![question.action.clone()],
                folded: Vec::new(),
                except,
                witness: question.clone(),
                decision: asked.decision,
            }),
        }
    }

    /// The answer, what is allowed first.
    pub(super) fn into_answer(mut self, catalog: &Catalog) -> PatternAnswer {
        self.parts.sort_by_key(|part| part.outcome);
        for part in &mut self.parts {
            part.actions.sort();
            part.folded = folded(&part.actions, catalog);
        }
        let others = self.others.iter().map(|(rule, actions)| of_others(*rule, actions));
        PatternAnswer {
            parts: self.parts,
            actions: self.actions.len(),
            caveats: self.caveats.into_iter().chain(others).collect(),
            assumed: self.assumed.into_iter().collect(),
        }
    }
}

/// What becomes of a request, as the engine says it.
pub(super) fn outcome(asked: &Asked<'_>) -> PatternOutcome {
    let is_open = asked.trace.gate.as_ref().is_some_and(|gate| gate.unknown) || asked.unknown().is_some();
    match (is_open, asked.decision) {
        (true, _) => PatternOutcome::Depends,
        (false, Decision::Allowed) => PatternOutcome::Allowed,
        (false, _) => PatternOutcome::Denied,
    }
}

fn reason(asked: &Asked<'_>) -> PatternReason {
    if let Some(gate) = &asked.trace.gate {
        return PatternReason::Gate(gate.name, gate.rule, gate.reason.clone());
    }
    if let Some(unknown) = asked.unknown() {
        return PatternReason::UnknownPolicy(unknown.rule());
    }
    if asked.decision == Decision::ImplicitDeny {
        return PatternReason::Lacking(asked.trace.blocked_by.to_vec());
    }
    deciding(asked)
        .and_then(|at| statement(asked, at))
        .map_or(PatternReason::Nothing, PatternReason::Statement)
}

/// The first statement that denies, or that allows where something grants.
fn deciding(asked: &Asked<'_>) -> Option<StatementAt> {
    let is_denied = asked.decision == Decision::ExplicitDeny;
    let levels = asked.trace.levels.iter().filter(|level| is_denied || is_granting(level.layer));
    let mut found = levels.filter_map(|level| {
        let statement = if is_denied { level.outcome.denies } else { level.outcome.allows }?;
        Some(StatementAt { layer: level.layer, level: level.level, statement })
    });
    found.next()
}

/// Whether an Allow of the layer grants something, where those of the others only let it stand.
pub(super) fn is_granting(layer: Layer) -> bool {
    matches!(layer, Layer::IdentityBased | Layer::ResourceBased)
}

/// A statement, in words that can be shown.
fn statement(asked: &Asked<'_>, at: StatementAt) -> Option<ChangedStatement> {
    let view = asked.request.statement(at)?;
    Some(ChangedStatement {
        is_new: true,
        effect: view.statement.effect,
        name: view.origin()?.name.clone(),
        policy: Arc::clone(view.policy.policy()),
        statement: view.number,
    })
}

fn folded(actions: &[Box<str>], catalog: &Catalog) -> Vec<String> {
    let mut set = ActionSet::none(catalog);
    let mut unlisted = Vec::new();
    for action in actions {
        if !set.add(action) {
            unlisted.push(action.to_string());
        }
    }
    [set.patterns(), unlisted].concat()
}

fn of_others(rule: Option<RuleId>, actions: &BTreeSet<Box<str>>) -> Caveat {
    let names: Vec<&str> = actions.iter().map(AsRef::as_ref).collect();
    let by = rule.map(|rule| format!(" ({rule})")).unwrap_or_default();
    Caveat { rule, why: format!("something else than the policies decides {}{by}", first_of(NAMED, &names)) }
}
