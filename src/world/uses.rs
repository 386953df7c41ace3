//! Where the groups and managed policies of an account are used, so that nobody looks through all of its users, groups
//! and roles for it.
//!
//! INVARIANT: whoever changes a membership, an attachment or a boundary says so here; a law compares them.

use super::entity::Entity;
use super::shared_map::SharedMap;

/// What a user, group or role uses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Used {
    /// A user is in the group of that name in small letters.
    Group(Box<str>),
    /// The managed policy of that ARN is attached.
    Policy(Box<str>),
    /// The managed policy of that ARN is the permissions boundary.
    Boundary(Box<str>),
}

impl Used {
    /// The group of that name, in any letter case.
    pub(super) fn group(name: &str) -> Self {
        Self::Group(name.to_ascii_lowercase().into())
    }
}

/// Which users, groups and roles use what.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses(SharedMap<(Used, Entity), ()>);

impl Uses {
    /// Something is used by one more.
    pub(super) fn begin(&mut self, used: Used, by: &Entity) {
        self.0.insert((used, by.folded()), ());
    }

    /// Something is not used any more by one.
    pub(super) fn end(&mut self, used: Used, by: &Entity) {
        self.0.remove(&(used, by.folded()));
    }

    /// Who uses it, in small letters.
    pub(super) fn of(&self, used: Used) -> impl Iterator<Item = &Entity> {
        // The first of all there could be.
        let start = (used, Entity::User("".into()));
        let from = self.0.iter_from(&start).map(|(key, ())| key);
        from.take_while(move |(other, _)| *other == start.0).map(|(_, by)| by)
    }
}
