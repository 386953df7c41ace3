//! What a statement says apart from its actions: two of the same content apply to the same requests of an action.

use std::borrow::Cow;

use super::dimension::TestOf;
use crate::compile::{CompiledPolicy, CompiledStatement, Element, PrincipalPatternKind};
use crate::policy::{ConditionOperator, Effect, LanguageVersion};

/// What tells a test from others, wherever it stands.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TestContent<'p> {
    key: u64,
    operator: ConditionOperator,
    language: LanguageVersion,
    values: Vec<Cow<'p, str>>,
}

impl TestContent<'_> {
    /// To be kept when the policy is gone.
    pub(super) fn to_owned(&self) -> TestContent<'static> {
        let values = self.values.iter().map(|value| Cow::Owned(value.clone().into_owned())).collect();
        TestContent { values, ..*self }
    }

    /// Whether it says the same to every request.
    pub(super) fn is_without_variables(&self) -> bool {
        !self.values.iter().any(|value| value.contains("${"))
    }
}

/// What tells a statement from others, but for its actions.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct StatementContent<'p> {
    language: LanguageVersion,
    effect: Effect,
    resource_element: Element,
    resources: Vec<&'p str>,
    principal_element: Element,
    principals: Vec<(PrincipalPatternKind, &'p str)>,
    tests: Vec<TestContent<'p>>,
}

impl<'p> StatementContent<'p> {
    /// Of a statement, by its number.
    pub(super) fn of(policy: &'p CompiledPolicy, number: usize) -> Self {
        let statement = &policy.statements()[number];
        Self {
            language: policy.policy().language(),
            effect: statement.effect,
            resource_element: statement.resource_element,
            resources: each_once(policy.resources(statement).iter().map(|pattern| pattern.text(policy))),
            principal_element: statement.principal_element,
            principals: each_once(
                policy.principals(statement).iter().map(|one| (one.kind, one.text(policy))),
            ),
            tests: each_once(tests_of(policy, statement, number).map(|of| of.content())),
        }
    }
}

impl<'p> TestOf<'p> {
    /// What tells the test from others.
    pub(super) fn content(&self) -> TestContent<'p> {
        TestContent {
            key: self.test.hash,
            operator: self.test.operator,
            language: self.policy.policy().language(),
            values: each_once(self.texts()),
        }
    }
}

/// The tests of a statement, each with its written form.
pub(super) fn tests_of<'p>(
    policy: &'p CompiledPolicy,
    statement: &'p CompiledStatement,
    number: usize,
) -> impl Iterator<Item = TestOf<'p>> {
    let written = &policy.policy().statements()[number].condition;
    policy.tests(statement).iter().zip(written).map(move |(test, written)| TestOf { policy, test, written })
}

fn each_once<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.dedup();
    all
}
