//! Names of AWS that `info` tells of: actions, services, condition keys.

use super::word::{Spoken, exact, one};
use crate::catalog::ActionFacts;
use crate::facts;
use crate::session::{Session, find_principal};

/// An action in full, or by its name alone: of several services that have it the best known.
pub(super) fn action(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let (word, catalog) = (one(words)?, session.world().catalog());
    if let Some(action) = catalog.action(word) {
        return Some(exact(action.to_string()));
    }
    if word.contains(':') || !word.chars().skip(1).any(|c| c.is_ascii_uppercase()) {
        return None; // `delete` and the like are words, `PassRole` is a name
    }
    let is_it = |action: &ActionFacts<'_>| action.name().eq_ignore_ascii_case(word);
    let rank = |action: &ActionFacts<'_>| {
        let prefix = action.service().prefix();
        BEST_KNOWN.iter().position(|known| *known == prefix).unwrap_or(BEST_KNOWN.len())
    };
    let all: Vec<ActionFacts<'_>> = catalog.actions().filter(is_it).collect();
    let first = all.iter().min_by_key(|action| rank(action))?;
    Some((first.to_string(), all.len() == 1 || rank(first) < BEST_KNOWN.len()))
}

/// Services whose action is meant where others have one of the same name.
const BEST_KNOWN: &[&str] = &["iam", "s3", "sts", "ec2", "lambda", "dynamodb", "kms", "sqs", "sns"];

/// What `info` tells of: an action, a condition key, a resource type, a rule, a service.
pub(super) fn known_to_info(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let word = one(words)?;
    let catalog = session.world().catalog();
    let is_known = catalog.condition_key(word).is_some()
        || catalog.operation(word).is_some()
        || facts::RuleId::find(word).is_some()
        || crate::policy::ConditionOperator::parse(word).is_some();
    let of_service = || service(words, session).filter(|_| word.chars().all(|c| !c.is_ascii_whitespace()));
    action(words, session).or_else(|| is_known.then(|| exact(word))).or_else(of_service)
}

/// A service, by the word that its actions begin with; nothing that is the name of somebody here.
pub(super) fn service(words: &[Spoken<'_>], session: &Session) -> Option<(String, bool)> {
    let word = one(words)?.to_ascii_lowercase();
    let known = session.world().catalog().service(&word)?;
    let is_somebody = find_principal(session.world(), session.selected(), &word).is_ok();
    (!is_somebody).then(|| exact(known.prefix()))
}
