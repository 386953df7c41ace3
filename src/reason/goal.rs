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
            let own = by.filter(|by| has(level, by) && counts(level, by, *sufficient));
            is_by |= own.is_some();
            one_of.push(own.map_or_else(|| allowed_by(level, *sufficient), |by| vec![&by.cube]));
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
            .map(|level| allowed_by(level, *sufficient))
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
    version.levels.iter().flat_map(|level| &level.denied).collect()
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

/// Whether an Allow is one of a level.
fn has(level: &LevelCubes, allow: &StatementCube) -> bool {
    level.allows.as_ptr_range().contains(&std::ptr::from_ref(allow))
}

/// Whether an Allow of a level counts: in a resource's policy if it names the principal as it has to; behind an access
/// point it counts how the first policy names it (D45).
fn counts(level: &LevelCubes, allow: &StatementCube, sufficient: Sufficient) -> bool {
    !names_count(level) || allow.strengths.has(sufficient.strengths)
}

fn names_count(level: &LevelCubes) -> bool {
    level.layer == Layer::ResourceBased && level.is_first
}

/// What the Allows of a level that count cover.
fn allowed_by(level: &LevelCubes, sufficient: Sufficient) -> Vec<&Cube> {
    match names_count(level) {
        true => {
            let counting = level.allows.iter().filter(|one| counts(level, one, sufficient));
            counting.map(|one| &one.cube).collect()
        }
        false => level.allowed.iter().collect(),
    }
}
