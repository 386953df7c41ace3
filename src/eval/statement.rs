//! Whether one statement applies to a request.

use crate::compile::{CompiledPolicy, CompiledStatement, Element, ResourcePattern, Test};
use crate::names::DistinctNames;
use crate::policy::Layer;
use crate::trace::{Matched, Mismatch, StatementAt, StatementTrace, StatementView, Strengths, Truth};
use crate::world::{Level, Prepared, Presence};

use super::{condition, principal};

/// A statement before a request.
#[derive(Clone, Copy)]
pub(super) struct StatementTried<'r> {
    pub(super) request: &'r Prepared<'r>,
    pub(super) layer: Layer,
    pub(super) level: &'r Level,
    /// The number of the policy in the level.
    pub(super) number: u32,
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
    let candidate = candidate_at(request, at)?;
    Some(candidate.trace(at, candidate.action(), Detail::Nearest))
}

/// Looks at one statement of a request, and at another one, of another policy, as if it stood in its place.
pub fn look_at_both(
    request: &Prepared<'_>,
    at: StatementAt,
    (policy, statement): (&CompiledPolicy, &CompiledStatement),
) -> Option<[StatementTrace; 2]> {
    let own = candidate_at(request, at)?;
    let both = [own, StatementTried { policy, statement, ..own }];
    Some(both.map(|candidate| candidate.trace(at, candidate.action(), Detail::None)))
}

/// All elements of a statement of a request that do not fit, where [`look_at`] stops at the first.
pub fn mismatches(request: &Prepared<'_>, at: StatementAt) -> Vec<Mismatch> {
    candidate_at(request, at).map(|candidate| candidate.mismatches()).unwrap_or_default()
}

/// The condition keys that nobody gave and that a statement of a request hangs on, as the policy writes them.
pub fn needs<'r>(request: &'r Prepared<'_>, at: StatementAt) -> Vec<&'r str> {
    candidate_at(request, at).map(|candidate| candidate.needs()).unwrap_or_default()
}

/// How a statement of a request names the principal, by itself; `None` where it does not. Where statements name no
/// principals it is [`Strengths::NONE`].
pub fn named(request: &Prepared<'_>, at: StatementAt) -> Option<Strengths> {
    candidate_at(request, at)?.principal().ok().map(|matched| matched.strengths)
}

/// Whether the resource element of a statement of a request covers the resource, with the variables as they are.
pub fn covers_resource(request: &Prepared<'_>, at: StatementAt) -> bool {
    candidate_at(request, at).is_some_and(|candidate| candidate.resource().is_ok())
}

fn candidate_at<'r>(request: &'r Prepared<'_>, at: StatementAt) -> Option<StatementTried<'r>> {
    let StatementView { level, policy, statement, .. } = request.statement(at)?;
    Some(StatementTried { request, layer: at.layer, level, number: at.statement.policy, policy, statement })
}

impl<'r> StatementTried<'r> {
    /// How the statement names the principal if it applies, without looking for reasons; its action element covers
    /// the action. All tests must hold (B1, B20).
    pub(super) fn applies_silently(&self) -> Option<Strengths> {
        self.resource().ok()?;
        let strengths =
            if self.names_principals() { self.principal().ok()?.strengths } else { Strengths::NONE };
        let mut tests = self.policy.tests(self.statement).iter();
        tests.all(|test| condition::holds(self.request, self.policy, test)).then_some(strengths)
    }

    /// What was found, with what keys nobody gave could change, where this is what the action element says of the
    /// action. `detail` looks for the pattern that came nearest.
    #[inline]
    pub(super) fn trace(
        &self,
        at: StatementAt,
        action: Result<Option<u32>, Mismatch>,
        detail: Detail,
    ) -> StatementTrace {
        let resource = self.resource();
        let (found, truth) = match (action, resource) {
            // Most that cover the action leave the resource out, whatever any key says.
            (Ok(_), Err(())) if !self.policy.has_variables() => {
                (Err(self.not_covered(detail)), Truth::certain(false))
            }
            _ => self.weigh(action, resource, detail, &mut |_| {}),
        };
        StatementTrace { at, effect: self.statement.effect, found, truth }
    }

    fn mismatches(&self) -> Vec<Mismatch> {
        let resource = self.resource().err().map(|()| self.resource_mismatch());
        let target = [self.action().err(), resource, self.principal().err()];
        let tests = self.policy.tests(self.statement).iter().enumerate();
        let failing = tests.filter(|(_, test)| !condition::holds(self.request, self.policy, test));
        let condition = failing.map(|(i, test)| Mismatch::Condition {
            test: i as u32,
            why: condition::mismatch(test, self.presence(test)),
        });
        target.into_iter().flatten().chain(condition).collect()
    }

    /// The condition keys that nobody gave and that the statement hangs on, each once.
    fn needs(&self) -> Vec<&'r str> {
        let mut needs = DistinctNames::new();
        let (_, truth) = self.weigh(self.action(), self.resource(), Detail::None, &mut |key| {
            needs.insert(key);
        });
        if truth.hangs() { needs.into_vec() } else { Vec::new() }
    }

    /// Element by element, until nothing can make the statement apply. `add` hears of the keys nobody gave.
    #[inline]
    fn weigh(
        &self,
        action: Result<Option<u32>, Mismatch>,
        resource: Result<Option<u32>, ()>,
        detail: Detail,
        add: &mut impl FnMut(&'r str),
    ) -> (Result<Matched, Mismatch>, Truth) {
        let (mut found, mut truth) = self.target(action, resource, detail, add);
        for (i, test) in self.policy.tests(self.statement).iter().enumerate() {
            if !truth.could_hold {
                break;
            }
            let presence = self.presence(test);
            let holds = condition::truth(self.request, self.policy, test, presence, add);
            if !holds.now && found.is_ok() {
                let why = condition::mismatch(test, presence);
                found = Err(Mismatch::Condition { test: i as u32, why });
            }
            truth = truth.and(holds);
        }
        (found, truth)
    }

    fn presence(&self, test: &Test) -> Presence<'r> {
        self.request.presence_or_not_given(test.hash, test.key(self.policy))
    }

    /// How the statement names the principal.
    pub(super) fn named(&self) -> Strengths {
        self.principal().map_or(Strengths::NONE, |matched| matched.strengths)
    }

    /// Action, resource and principal. A resource with a variable that hangs on a key nobody gave could be covered
    /// or not.
    #[inline]
    fn target(
        &self,
        action: Result<Option<u32>, Mismatch>,
        resource: Result<Option<u32>, ()>,
        detail: Detail,
        add: &mut impl FnMut(&'r str),
    ) -> (Result<Matched, Mismatch>, Truth) {
        let action = match action {
            Ok(action) => action,
            Err(mismatch) => return (Err(mismatch), Truth::certain(false)),
        };
        match (resource, self.principal()) {
            (Ok(resource), Ok(matched)) => {
                (Ok(Matched { action, resource, ..matched }), self.resource_truth(true, add))
            }
            (Err(()), Ok(_)) => (Err(self.not_covered(detail)), self.resource_truth(false, add)),
            (Err(()), Err(_)) => (Err(self.not_covered(detail)), Truth::certain(false)),
            (Ok(_), Err(mismatch)) => (Err(mismatch), Truth::certain(false)),
        }
    }

    fn resource_truth(&self, now: bool, add: &mut impl FnMut(&'r str)) -> Truth {
        let mut hangs = false;
        if self.policy.has_variables() {
            self.policy.resource_variables(self.statement, &mut |hash, key| {
                if self.request.presence_or_not_given(hash, key) == Presence::NotGiven {
                    hangs = true;
                    add(key);
                }
            });
        }
        if hangs { Truth::hanging(now) } else { Truth::certain(now) }
    }

    fn not_covered(&self, detail: Detail) -> Mismatch {
        match detail {
            Detail::Nearest => self.resource_mismatch(),
            Detail::None => Mismatch::NotCovered,
        }
    }

    /// A35–A39.
    fn action(&self) -> Result<Option<u32>, Mismatch> {
        let found = self.policy.action_pattern_of(self.statement, &self.request.action);
        match (self.statement.not_action, found) {
            (false, Some(i)) => Ok(Some(i as u32)),
            (false, None) => Err(Mismatch::Action),
            (true, Some(i)) => Err(Mismatch::NotAction(i as u32)),
            (true, None) => Ok(None),
        }
    }

    /// A41–A47. A statement without a resource means what the policy is attached to (A19).
    #[inline]
    fn resource(&self) -> Result<Option<u32>, ()> {
        let resource = self.request.resource_for(self.level);
        let mut patterns = self.policy.resources(self.statement).iter();
        let found = patterns.position(|pattern| pattern.matches(self.policy, &resource, self.request));
        match (self.statement.resource_element, found) {
            (Element::Absent, _) | (Element::Negated, None) => Ok(None),
            (Element::Plain, Some(i)) => Ok(Some(i as u32)),
            (Element::Plain, None) | (Element::Negated, Some(_)) => Err(()),
        }
    }

    fn principal(&self) -> Result<Matched, Mismatch> {
        match self.names_principals() {
            true => {
                let at = (self.level, self.number);
                principal::named(self.request, self.layer, at, self.policy, self.statement)
            }
            false => Ok(Matched::default()),
        }
    }

    fn names_principals(&self) -> bool {
        matches!(self.layer, Layer::ResourceBased | Layer::VpcEndpoint | Layer::ResourceControl)
    }

    fn resource_mismatch(&self) -> Mismatch {
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
