//! What may make a difference in a class: the statements that one version has and the other has not.

use super::class::{LevelCubes, StatementCube, VersionCubes};
use super::cube::{Cube, Region};
use super::difference::Turn;
use super::goal::{Way, allowed, denied, refused, with};
use super::resources::Resources;
use super::solver::{CubesWanted, meets};
use crate::policy::Layer;
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
    /// The layer that only one version has, or of which it has a level more.
    pub(super) layer: Option<Layer>,
    pub(super) ways: Vec<Way<'c>>,
}

/// All leads of a class; `None` where there are too many.
pub(super) fn leads(versions: &[VersionCubes; 2], side: Side) -> Option<impl Iterator<Item = Lead<'_>>> {
    let refused = refused(&versions[side.refuses])?;
    let suspects = suspects([&versions[0].levels, &versions[1].levels], side);
    let of_layers = (!are_stacked_alike(versions)).then(|| by_layers(&suspects, versions, side, &refused));
    let of_suspect = |suspect: &Suspect<'_>| Standing { version: suspect.version, at: suspect.statement.at };
    let leads = suspects.into_iter().map(move |suspect| Lead {
        suspect: Some(of_suspect(&suspect)),
        layer: None,
        ways: ways(&suspect, versions, side, &refused),
    });
    Some(leads.chain(of_layers))
}

/// Whether two versions have the same levels, which combine alike.
fn are_stacked_alike([old, new]: &[VersionCubes; 2]) -> bool {
    let have = |levels: &[LevelCubes], others: &[LevelCubes]| {
        levels.iter().all(|level| counterpart(level, others).is_some())
    };
    old.sufficient == new.sufficient && have(&old.levels, &new.levels) && have(&new.levels, &old.levels)
}

/// The level of another version that stands where this one does.
fn counterpart<'c>(level: &LevelCubes, others: &'c [LevelCubes]) -> Option<&'c LevelCubes> {
    others.iter().find(|other| other.layer == level.layer && other.place == level.place)
}

/// What the layers themselves bring about, apart from what single statements do.
fn by_layers<'c>(
    suspects: &[Suspect<'c>],
    versions: &'c [VersionCubes; 2],
    side: Side,
    refused: &[Way<'c>],
) -> Lead<'c> {
    let known: Vec<&Cube> = suspects.iter().map(|suspect| &suspect.statement.cube).collect();
    let ways = pairs(&allowed(&versions[side.allows], None), refused);
    let (own, others) = (&versions[side.refuses].levels, &versions[side.allows].levels);
    let more = own.iter().find(|level| counterpart(level, others).is_none());
    let ways = ways.iter().map(|way| with(way, &known)).collect();
    Lead { suspect: None, layer: more.map(|level| level.layer), ways }
}

/// The statements that one version has and the other has not.
fn suspects<'c>(levels: [&'c [LevelCubes]; 2], side: Side) -> Vec<Suspect<'c>> {
    let own =
        |version: usize, is_deny: bool| {
            let other = levels[1 - version];
            levels[version].iter().flat_map(move |level| {
                let list = if is_deny { &level.denies } else { &level.allows };
                list.iter()
                    .filter(move |one| !is_in(other, level, one, is_deny))
                    .map(move |statement| Suspect { version, statement, is_deny })
            })
        };
    own(side.allows, false).chain(own(side.refuses, true)).collect()
}

/// Whether the other version has a statement at the same level that applies to the same requests; a Deny counts wherever
/// it stands.
fn is_in(other: &[LevelCubes], level: &LevelCubes, one: &StatementCube, is_deny: bool) -> bool {
    let is_same = |same: &StatementCube| same.cube == one.cube && same.strengths == one.strengths;
    let has = |list: &[StatementCube]| list.iter().any(is_same);
    match is_deny {
        true => other.iter().any(|level| has(&level.denies)),
        false => counterpart(level, other).is_some_and(|same| has(&same.allows)),
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
    let region = all.within(&own.cube);
    let met = denies.chain(allowed).filter(|(_, one)| meets(resources, &region, &one.cube));
    met.map(|(version, one)| Standing { version, at: one.at }).collect()
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
