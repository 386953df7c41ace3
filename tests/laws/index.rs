//! The index over a set of policies is an accelerator without meaning: with it and without it the same statements
//! cover an action, by the same pattern.

use std::collections::BTreeSet;
use std::sync::Arc;

use iamwhy::compile::{CompiledPolicy, PolicySet, StatementRef};
use iamwhy::names::ActionName;
use iamwhy::policy::{Effect, PolicyType, parse_policy};
use iamwhy::source::Source;
use proptest::prelude::*;
use proptest::string::string_regex;
use serde_json::json;

use crate::worlds::cases;

/// Patterns of few letters, so that they meet often: exact names in any case, stems, wildcards anywhere.
fn pattern() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => text("(s3|S3|iam|s3x):(Get|get|Put)(A|B|a|AB)?(\\*)?"),
        2 => text("(s3|iam):(G|Ge|Get|Get\\*|\\*)(A|b|\\?|\\*)(\\*|B)?"),
        1 => text("(\\*|s\\*|s\\?):Get(A|\\*)"),
        1 => Just("*".to_owned()),
        1 => text("(s3|s3 :Get|s3:Get,)"),
    ]
}

/// What a regular expression generates; it is read once, not for each text.
fn text(regex: &str) -> impl Strategy<Value = String> + use<> {
    string_regex(regex).expect("a regular expression")
}

fn statement() -> impl Strategy<Value = serde_json::Value> {
    let patterns = prop::collection::vec(pattern(), 1..6);
    (any::<bool>(), prop::bool::weighted(0.2), patterns).prop_map(|(allow, negated, patterns)| {
        let (effect, key) =
            (if allow { "Allow" } else { "Deny" }, if negated { "NotAction" } else { "Action" });
        json!({"Effect": effect, key: patterns, "Resource": "*"})
    })
}

fn set(documents: &[Vec<serde_json::Value>]) -> PolicySet {
    PolicySet::new(documents.iter().map(|statements| {
        let text = json!({"Version": "2012-10-17", "Statement": statements}).to_string();
        let policy = parse_policy(&Source::new("policy", &*text), PolicyType::IdentityBased).value;
        Arc::new(CompiledPolicy::new(Arc::new(policy.expect("a policy"))))
    }))
}

/// The statements that are visited, each once.
fn visited(set: &PolicySet, action: &ActionName<'_>, effect: Effect) -> BTreeSet<StatementRef> {
    let mut found = BTreeSet::new();
    set.any_covering(action, effect, |covering| {
        found.insert(covering.statement);
        false
    });
    found
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn an_index_changes_nothing(
        documents in prop::collection::vec(prop::collection::vec(statement(), 1..5), 3..6),
        action in text("(s3|S3|iam|s3x):(Get|GET|Put)(A|B|AB|ABC)?"),
    ) {
        let plain = set(&documents);
        let mut indexed = plain.clone();
        indexed.index();
        let action = ActionName::parse(&action).expect("an action");
        prop_assert_eq!(plain.covering(&action), indexed.covering(&action));
        for effect in [Effect::Allow, Effect::Deny] {
            prop_assert_eq!(visited(&plain, &action, effect), visited(&indexed, &action, effect));
        }
    }
}

#[test]
fn what_the_law_compares_has_an_index() {
    let statement = json!({"Effect": "Allow", "Action": ["s3:Get*", "s3:PutA", "s3:PutB"], "Resource": "*"});
    let mut set = set(&vec![vec![statement]; 3]);
    assert_eq!(set.index_memory(), 0);
    set.index();
    assert!(set.index_memory() > 0);
}
