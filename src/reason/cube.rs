//! When a statement applies, within a class of requests: for these resources, under these values of each key.

use super::bits::Bits;

/// Requests of a class: those for some resources that have under each key one of some atoms. What says nothing of a
/// key takes all of its atoms.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cube {
    /// The number of a set of resources in the class, and whether it is those inside of it.
    pub(super) resource: Option<(usize, bool)>,
    pub(super) keys: Vec<(usize, Bits)>,
}

/// What is known of the requests that are looked for.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) inside: Vec<usize>,
    pub(super) outside: Vec<usize>,
    pub(super) keys: Vec<Bits>,
}

impl Region {
    /// With what a cube says of the resource.
    pub(super) fn with_resource(&self, (set, is_inside): (usize, bool)) -> Self {
        let mut next = self.clone();
        let list = if is_inside { &mut next.inside } else { &mut next.outside };
        if let Err(at) = list.binary_search(&set) {
            list.insert(at, set);
        }
        next
    }

    /// With all that a cube says.
    pub(super) fn within(&self, cube: &Cube) -> Self {
        let mut next = match cube.resource {
            Some(resource) => self.with_resource(resource),
            None => self.clone(),
        };
        cube.keys.iter().for_each(|(key, atoms)| next.keys[*key].keep(atoms));
        next
    }
}
