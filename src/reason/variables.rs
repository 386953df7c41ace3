//! Policy variables whose values nobody knows: one value stands for those that no pattern mentions, others for those
//! that a test names (A48–A49f).

use super::difference::Caveat;
use super::found::Findings;
use super::two_versions::VersionPair;
use crate::compile::Variables;
use crate::facts::rule;
use crate::names::DistinctNames;
use crate::trace::StatementView;
use crate::world::{ContextEntry, ContextValue, Prepared};

/// How many contexts are looked at for one class, at most.
const CONTEXTS: usize = 32;

/// A value that no pattern is likely to mention; that it does not is a caveat.
const FRESH: &str = "x-9f3";

/// The contexts that give values to the variables that the statements of a class use; a single empty one where they use none.
pub(super) fn contexts(
    versions: [&Prepared<'_>; 2],
    comparison: &VersionPair<'_>,
    findings: &mut Findings,
) -> Vec<Vec<ContextEntry<'static>>> {
    let mut open: DistinctNames<String> = DistinctNames::new();
    // What the caller has by itself, such as its account, is a value among others.
    let mut own: Vec<(String, String)> = Vec::new();
    let mut named: Vec<(String, String)> = Vec::new();
    for request in versions {
        for (key, hash) in variables(request) {
            if !comparison.is_open(request, &key) {
                continue;
            }
            if let Some(value) = request.variable(hash, &key) {
                own.push((key.clone(), value.to_owned()));
            }
            open.insert(key);
        }
        named.extend(exact_values(request));
    }
    let keys = open.into_vec();
    if keys.is_empty() {
        return vec![Vec::new()];
    }
    let is_own = |key: &&String| own.iter().any(|(known, _)| known.eq_ignore_ascii_case(key));
    let taken: Vec<&str> = keys.iter().filter(|key| !is_own(key)).map(String::as_str).collect();
    if !taken.is_empty() {
        findings.caveat(Caveat {
            rule: Some(const { rule("A49") }),
            why: format!(
                "`${{{}}}` was taken as a value that no pattern mentions (A49)",
                taken.join("}`, `${")
            ),
        });
    }
    named.splice(0..0, own.iter().cloned());
    let mut contexts = vec![Vec::new()];
    for key in keys {
        let of_key = named.iter().filter(|(other, _)| other.eq_ignore_ascii_case(&key));
        let fresh = (!is_own(&&key)).then_some(FRESH);
        let values: Vec<ContextValue<'static>> = fresh
            .into_iter()
            .chain(of_key.map(|(_, value)| &**value))
            .map(|value| ContextValue::One(value.to_owned().into()))
            .chain([ContextValue::Absent])
            .collect();
        let with = |context: &Vec<ContextEntry<'static>>| {
            let each = values.iter().map(|value| (key.clone().into(), value.clone()));
            each.map(|entry| [&context[..], &[entry]].concat()).collect::<Vec<_>>()
        };
        contexts = contexts.iter().flat_map(with).take(CONTEXTS).collect();
    }
    contexts
}

/// The keys of the variables in the statements of a request.
fn variables(request: &Prepared<'_>) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    let mut visit = |hash: u64, key: &str| found.push((key.to_owned(), hash));
    for view in request.covering() {
        view.policy.resource_variables(view.statement, &mut visit);
        for test in view.policy.tests(view.statement) {
            view.policy.test_variables(test, &mut visit);
        }
    }
    found
}

/// The texts that tests compare keys with.
fn exact_values(request: &Prepared<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for StatementView { policy, statement, .. } in request.covering() {
        for test in policy.tests(statement) {
            let texts = policy.operands(test).iter().filter_map(|operand| operand.text(policy));
            found.extend(texts.map(|text| (test.key(policy).to_owned(), text.to_owned())));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
