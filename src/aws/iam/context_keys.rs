//! The condition keys that policies read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::simulated::Simulated;
use crate::policy::{Policy, TextPart, parts};
use crate::world::GivenPolicies;

/// The condition keys that the policies of a principal read, in tests and variables.
pub(super) fn keys_read(of: &Simulated) -> Value {
    let caller = of.world.caller(&of.principal, &GivenPolicies::default());
    let policies = caller.identity.iter().flat_map(|level| level.set.policies());
    let mut found: BTreeSet<String> = BTreeSet::new();
    policies.for_each(|compiled| found.extend(read_by(compiled.policy())));
    json!({"ContextKeyNames": found})
}

fn read_by(policy: &Policy) -> Vec<String> {
    let tests = policy.statements().iter().flat_map(|statement| &statement.condition);
    let keys = tests.map(|test| policy.text(&test.key).into_owned());
    let text = policy.source().slice(policy.document());
    let variables = parts(text).filter_map(|part| match part {
        TextPart::Variable { key, .. } => Some(key.to_owned()),
        _ => None,
    });
    keys.chain(variables).collect()
}
