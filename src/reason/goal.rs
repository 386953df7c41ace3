//! What must hold of the statements of a version for its requests to be allowed, or not to be.

use super::class::{LevelCubes, StatementCube, VersionCubes};
use super::cube::Cube;
use super::solver::CubesWanted;
use crate::eval::Sufficient;
use crate::policy::Layer;

/// How many ways of not being allowed are looked at one by one, at most.
const WAYS: usize = 256;

/// A way to an outcome: what is wanted of the statements.
pub(super) type Way<'c> = CubesWanted<'c>;

/// The ways in which a version allows; with `by`, only those in which this statement is one of those that allow.
pub(super) fn allowed<'c>(version: &'c VersionCubes, by: Option<&'c StatementCube>) -> Vec<Way<'c>> {
    let none_of = denies(version);
    let ways = version.sufficient.iter().filter_map(|sufficient| {
        let mut is_by = by.is_none();
        let mut one_of = Vec::new();
        for level in version.levels.iter().filter(|level| takes(level, *sufficient)) {
            let mut allows = allows(level, *sufficient);
            if let Some(by) = by.filter(|by| allows.iter().any(|one| std::ptr::eq(*one, *by))) {
                allows = vec![by];
                is_by = true;
            }
            one_of.push(allows.into_iter().map(|one| &one.cube).collect());
        }
        is_by.then(|| CubesWanted { one_of, none_of: none_of.clone() })
    });
    ways.collect()
}

/// The ways in which a version does not allow; `None` where there are too many to look at.
pub(super) fn refused(version: &VersionCubes) -> Option<Vec<Way<'_>>> {
    let by_deny = CubesWanted { one_of: vec![denies(version)], none_of: Vec::new() };
    let by_deny = (!by_deny.one_of[0].is_empty()).then_some(by_deny);
    // That nothing allows is the plainer of two reasons.
    Some(lacking(version)?.into_iter().chain(by_deny).collect())
}

/// The ways in which an Allow is missing; `None` where there are too many to look at.
pub(super) fn lacking(version: &VersionCubes) -> Option<Vec<Way<'_>>> {
    let mut without = vec![CubesWanted::default()];
    for sufficient in &version.sufficient {
        let missing: Vec<Vec<&Cube>> = version
            .levels
            .iter()
            .filter(|level| takes(level, *sufficient))
            .map(|level| allows(level, *sufficient).into_iter().map(|one| &one.cube).collect())
            .collect();
        without = without.iter().flat_map(|way| missing.iter().map(move |none| with(way, none))).collect();
        if without.len() > WAYS {
            return None;
        }
    }
    Some(without)
}

/// What all Denies of a version cover.
pub(super) fn denies(version: &VersionCubes) -> Vec<&Cube> {
    version.levels.iter().flat_map(|level| &level.denies).map(|one| &one.cube).collect()
}

/// The way in which one Deny refuses.
pub(super) fn denied(deny: &StatementCube) -> Way<'_> {
    CubesWanted { one_of: vec![vec![&deny.cube]], none_of: Vec::new() }
}

/// A way on which these are left out, too.
pub(super) fn with<'c>(way: &Way<'c>, none: &[&'c Cube]) -> Way<'c> {
    let mut next = way.clone();
    next.none_of.extend(none);
    next
}

/// Whether something of a level has to allow.
fn takes(level: &LevelCubes, sufficient: Sufficient) -> bool {
    match level.layer {
        Layer::ResourceBased => !sufficient.strengths.is_empty(),
        layer => sufficient.needs(layer),
    }
}

/// The Allows of a level that count: in a resource's policy those that name the principal as they have to; behind an
/// access point it counts how the first policy names it (D45).
fn allows(level: &LevelCubes, sufficient: Sufficient) -> Vec<&StatementCube> {
    let is_of_resource = level.layer == Layer::ResourceBased && level.is_first;
    let counts = |one: &&StatementCube| !is_of_resource || one.strengths.has(sufficient.strengths);
    level.allows.iter().filter(counts).collect()
}
