//! The search for requests that lie in some cubes and outside of others.
//!
//! What must hold is a list of choices: one of these cubes. Leaving a cube is a choice, too: of another resource, or
//! of other atoms of one of its keys. What is settled already is left out, what leaves nothing to choose is done first.

use std::collections::HashMap;

use super::cube::{Cube, Region};
use crate::names::{FoundText, TextSet, find_text};

/// How many beginnings of a resource's name are looked at, at most.
const STEPS: usize = 20_000;

/// How many regions one search looks at, at most.
const REGIONS: usize = 20_000;

/// How many choices may hang on each other, at most: each goes one call deeper.
const DEPTH: usize = 500;

/// The resources of a class: what they are at all, and the sets that statements speak of.
pub(super) struct Resources {
    pub(super) all: TextSet,
    pub(super) sets: Vec<TextSet>,
    known: HashMap<(Vec<usize>, Vec<usize>), Option<String>>,
    pub(super) gave_up: bool,
}

impl Resources {
    pub(super) fn new(all: TextSet) -> Self {
        Self { all, sets: Vec::new(), known: HashMap::new(), gave_up: false }
    }

    /// The number of a set.
    pub(super) fn add(&mut self, words: TextSet) -> usize {
        let known = self.sets.iter().position(|set| *set == words);
        known.unwrap_or_else(|| {
            self.sets.push(words);
            self.sets.len() - 1
        })
    }

    /// A resource inside of some sets and outside of others, if there is one.
    pub(super) fn example(&mut self, inside: &[usize], outside: &[usize]) -> Option<String> {
        if let Some(known) = self.known.get(&(inside.to_vec(), outside.to_vec())) {
            return known.clone();
        }
        let inner: Vec<&TextSet> =
            std::iter::once(&self.all).chain(inside.iter().map(|at| &self.sets[*at])).collect();
        let outer: Vec<&TextSet> = outside.iter().map(|at| &self.sets[*at]).collect();
        let found = match find_text(&inner, &outer, STEPS) {
            FoundText::Word(word) => Some(word),
            FoundText::None => None,
            FoundText::GaveUp => {
                self.gave_up = true;
                None
            }
        };
        self.known.insert((inside.to_vec(), outside.to_vec()), found.clone());
        found
    }

    fn has_any(&mut self, region: &Region) -> bool {
        self.example(&region.inside, &region.outside).is_some()
    }
}

/// What must hold of a request.
#[derive(Clone, Debug, Default)]
pub(super) struct CubesWanted<'c> {
    /// One cube of each list.
    pub(super) one_of: Vec<Vec<&'c Cube>>,
    /// None of these.
    pub(super) none_of: Vec<&'c Cube>,
}

/// What a search came to.
#[derive(Debug)]
pub(super) enum Solved {
    Found(Region),
    None,
    GaveUp,
}

/// How a region lies to a cube.
enum Lies {
    Apart,
    Within,
    Across,
}

/// Looks for a region in which all that is wanted holds.
pub(super) fn solve(resources: &mut Resources, all: &Region, wanted: &CubesWanted<'_>) -> Solved {
    let mut search = RegionSearch { resources, left: REGIONS, depth: 0 };
    let found = match search.has_requests(all) {
        true => search.below(all, wanted.clone()),
        false => None,
    };
    match found {
        Some(region) => Solved::Found(region),
        None if search.left == 0 || search.resources.gave_up => Solved::GaveUp,
        None => Solved::None,
    }
}

struct RegionSearch<'s> {
    resources: &'s mut Resources,
    left: usize,
    depth: usize,
}

impl RegionSearch<'_> {
    fn has_requests(&mut self, region: &Region) -> bool {
        !region.keys.iter().any(super::bits::Bits::is_empty) && self.resources.has_any(region)
    }

    fn below(&mut self, region: &Region, mut wanted: CubesWanted<'_>) -> Option<Region> {
        self.left = self.left.checked_sub(1)?;
        if !self.settle(region, &mut wanted) {
            return None;
        }
        let narrowest = (0..wanted.one_of.len()).min_by_key(|at| wanted.one_of[*at].len());
        if let Some(at) = narrowest {
            let cubes = wanted.one_of.swap_remove(at);
            return cubes.into_iter().find_map(|cube| self.enter(region.within(cube), &wanted));
        }
        match wanted.none_of.pop() {
            None => Some(region.clone()),
            Some(cube) => self.leave(region, cube, &wanted),
        }
    }

    fn enter(&mut self, region: Region, wanted: &CubesWanted<'_>) -> Option<Region> {
        if !self.has_requests(&region) {
            return None;
        }
        if self.depth == DEPTH {
            self.left = 0; // It gives up: what lies deeper is not looked at.
            return None;
        }
        self.depth += 1;
        let found = self.below(&region, wanted.clone());
        self.depth -= 1;
        found
    }

    /// By an atom of a key that is the plainest, by another resource, by other atoms: so that the example is plain.
    fn leave(&mut self, region: &Region, cube: &Cube, wanted: &CubesWanted<'_>) -> Option<Region> {
        let by_key = cube.keys.iter().map(|(key, atoms)| {
            let mut next = region.clone();
            next.keys[*key] = region.keys[*key].without(atoms);
            (next.keys[*key].has(0), next)
        });
        let (plain, others): (Vec<_>, Vec<_>) = by_key.partition(|(is_plain, _)| *is_plain);
        let by_resource = cube.resource.map(|(set, is_inside)| region.with_resource((set, !is_inside)));
        let plain = plain.into_iter().map(|(_, next)| next).chain(by_resource);
        let all = plain.chain(others.into_iter().map(|(_, next)| next)).collect::<Vec<_>>();
        all.into_iter().find_map(|next| self.enter(next, wanted))
    }

    /// Leaves out what holds of the whole region; whether nothing that is wanted is out of reach.
    fn settle(&mut self, region: &Region, wanted: &mut CubesWanted<'_>) -> bool {
        let mut kept = Vec::new();
        for cube in std::mem::take(&mut wanted.none_of) {
            match self.lies(region, cube) {
                Lies::Apart => {}
                Lies::Within => return false,
                Lies::Across => kept.push(cube),
            }
        }
        wanted.none_of = kept;
        let mut choices = Vec::new();
        for cubes in std::mem::take(&mut wanted.one_of) {
            let mut open = Vec::new();
            let mut is_settled = false;
            for cube in cubes {
                match self.lies(region, cube) {
                    Lies::Apart => {}
                    Lies::Within => {
                        is_settled = true;
                        break;
                    }
                    Lies::Across => open.push(cube),
                }
            }
            match (is_settled, open.is_empty()) {
                (true, _) => {}
                (false, true) => return false,
                (false, false) => choices.push(open),
            }
        }
        wanted.one_of = choices;
        true
    }

    fn lies(&mut self, region: &Region, cube: &Cube) -> Lies {
        if cube.keys.iter().any(|(key, atoms)| !region.keys[*key].meets(atoms)) {
            return Lies::Apart;
        }
        let within_keys = cube.keys.iter().all(|(key, atoms)| region.keys[*key].is_within(atoms));
        let Some((set, is_inside)) = cube.resource else {
            return if within_keys { Lies::Within } else { Lies::Across };
        };
        if self.is_known(region, set, is_inside) {
            return if within_keys { Lies::Within } else { Lies::Across };
        }
        if self.is_known(region, set, !is_inside)
            || !self.resources.has_any(&region.with_resource((set, is_inside)))
        {
            return Lies::Apart;
        }
        match within_keys && !self.resources.has_any(&region.with_resource((set, !is_inside))) {
            true => Lies::Within,
            false => Lies::Across,
        }
    }

    fn is_known(&self, region: &Region, set: usize, is_inside: bool) -> bool {
        let list = if is_inside { &region.inside } else { &region.outside };
        list.binary_search(&set).is_ok()
    }
}
