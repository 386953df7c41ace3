//! The search for requests that lie in some cubes and outside of others.
//!
//! What must hold is a list of choices: one of these cubes. Leaving a cube is a choice, too: of another resource, or
//! of other atoms of one of its keys. What is settled already is left out, what leaves nothing to choose is done first.

use super::cube::{Cube, Region};
use super::resources::{ResourceSide, Resources};

/// How many regions one search looks at, at most.
const REGIONS: usize = 20_000;

/// How many choices may hang on each other, at most: each goes one call deeper.
const DEPTH: usize = 500;

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
        true => search.below(all.clone(), wanted.clone()),
        false => None,
    };
    match found {
        Some(region) => Solved::Found(region),
        None if search.left == 0 || search.resources.gave_up => Solved::GaveUp,
        None => Solved::None,
    }
}

/// Whether some request of a region lies in a cube.
pub(super) fn meets(resources: &mut Resources, region: &Region, cube: &Cube) -> bool {
    cube.keys.iter().all(|(key, atoms)| region.keys[*key].meets(atoms))
        && cube.resource.is_none_or(|side| resources.meets(&region.resources, side))
}

fn opposite((set, is_inside): ResourceSide) -> ResourceSide {
    (set, !is_inside)
}

struct RegionSearch<'s> {
    resources: &'s mut Resources,
    left: usize,
    depth: usize,
}

impl RegionSearch<'_> {
    fn has_requests(&mut self, region: &Region) -> bool {
        !region.keys.iter().any(super::bits::Bits::is_empty) && self.resources.has_any(&region.resources)
    }

    fn below(&mut self, mut region: Region, mut wanted: CubesWanted<'_>) -> Option<Region> {
        self.left = self.left.checked_sub(1)?;
        while self.choose_all(&mut region, &mut wanted.one_of)? {}
        while self.leave_all(&mut region, &mut wanted.none_of)? {}
        let narrowest = (0..wanted.one_of.len()).min_by_key(|at| wanted.one_of[*at].len());
        if let Some(at) = narrowest {
            let cubes = wanted.one_of.swap_remove(at);
            return cubes.into_iter().find_map(|cube| self.enter(region.within(cube), &wanted));
        }
        match wanted.none_of.pop() {
            None => Some(region),
            Some(cube) => self.leave(&region, cube, &wanted),
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
        let found = self.below(region, wanted.clone());
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
        let by_resource = cube.resource.map(|side| region.with_resource(opposite(side)));
        let plain = plain.into_iter().map(|(_, next)| next).chain(by_resource);
        let all = plain.chain(others.into_iter().map(|(_, next)| next)).collect::<Vec<_>>();
        all.into_iter().find_map(|next| self.enter(next, wanted))
    }

    /// Makes the choices of which there is one; whether the region became narrower. `None` where nothing can be chosen.
    fn choose_all(&mut self, region: &mut Region, choices: &mut Vec<Vec<&Cube>>) -> Option<bool> {
        self.settle(region, choices)?;
        let Some(at) = choices.iter().position(|cubes| cubes.len() == 1) else { return Some(false) };
        *region = region.within(choices.swap_remove(at)[0]);
        self.has_requests(region).then_some(true)
    }

    /// Leaves the cubes that there is one way to leave, and keeps those to which there are several; whether the region
    /// became narrower. `None` where one cannot be left.
    fn leave_all(&mut self, region: &mut Region, cubes: &mut Vec<&Cube>) -> Option<bool> {
        let mut is_narrower = false;
        let mut kept = Vec::new();
        for cube in std::mem::take(cubes) {
            let by_resource = match self.lies(region, cube) {
                Lies::Apart => continue,
                Lies::Within => return None,
                Lies::Across => {
                    cube.resource.filter(|side| self.resources.meets(&region.resources, opposite(*side)))
                }
            };
            let mut by_key = cube.keys.iter().filter(|(key, atoms)| !region.keys[*key].is_within(atoms));
            match (by_resource, by_key.next(), by_key.next()) {
                (None, Some((key, atoms)), None) => region.keys[*key] = region.keys[*key].without(atoms),
                (Some(side), None, _) => region.resources = region.resources.with(opposite(side)),
                _ => {
                    kept.push(cube);
                    continue;
                }
            }
            is_narrower = true;
        }
        *cubes = kept;
        Some(is_narrower)
    }

    /// Leaves out the choices that are made, and of the others what cannot be chosen; `None` where nothing can be.
    fn settle(&mut self, region: &Region, choices: &mut Vec<Vec<&Cube>>) -> Option<()> {
        for cubes in std::mem::take(choices) {
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
                (false, true) => return None,
                (false, false) => choices.push(open),
            }
        }
        Some(())
    }

    fn lies(&mut self, region: &Region, cube: &Cube) -> Lies {
        if !meets(self.resources, region, cube) {
            return Lies::Apart;
        }
        let is_within = cube.keys.iter().all(|(key, atoms)| region.keys[*key].is_within(atoms))
            && cube.resource.is_none_or(|side| !self.resources.meets(&region.resources, opposite(side)));
        if is_within { Lies::Within } else { Lies::Across }
    }
}
