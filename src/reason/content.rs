//! What a statement says apart from its actions: two of the same content apply to the same requests of an action.

use super::dimension::TestOf;
use crate::compile::{CompiledPolicy, CompiledStatement};

/// The tests of a statement, each with its written form.
pub(super) fn tests_of<'p>(
    policy: &'p CompiledPolicy,
    statement: &'p CompiledStatement,
    number: usize,
) -> impl Iterator<Item = TestOf<'p>> {
    let written = &policy.policy().statements()[number].condition;
    policy.tests(statement).iter().zip(written).map(move |(test, written)| TestOf { policy, test, written })
}

/// The content of a statement: equal texts are equal contents.
pub(super) fn content(policy: &CompiledPolicy, number: usize) -> String {
    let statement = &policy.statements()[number];
    let resources = sorted(policy.resources(statement).iter().map(|pattern| pattern.text(policy).to_owned()));
    let principals =
        sorted(policy.principals(statement).iter().map(|one| format!("{:?} {}", one.kind, one.text(policy))));
    let tests =
        sorted(tests_of(policy, statement, number).map(|of| format!("{} {}", of.test.hash, of.content())));
    format!(
        "{:?} {:?} {:?} {resources:?} {:?} {principals:?} {tests:?}",
        policy.policy().language(),
        statement.effect,
        statement.resource_element,
        statement.principal_element
    )
}

fn sorted(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = texts.collect();
    all.sort_unstable();
    all.dedup();
    all
}
