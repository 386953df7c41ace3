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

/// How closely a mismatch is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// That it is one.
    None,
    /// Which pattern came nearest.
    Nearest,
}

/// Looks at one statement of a request and says whether it applies, and if not, which element is to blame: the
/// code by which `authorize` decides, for whoever asks about near misses.
pub fn look_at(request: &Prepared<'_>, at: StatementAt) -> Option<StatementTrace> {
    let level = request.levels(at.layer).get(at.level as usize)?;
    let policy = level.set.policies().get(at.statement.policy as usize)?;
    let statement = policy.statements().get(at.statement.statement as usize)?;
    Some(Candidate { request, layer: at.layer, level, policy, statement }.trace(at, Detail::Nearest))
}

impl<'r> Candidate<'r> {
    /// What matched if the statement applies, without looking for reasons. All tests must hold (B1, B20).
    pub(super) fn applies_silently(self) -> Option<Matched> {
        let matched = self.target_silently()?;
        let mut tests = self.policy.tests(self.statement).iter();
        tests.all(|test| condition::holds(self.request, self.policy, test)).then_some(matched)
    }

    /// What was found, with what keys nobody gave could change. `detail` looks for the pattern that came nearest.
    pub(super) fn trace(self, at: StatementAt, detail: Detail) -> StatementTrace {
        let target = self.target(detail);
        let mut needs: Vec<Box<str>> = Vec::new();
        let mut add = |key: &str| {
            if !needs.iter().any(|known| known.eq_ignore_ascii_case(key)) {
                needs.push(key.into());
            }
        };
        let mut truth = self.target_truth(&target, &mut add);
        let mut failed = None;
        if truth.could_hold {
            for (i, test) in self.policy.tests(self.statement).iter().enumerate() {
                let test_truth = condition::truth(self.request, self.policy, test, &mut add);
                if !test_truth.now && failed.is_none() {
                    let why = condition::mismatch(self.request, self.policy, test);
                    failed = Some(Mismatch::Condition { test: i as u32, why });
                }
                truth = truth.and(test_truth);
            }
        }
        let found = target.and_then(|matched| failed.map_or(Ok(matched), Err));
        let needs = if truth.hangs() { needs.into() } else { Box::default() };
        StatementTrace { at, effect: self.statement.effect, found, truth, needs }
    }

    /// How the statement names the principal.
    pub(super) fn named(self) -> Strengths {
        self.principal().map_or(Strengths::NONE, |matched| matched.strengths)
    }

    /// A resource with a variable that hangs on a key nobody gave could be covered or not.
    fn target_truth(self, target: &Result<Matched, Mismatch>, add: &mut dyn FnMut(&str)) -> Truth {
        let now = target.is_ok();
        let other_element = matches!(
            target,
            Err(Mismatch::Action | Mismatch::NotAction(_) | Mismatch::Principal | Mismatch::NotPrincipal)
        );
        if other_element || !self.policy.has_variables() || self.principal().is_err() {
            return Truth::certain(now);
        }
        let mut hangs = false;
        self.policy.resource_variables(self.statement, &mut |hash, key| {
            if self.request.presence_or_not_given(hash, key) == Presence::NotGiven {
                hangs = true;
                add(key);
            }
        });
        if hangs { Truth::hanging(now) } else { Truth::certain(now) }
    }

    /// Action, resource and principal.
    fn target(self, detail: Detail) -> Result<Matched, Mismatch> {
        let action = self.action()?;
        let resource = self.resource().map_err(|()| match detail {
            Detail::Nearest => self.resource_mismatch(),
            Detail::None => Mismatch::NotCovered,
        })?;
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
        let resource = self.request.resource_for(self.level);
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
        let resource = self.request.resource_for(self.level);
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
