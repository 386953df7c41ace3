//! What is left of statements once everything that is known has been put in.

use super::super::Because;
use super::super::test_words::{in_words, otherwise};
use super::open_keys::OpenKeys;
use super::pairs;
use crate::policy::{Effect, Layer, Policy, Statement};
use crate::question::Asked;
use crate::question::search::{ContextSearch, Goal};
use crate::trace::{Mismatch, StatementAt, StatementTrace};

/// What is left of one statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Residual {
    /// The layer.
    pub layer: Layer,
    /// Its word, or the narrower one.
    pub word: &'static str,
    /// The level, for layers of several: `ou Prod`.
    pub level: Option<String>,
    /// The effect of the statement.
    pub effect: Effect,
    /// Where it stands in the request.
    pub(super) at: StatementAt,
    /// The statement.
    pub statement: Because,
    /// The statement as people name it: `Reports, statement 1`.
    pub name: String,
    /// What must hold for it to apply, all of it: `aws:SourceIp is in 203.0.113.0/24`.
    pub terms: Vec<String>,
    /// What holds where it does not apply, where that is said as easily.
    pub(super) otherwise: Option<String>,
    /// The keys that it hangs on.
    pub keys: Vec<String>,
    /// A context in which the engine finds that it applies, `KEY=VALUE` each.
    pub example: Option<Vec<String>>,
}

impl Asked<'_> {
    /// What is left of the statements whose applying would make a difference.
    pub(super) fn residual(
        &self,
        open: &OpenKeys<'_, '_>,
        search: &mut ContextSearch<'_, '_>,
    ) -> Vec<Residual> {
        let mut found: Vec<Residual> =
            self.trace.statements.iter().filter_map(|trace| self.left_of(trace, open, search)).collect();
        found.sort_by_key(|residual| residual.layer);
        found
    }

    fn left_of(
        &self,
        trace: &StatementTrace,
        open: &OpenKeys<'_, '_>,
        search: &mut ContextSearch<'_, '_>,
    ) -> Option<Residual> {
        let by_condition = matches!(trace.found, Ok(_) | Err(Mismatch::Condition { .. }));
        let keys = self.open_keys(trace, open).filter(|keys| !keys.is_empty())?;
        if !(by_condition || trace.truth.hangs()) || self.is_idle(trace, open) {
            return None;
        }
        let view = self.request.statement(trace.at)?;
        let (policy, statement) = (view.policy.policy(), view.written()?);
        let example = search.find(Goal::Applies(trace.at)).map(pairs);
        if example.is_none() && !trace.truth.hangs() {
            return None;
        }
        let (level, because) = (view.level.name.to_string(), self.statement(trace.at));
        Some(Residual {
            layer: trace.at.layer,
            word: self.layer_word(trace.at.layer),
            level: Some(level).filter(|name| !name.is_empty()),
            effect: trace.effect,
            name: because.name().unwrap_or_else(|| "the policy".to_owned()),
            at: trace.at,
            statement: because,
            terms: self.terms(policy, statement, open),
            otherwise: self.otherwise(policy, statement, open),
            keys,
            example,
        })
    }

    fn open_keys(&self, trace: &StatementTrace, open: &OpenKeys<'_, '_>) -> Option<Vec<String>> {
        let view = self.request.statement(trace.at)?;
        Some(open.of_statement(view.policy.policy(), view.written()?))
    }

    /// Whether it makes no difference if an Allow applies: another one of its level does whatever the open keys are.
    fn is_idle(&self, trace: &StatementTrace, open: &OpenKeys<'_, '_>) -> bool {
        let same = |other: &&StatementTrace| {
            (other.at.layer, other.at.level) == (trace.at.layer, trace.at.level)
                && other.effect == Effect::Allow
                && other.found.is_ok()
        };
        let certain =
            |other: &StatementTrace| self.open_keys(other, open).is_some_and(|keys| keys.is_empty());
        trace.effect == Effect::Allow
            && trace.at.layer != Layer::ResourceBased
            && self.trace.statements.iter().filter(same).any(certain)
    }

    fn otherwise(&self, policy: &Policy, statement: &Statement, open: &OpenKeys<'_, '_>) -> Option<String> {
        let mut tests = statement.condition.iter().filter(|test| !open.of_test(policy, test).is_empty());
        let only = tests.next().filter(|_| tests.next().is_none())?;
        let of_condition = open.of_statement(policy, statement).len() == open.of_test(policy, only).len();
        otherwise(self, policy, only).filter(|_| of_condition)
    }

    /// What must hold for a statement to apply, in words.
    fn terms(&self, policy: &Policy, statement: &Statement, open: &OpenKeys<'_, '_>) -> Vec<String> {
        let tests = statement.condition.iter().filter(|test| !open.of_test(policy, test).is_empty());
        let mut terms: Vec<String> = tests.map(|test| in_words(self, policy, test)).collect();
        let patterns = statement.resource.iter().flat_map(|resource| policy.texts(resource.patterns));
        let patterns = patterns.map(|text| policy.text(text)).filter(|text| !open.of_text(text).is_empty());
        let held: Vec<String> = patterns.map(|text| text.into_owned()).collect();
        if !held.is_empty() {
            terms.push(format!("`{}` covers the resource", held.join("` or `")));
        }
        terms
    }
}
