//! When a statement applies, within a class of requests: for these resources, under these values of each key.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::bits::Bits;
use super::resources::{ResourceSide, ResourceSides};

/// Requests of a class: those for some resources that have under each key one of some atoms. What says nothing of a
/// key takes all of its atoms.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Cube {
    pub(super) resource: Option<ResourceSide>,
    pub(super) keys: Vec<(usize, Bits)>,
}

/// What is known of the requests that are looked for.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) resources: ResourceSides,
    pub(super) keys: Vec<Bits>,
}

impl Region {
    /// With what a cube says of the resource.
    pub(super) fn with_resource(&self, side: ResourceSide) -> Self {
        Self { resources: self.resources.with(side), keys: self.keys.clone() }
    }

    /// With all that a cube says.
    pub(super) fn within(&self, cube: &Cube) -> Self {
        let mut next = match cube.resource {
            Some(side) => self.with_resource(side),
            None => self.clone(),
        };
        cube.keys.iter().for_each(|(key, atoms)| next.keys[*key].keep(atoms));
        next
    }
}

impl Cube {
    /// The atoms under a key, where it says something of it.
    fn atoms(&self, key: usize) -> Option<&Bits> {
        self.keys.iter().find(|(own, _)| *own == key).map(|(_, atoms)| atoms)
    }

    /// With nothing said of a key.
    fn without(&self, key: usize) -> Self {
        let keys = self.keys.iter().filter(|(own, _)| *own != key).cloned().collect();
        Self { resource: self.resource, keys }
    }
}

/// Fewer cubes that cover the same together: of those that differ in the atoms of one key alone one is made.
pub(super) fn merged<'c>(cubes: impl Iterator<Item = &'c Cube>) -> Vec<Cube> {
    let mut all: Vec<Cube> = cubes.cloned().collect();
    let keys: BTreeSet<usize> = all.iter().flat_map(|cube| cube.keys.iter().map(|(key, _)| *key)).collect();
    for key in keys {
        let mut places: HashMap<Cube, usize> = HashMap::new();
        let mut fewer: Vec<Cube> = Vec::new();
        for cube in all {
            let Some(atoms) = cube.atoms(key) else {
                fewer.push(cube);
                continue;
            };
            match places.get(&cube.without(key)) {
                Some(place) => {
                    let known = fewer[*place].keys.iter_mut().find(|(own, _)| *own == key);
                    known.into_iter().for_each(|(_, own)| own.add(atoms));
                }
                None => {
                    places.insert(cube.without(key), fewer.len());
                    fewer.push(cube);
                }
            }
        }
        all = fewer;
    }
    all
}

/// Cubes by the atoms of the key of which most of them say something: few of many have any of those that another has.
pub(super) struct CubesByAtom {
    key: Option<usize>,
    /// The numbers of those that have an atom of the key.
    having: Vec<Vec<usize>>,
    /// The numbers of those that say nothing of it.
    open: Vec<usize>,
    count: usize,
}

impl CubesByAtom {
    pub(super) fn new<'c>(cubes: impl ExactSizeIterator<Item = &'c Cube> + Clone) -> Self {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let keys = cubes.clone().flat_map(|cube| cube.keys.iter().map(|(key, _)| *key));
        keys.for_each(|key| *counts.entry(key).or_default() += 1);
        let key = counts.into_iter().max_by_key(|(_, count)| *count).map(|(key, _)| key);
        let count = cubes.len();
        let (mut having, mut open): (Vec<Vec<usize>>, _) = (Vec::new(), Vec::new());
        for (number, cube) in cubes.enumerate() {
            let Some(atoms) = key.and_then(|key| cube.atoms(key)) else {
                open.push(number);
                continue;
            };
            for atom in atoms.iter() {
                having.resize(having.len().max(atom + 1), Vec::new());
                having[atom].push(number);
            }
        }
        Self { key, having, open, count }
    }

    /// The numbers of those that may meet a cube, in their order.
    pub(super) fn near(&self, cube: &Cube) -> Vec<usize> {
        let Some(atoms) = self.key.and_then(|key| cube.atoms(key)) else { return (0..self.count).collect() };
        let having = atoms.iter().filter_map(|atom| self.having.get(atom)).flatten();
        let mut near: Vec<usize> = having.chain(&self.open).copied().collect();
        near.sort_unstable();
        near.dedup();
        near
    }
}
