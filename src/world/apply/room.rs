//! How many of one kind a single user, group, role, resource, node or account may have. A change copies the list that it is
//! in, so there is an end to it, far beyond what AWS allows.

use crate::world::{About, WorldError};

/// What a thing has many of, and how many are kept.
pub(super) struct Room {
    what: &'static str,
    most: usize,
}

pub(super) const TAGS: Room = a_thousand("tags");
pub(super) const GROUPS: Room = a_thousand("groups");
pub(super) const POLICIES: Room = a_thousand("policies");
pub(super) const INLINE_POLICIES: Room = a_thousand("inline policies");
pub(super) const REGIONS_OFF: Room = a_thousand("Regions that are off");
/// A key has as many as in AWS.
pub(super) const GRANTS: Room = Room { what: "grants", most: 50_000 };

const fn a_thousand(what: &'static str) -> Room {
    Room { what, most: 1_000 }
}

impl Room {
    /// Refuses more than there is room for.
    pub(super) fn check(&self, about: impl Into<About>, of: &str, count: usize) -> Result<(), WorldError> {
        if count <= self.most {
            return Ok(());
        }
        let what = format!("{of} would have {count} {}, and {} are kept at most", self.what, self.most);
        Err(WorldError::new("too-many", about, what))
    }
}
