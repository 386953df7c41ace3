//! What AWS asks of trust policies for identity providers that everybody shares (D49, I18).

use super::error::WorldError;
use crate::compile::{CompiledPolicy, CompiledStatement, PrincipalPatternKind, Test};
use crate::facts::{self, SharedProvider};
use crate::names::ActionName;
use crate::policy::{Effect, Operator};

/// The shared providers that a trust policy lets in without asking whose token it is: everybody who uses such a
/// provider could assume the role.
pub fn unclaimed_providers(trust: &CompiledPolicy) -> impl Iterator<Item = &'static SharedProvider> {
    let allows = trust.statements().iter().filter(|statement| statement.effect == Effect::Allow);
    let named =
        allows.flat_map(move |statement| shared(trust, statement).map(move |shared| (statement, shared)));
    named.filter(|(statement, shared)| !asks(trust, statement, shared)).map(|(_, shared)| shared)
}

/// Why AWS does not save such a trust policy.
pub(super) fn refusal(role: &str, provider: &SharedProvider) -> WorldError {
    let message = everybody(role, provider);
    let help = format!("test {} in a condition", keys(provider));
    WorldError::new("missing-claim", role, format!("{message}, so AWS refuses its trust policy")).help(help)
}

/// The sentence that says what such a trust policy means.
pub fn everybody(role: &str, provider: &SharedProvider) -> String {
    format!("everybody who uses {} could assume role {role}", provider.issuer)
}

/// The condition keys of which one has to be tested, for people.
pub fn keys(provider: &SharedProvider) -> String {
    provider.keys().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(" or ")
}

/// The shared providers that a statement lets in.
fn shared<'p>(
    policy: &'p CompiledPolicy,
    statement: &'p CompiledStatement,
) -> impl Iterator<Item = &'static SharedProvider> {
    let action = ActionName::parse("sts:AssumeRoleWithWebIdentity");
    let covers = action.is_some_and(|action| policy.covers_action(statement, &action));
    let federated = policy
        .principals(statement)
        .iter()
        .filter(move |principal| covers && principal.kind == PrincipalPatternKind::Federated);
    federated.filter_map(|principal| facts::shared_provider(principal.text(policy)))
}

/// Whether a statement has a condition on whose token it is.
fn asks(policy: &CompiledPolicy, statement: &CompiledStatement, provider: &SharedProvider) -> bool {
    policy.tests(statement).iter().any(|test| {
        let key = test.key(policy);
        test.operator.operator != Operator::Null
            && provider.keys().any(|known| known.eq_ignore_ascii_case(key))
            && (provider.takes_bare_wildcards || !has_bare_wildcards(policy, test))
    })
}

/// Whether a value of a test is nothing but wildcards, or empty.
fn has_bare_wildcards(policy: &CompiledPolicy, test: &Test) -> bool {
    let mut texts = policy.operands(test).iter().filter_map(|operand| operand.text(policy));
    texts.any(|text| text.bytes().all(|byte| matches!(byte, b'*' | b'?')))
}
