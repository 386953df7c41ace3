//! What may make a difference in a class: the statements that one version has and the other has not.

use super::class::{LevelCubes, StatementCube, VersionCubes};
use super::cube::Region;
use super::difference::Turn;
use super::goal::{Way, allowed, denied, refused};
use super::solver::{CubesWanted, Resources, Solved, solve};
use crate::trace::StatementAt;

/// One way round: what a version allows that the other does not.
#[derive(Clone, Copy)]
pub(super) struct Side {
    pub(super) turn: Turn,
    /// The version that allows.
    pub(super) allows: usize,
    pub(super) refuses: usize,
}

/// Both ways round.
pub(super) const SIDES: [Side; 2] = [
    Side { turn: Turn::NewlyAllowed, allows: 1, refuses: 0 },
    Side { turn: Turn::NewlyDenied, allows: 0, refuses: 1 },
];

/// Where a statement stands, and in which version.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    pub(super) version: usize,
    pub(super) at: StatementAt,
}

/// A statement to which a difference may be owed: an Allow of the version that allows, or a Deny of the other.
struct Suspect<'c> {
    version: usize,
    statement: &'c StatementCube,
    is_deny: bool,
}

/// What may make a difference: the ways in which one statement does, or the layers themselves.
pub(super) struct Lead<'c> {
    pub(super) suspect: Option<Standing>,
    pub(super) ways: Vec<Way<'c>>,
}

/// All leads of a class; `None` where there are too many.
pub(super) fn leads(versions: &[VersionCubes; 2], side: Side) -> Option<Vec<Lead<'_>>> {
    let refused = refused(&versions[side.refuses])?;
    let suspects = suspects([&versions[0].levels, &versions[1].levels], side);
    if suspects.is_empty() {
        // No statement stands in one version alone, but the layers themselves may differ.
        let ways = pairs(&allowed(&versions[side.allows], None), &refused);
        return Some(vec![Lead { suspect: None, ways }]);
    }
    Some(
        suspects
            .into_iter()
            .map(|suspect| Lead {
                suspect: Some(Standing { version: suspect.version, at: suspect.statement.at }),
                ways: ways(&suspect, versions, side, &refused),
            })
            .collect(),
    )
}

/// The statements that one version has and the other has not.
fn suspects<'c>(levels: [&'c [LevelCubes]; 2], side: Side) -> Vec<Suspect<'c>> {
    let own = |version: usize, is_deny: bool| {
        let other = levels[1 - version];
        levels[version].iter().enumerate().flat_map(move |(number, level)| {
            let list = if is_deny { &level.denies } else { &level.allows };
            list.iter()
                .filter(move |one| !is_in(other, number, level, one, is_deny))
                .map(move |statement| Suspect { version, statement, is_deny })
        })
    };
    own(side.allows, false).chain(own(side.refuses, true)).collect()
}

/// Whether the other version has a statement of the same content at the same level; a Deny counts wherever it stands.
fn is_in(
    other: &[LevelCubes],
    number: usize,
    level: &LevelCubes,
    one: &StatementCube,
    is_deny: bool,
) -> bool {
    match is_deny {
        true => other.iter().flat_map(|level| &level.denies).any(|deny| deny.content == one.content),
        false => other.get(number).is_some_and(|same| {
            same.layer == level.layer && same.allows.iter().any(|allow| allow.content == one.content)
        }),
    }
}

/// The statements that leave a part of what a suspect covers out: those that deny it where it is allowed, and those that
/// allowed it already.
pub(super) fn limiting(
    suspect: Option<Standing>,
    versions: &[VersionCubes; 2],
    side: Side,
    all: &Region,
    resources: &mut Resources,
) -> Vec<Standing> {
    let each = |version: usize| {
        versions[version].levels.iter().flat_map(|level| level.allows.iter().chain(&level.denies))
    };
    let Some(Standing { version, at }) = suspect else { return Vec::new() };
    let Some(own) = each(version).find(|one| one.at == at) else { return Vec::new() };
    let denies =
        versions[side.allows].levels.iter().flat_map(|level| &level.denies).map(|one| (side.allows, one));
    let allowed =
        versions[side.refuses].levels.iter().flat_map(|level| &level.allows).map(|one| (side.refuses, one));
    let allowed = allowed.filter(|(_, one)| version == side.allows && one.at.layer == own.at.layer);
    let mut found = Vec::new();
    for (version, one) in denies.chain(allowed) {
        let both = CubesWanted { one_of: vec![vec![&own.cube], vec![&one.cube]], none_of: Vec::new() };
        if matches!(solve(resources, all, &both), Solved::Found(_)) {
            found.push(Standing { version, at: one.at });
        }
    }
    found
}

/// The ways in which a suspect makes the difference.
fn ways<'c>(
    suspect: &Suspect<'c>,
    versions: &'c [VersionCubes; 2],
    side: Side,
    refused: &[Way<'c>],
) -> Vec<Way<'c>> {
    match suspect.is_deny {
        true => pairs(&allowed(&versions[side.allows], None), &[denied(suspect.statement)]),
        false => pairs(&allowed(&versions[side.allows], Some(suspect.statement)), refused),
    }
}

/// Every way of one list together with every way of another.
pub(super) fn pairs<'c>(allowed: &[Way<'c>], refused: &[Way<'c>]) -> Vec<Way<'c>> {
    allowed.iter().flat_map(|way| refused.iter().map(move |other| both(way, other))).collect()
}

fn both<'c>(one: &Way<'c>, other: &Way<'c>) -> Way<'c> {
    CubesWanted {
        one_of: [&one.one_of[..], &other.one_of[..]].concat(),
        none_of: [&one.none_of[..], &other.none_of[..]].concat(),
    }
}
