//! Context keys with their values.

use super::candidate::Candidate;
use super::names;
use super::vocabulary::Vocabulary;
use crate::catalog::{ActionFacts, KeyFacts, KeyType};

/// `KEY=VALUE`: the keys of an action; once a key is there, values that it can have.
pub(super) fn pairs(begun: &str, action: Option<ActionFacts<'_>>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let Some((key, value)) = begun.split_once('=') else { return names::condition_keys(action, vocabulary) };
    let before = format!("{key}=");
    of_key(key, value, vocabulary).into_iter().map(|one| one.within(&before)).collect()
}

/// Values that a context key can have, where they can be told.
pub(super) fn of_key(key: &str, begun: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    match vocabulary.catalog().condition_key(key).map(KeyFacts::kind) {
        Some(KeyType::Bool) => ["true", "false"].map(Candidate::new).into(),
        _ if key.eq_ignore_ascii_case("aws:PrincipalArn") => names::principals("arn:", vocabulary),
        Some(KeyType::Arn) => names::arns(begun, vocabulary),
        _ if key.eq_ignore_ascii_case("aws:PrincipalAccount") => names::account_ids(vocabulary),
        _ if key.eq_ignore_ascii_case("aws:ResourceAccount") => names::account_ids(vocabulary),
        _ => Vec::new(),
    }
}
