//! What may make a difference in a class: the statements that one version has and the other has not.

use std::collections::HashSet;

use super::class::{LevelCubes, StatementCube, VersionCubes};
use super::cube::{Cube, CubesByAtom, Region};
use super::difference::Turn;
use super::goal::{Way, allowed, denied, refused, with};
use super::resources::Resources;
use super::solver::{CubesWanted, meets};
use crate::policy::Layer;
use crate::trace::{StatementAt, Strengths};

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
    let near = RefusedWays::new(&refused);
    let suspects = suspects([&versions[0].levels, &versions[1].levels], side);
    let of_layers = (!are_stacked_alike(versions)).then(|| by_layers(&suspects, versions, side, &refused));
    let of_suspect = |suspect: &Suspect<'_>| Standing { version: suspect.version, at: suspect.statement.at };
    let leads = suspects.into_iter().map(move |suspect| Lead {
        suspect: Some(of_suspect(&suspect)),
        layer: None,
        ways: ways(&suspect, versions, side, &near),
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

/// The statements that one version has and the other has not at the same level, for the same requests; a Deny counts
/// wherever it stands.
fn suspects<'c>(levels: [&'c [LevelCubes]; 2], side: Side) -> Vec<Suspect<'c>> {
    let mut found = Vec::new();
    let other = levels[side.refuses];
    for level in levels[side.allows] {
        let same = counterpart(level, other);
        let known = contents(same.into_iter().flat_map(|same| &same.allows));
        add_unknown(&mut found, side.allows, &level.allows, &known, false);
    }
    let known = contents(levels[side.allows].iter().flat_map(|level| &level.denies));
    for level in other {
        add_unknown(&mut found, side.refuses, &level.denies, &known, true);
    }
    found
}

/// What tells statements of a class apart.
type StatementContents<'c> = HashSet<(&'c Cube, Strengths)>;

fn contents<'c>(statements: impl Iterator<Item = &'c StatementCube>) -> StatementContents<'c> {
    statements.map(|one| (&one.cube, one.strengths)).collect()
}

fn add_unknown<'c>(
    found: &mut Vec<Suspect<'c>>,
    version: usize,
    statements: &'c [StatementCube],
    known: &StatementContents<'_>,
    is_deny: bool,
) {
    let unknown = statements.iter().filter(|one| !known.contains(&(&one.cube, one.strengths)));
    found.extend(unknown.map(|statement| Suspect { version, statement, is_deny }));
}

/// How many statements are told that leave out a part of what another covers, at most.
const LIMITS: usize = 100;

/// The statements that may leave out a part of what others cover.
pub(super) struct Limiting<'c> {
    versions: &'c [VersionCubes; 2],
    side: Side,
    statements: Vec<(usize, &'c StatementCube)>,
    by_atom: CubesByAtom,
}

impl<'c> Limiting<'c> {
    /// Those that deny where it is allowed, and those that allowed before.
    pub(super) fn new(versions: &'c [VersionCubes; 2], side: Side) -> Self {
        let denies = versions[side.allows].levels.iter().flat_map(|level| &level.denies);
        let allowed = versions[side.refuses].levels.iter().flat_map(|level| &level.allows);
        let denies = denies.map(|one| (side.allows, one));
        let statements: Vec<_> = denies.chain(allowed.map(|one| (side.refuses, one))).collect();
        let by_atom = CubesByAtom::new(statements.iter().map(|(_, one)| &one.cube));
        Self { versions, side, statements, by_atom }
    }

    /// Those that leave a part of what a suspect covers out, and whether there are more than are told.
    pub(super) fn of(
        &self,
        suspect: Option<Standing>,
        all: &Region,
        resources: &mut Resources,
    ) -> (Vec<Standing>, bool) {
        let Some((suspect, own)) = suspect.and_then(|one| Some((one, self.cube(one)?))) else {
            return (Vec::new(), false);
        };
        let region = all.within(own);
        let counts = |(version, one): &(usize, &StatementCube)| {
            *version == self.side.allows
                || (suspect.version == self.side.allows && one.at.layer == suspect.at.layer)
        };
        let near = self.by_atom.near(own).into_iter().map(|number| self.statements[number]);
        let mut met = near.filter(counts).filter(|(_, one)| meets(resources, &region, &one.cube));
        let limits =
            met.by_ref().take(LIMITS).map(|(version, one)| Standing { version, at: one.at }).collect();
        (limits, met.next().is_some())
    }

    fn cube(&self, Standing { version, at }: Standing) -> Option<&'c Cube> {
        let mut all =
            self.versions[version].levels.iter().flat_map(|level| level.allows.iter().chain(&level.denies));
        all.find(|one| one.at == at).map(|one| &one.cube)
    }
}

/// The ways in which a version does not allow, to be looked at for many statements.
struct RefusedWays<'c> {
    ways: Vec<(Way<'c>, CubesByAtom)>,
}

impl<'c> RefusedWays<'c> {
    fn new(ways: &[Way<'c>]) -> Self {
        let indexed = |way: &Way<'c>| (way.clone(), CubesByAtom::new(way.none_of.iter().copied()));
        Self { ways: ways.iter().map(indexed).collect() }
    }

    /// For the requests of a cube: what they cannot lie in need not be left.
    fn near(&self, cube: &Cube) -> Vec<Way<'c>> {
        let near = |(way, by_atom): &(Way<'c>, CubesByAtom)| CubesWanted {
            one_of: way.one_of.clone(),
            none_of: by_atom.near(cube).into_iter().map(|number| way.none_of[number]).collect(),
        };
        self.ways.iter().map(near).collect()
    }
}

/// The ways in which a suspect makes the difference.
fn ways<'c>(
    suspect: &Suspect<'c>,
    versions: &'c [VersionCubes; 2],
    side: Side,
    refused: &RefusedWays<'c>,
) -> Vec<Way<'c>> {
    match suspect.is_deny {
        true => pairs(&allowed(&versions[side.allows], None), &[denied(suspect.statement)]),
        false => pairs(
            &allowed(&versions[side.allows], Some(suspect.statement)),
            &refused.near(&suspect.statement.cube),
        ),
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
