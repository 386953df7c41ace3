//! Whether one statement applies to a request.

use crate::compile::{CompiledPolicy, CompiledStatement, Element, ResourcePattern};
use crate::policy::Layer;
use crate::trace::{Matched, Mismatch, StatementAt, StatementTrace, Strengths, Truth};
use crate::world::{Level, Prepared, Presence};

use super::{condition, principal};

/// A statement before a request.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'r> {
    pub(super) request: &'r Prepared<'r>,
    pub(super) layer: Layer,
    pub(super) level: &'r Level,
    pub(super) policy: &'r CompiledPolicy,
    pub(super) statement: &'r CompiledStatement,
}

/// Looks at one statement of a request and says whether it applies, and if not, which element is to blame: the
/// code by which `authorize` decides, for whoever asks about near misses.
pub fn look_at(request: &Prepared<'_>, at: StatementAt) -> Option<StatementTrace> {
    let level = request.levels(at.layer).get(at.level as usize)?;
    let policy = level.set.policies().get(at.statement.policy as usize)?;
    let statement = policy.statements().get(at.statement.statement as usize)?;
    Some(Candidate { request, layer: at.layer, level, policy, statement }.trace(at))
}

impl<'r> Candidate<'r> {
    /// What matched if the statement applies; otherwise the first element that does not.
    pub(super) fn applies(self) -> Result<Matched, Mismatch> {
        let matched = self.target()?;
        let tests = self.policy.tests(self.statement);
        match tests.iter().position(|test| !condition::holds(self.request, self.policy, test)) {
            None => Ok(matched),
            Some(test) => {
                let why = condition::mismatch(self.request, self.policy, &tests[test]);
                Err(Mismatch::Condition { test: test as u32, why })
            }
        }
    }

    /// The same as a bool and the strengths, without looking for reasons.
    pub(super) fn applies_silently(self) -> Option<Matched> {
        let matched = self.target_silently()?;
        let mut tests = self.policy.tests(self.statement).iter();
        tests.all(|test| condition::holds(self.request, self.policy, test)).then_some(matched)
    }

    /// What was found, with what keys nobody gave could change.
    pub(super) fn trace(self, at: StatementAt) -> StatementTrace {
        let mut needs = Vec::new();
        let mut add = |key: &str| {
            if !needs.iter().any(|known: &Box<str>| known.eq_ignore_ascii_case(key)) {
                needs.push(key.into());
            }
        };
        let mut truth = self.target_truth(&mut add);
        if truth.could_hold {
            for test in self.policy.tests(self.statement) {
                truth = truth.and(condition::truth(self.request, self.policy, test));
                condition::needs(self.request, self.policy, test, &mut add);
            }
        }
        let needs = if truth.hangs() { needs.into() } else { Box::default() };
        StatementTrace { at, effect: self.statement.effect, found: self.applies(), truth, needs }
    }

    /// How the statement names the principal.
    pub(super) fn named(self) -> Strengths {
        self.principal().map_or(Strengths::NONE, |matched| matched.strengths)
    }

    fn target_truth(self, add: &mut dyn FnMut(&str)) -> Truth {
        let now = self.target().is_ok();
        let mut hangs = false;
        self.policy.resource_variables(self.statement, &mut |hash, key| {
            if self.request.presence_or_not_given(hash, key) == Presence::NotGiven {
                hangs = true;
                add(key);
            }
        });
        if hangs && self.action().is_ok() && self.principal().is_ok() {
            Truth::hanging(now)
        } else {
            Truth::certain(now)
        }
    }

    /// Action, resource and principal.
    fn target(self) -> Result<Matched, Mismatch> {
        let action = self.action()?;
        let resource = self.resource().map_err(|()| self.resource_mismatch())?;
        let principal = self.principal()?;
        Ok(Matched { action, resource, ..principal })
    }

    fn target_silently(self) -> Option<Matched> {
        self.action().ok()?;
        self.resource().ok()?;
        self.principal().ok()
    }

    /// A35–A39.
    fn action(self) -> Result<Option<u32>, Mismatch> {
        let mut patterns = self.policy.actions(self.statement).iter();
        let found = patterns.position(|pattern| pattern.matches(self.policy, &self.request.action));
        match (self.statement.not_action, found) {
            (false, Some(i)) => Ok(Some(i as u32)),
            (false, None) => Err(Mismatch::Action),
            (true, Some(i)) => Err(Mismatch::NotAction(i as u32)),
            (true, None) => Ok(None),
        }
    }

    /// A41–A47. A statement without a resource means what the policy is attached to (A19).
    fn resource(self) -> Result<Option<u32>, ()> {
        let resource = self.request.resource();
        let mut patterns = self.policy.resources(self.statement).iter();
        let found = patterns.position(|pattern| pattern.matches(self.policy, &resource, self.request));
        match (self.statement.resource_element, found) {
            (Element::Absent, _) | (Element::Negated, None) => Ok(None),
            (Element::Plain, Some(i)) => Ok(Some(i as u32)),
            (Element::Plain, None) | (Element::Negated, Some(_)) => Err(()),
        }
    }

    fn principal(self) -> Result<Matched, Mismatch> {
        match self.layer {
            Layer::ResourceBased | Layer::VpcEndpoint | Layer::ResourceControl => {
                principal::named(self.request, self.layer, self.level, self.policy, self.statement)
            }
            _ => Ok(Matched::default()),
        }
    }

    fn resource_mismatch(self) -> Mismatch {
        let patterns = self.policy.resources(self.statement);
        let resource = self.request.resource();
        if self.statement.resource_element == Element::Negated {
            let found = patterns.iter().position(|p| p.matches(self.policy, &resource, self.request));
            return Mismatch::NotResource(found.unwrap_or_default() as u32);
        }
        let crate::compile::RequestResource::One(arn) = resource else { return Mismatch::OnlyStar(0) };
        // The nearest pattern is the one whose first failing field stands furthest to the right.
        let field =
            |pattern: &ResourcePattern| pattern.first_mismatch(self.policy, &arn, self.request).unwrap_or(1);
        let nearest = patterns.iter().enumerate().max_by_key(|(i, pattern)| (field(pattern), usize::MAX - i));
        match nearest {
            Some((i, pattern)) if pattern.is_unresolved(self.policy, self.request) => {
                Mismatch::Unresolved(i as u32)
            }
            Some((i, pattern)) => Mismatch::Resource { nearest: i as u32, field: field(pattern) },
            None => Mismatch::Resource { nearest: 0, field: 5 },
        }
    }
}
