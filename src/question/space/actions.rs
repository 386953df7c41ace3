//! Actions that a statement covers.

use super::filler::FILLING;
use crate::catalog::{ActionFacts, Catalog};
use crate::names::glob_fold;
use crate::policy::{Policy, Statement};

/// How many actions are tried at first, and how many patterns of a statement for them.
const FEW: usize = 4;

/// How many actions are tried at most.
const MOST: usize = 400;

/// Actions that the statement covers: of the catalog where it knows any, else the pattern with its wildcards filled. A
/// few first; if none of them does, many, and those first that carry the wanted keys.
pub fn actions<'c>(
    policy: &Policy,
    statement: &Statement,
    catalog: &'c Catalog,
    wanted: Vec<String>,
) -> impl Iterator<Item = String> + use<'c> {
    let patterns: Vec<String> =
        policy.texts(statement.action.patterns).iter().map(|text| policy.text(text).into_owned()).collect();
    let negated = statement.action.negated;
    let few = if negated { spared(&patterns, catalog, FEW) } else { covered(&patterns, catalog) };
    let tried = few.clone();
    let many = std::iter::once(()).flat_map(move |()| many(&patterns, negated, catalog, &wanted));
    few.into_iter().chain(many.filter(move |action| !tried.contains(action)))
}

/// Actions that none of the patterns covers.
fn spared(patterns: &[String], catalog: &Catalog, most: usize) -> Vec<String> {
    let spares = |name: &String| !patterns.iter().any(|pattern| pattern == "*" || glob_fold(pattern, name));
    catalog.matching_actions("*").map(name).filter(spares).take(most).collect()
}

/// Of each pattern one action with resource types and one without, as a statement may name resources or only `*`.
fn covered(patterns: &[String], catalog: &Catalog) -> Vec<String> {
    patterns.iter().take(FEW).flat_map(|pattern| two_of(pattern, catalog)).collect()
}

fn two_of(pattern: &str, catalog: &Catalog) -> Vec<String> {
    if pattern == "*" {
        return vec!["s3:GetObject".to_owned(), "s3:ListAllMyBuckets".to_owned()];
    }
    let of_kind =
        |typed| catalog.matching_actions(pattern).find(|action| action.has_resource_types() == typed);
    let mut found: Vec<String> = [of_kind(true), of_kind(false)].into_iter().flatten().map(name).collect();
    if found.is_empty() {
        found.push(pattern.replace(['*', '?'], FILLING));
    }
    found
}

fn many(patterns: &[String], negated: bool, catalog: &Catalog, keys: &[String]) -> Vec<String> {
    if negated {
        return spared(patterns, catalog, MOST);
    }
    let lacks = |action: ActionFacts<'_>| keys.iter().filter(|key| !action.carries_key(key)).count();
    let known = patterns.iter().flat_map(|pattern| catalog.matching_actions(pattern));
    let mut found: Vec<(usize, String)> = known.map(|action| (lacks(action), name(action))).collect();
    found.sort_by_key(|(lacking, _)| *lacking);
    let unknown = patterns.iter().filter(|pattern| catalog.matching_actions(pattern).next().is_none());
    let unknown = unknown.map(|pattern| pattern.replace(['*', '?'], FILLING));
    found.into_iter().map(|(_, name)| name).chain(unknown).take(MOST).collect()
}

fn name(action: ActionFacts<'_>) -> String {
    action.to_string()
}
