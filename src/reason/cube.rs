//! When a statement applies, within a class of requests: for these resources, under these values of each key.

use super::bits::Bits;
use super::resources::{ResourceSide, ResourceSides};

/// Requests of a class: those for some resources that have under each key one of some atoms. What says nothing of a
/// key takes all of its atoms.
#[derive(Clone, Debug, PartialEq)]
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
