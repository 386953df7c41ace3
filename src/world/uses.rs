//! Where the groups and managed policies of an account are used, so that nobody looks through all of its users, groups
//! and roles for it.
//!
//! INVARIANT: whoever changes a membership, an attachment or a boundary says so here; a law compares them.

use std::collections::BTreeSet;

use super::account::Account;
use super::change::Entity;
use super::identity::Identity;
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

    /// There is a user, group or role with all that it uses.
    pub(super) fn begin_all(&mut self, identity: Identity<'_>) {
        used_by(identity).for_each(|used| self.begin(used, &identity.entity()));
    }

    /// A user, group or role is no more.
    pub(super) fn end_all(&mut self, identity: Identity<'_>) {
        used_by(identity).for_each(|used| self.end(used, &identity.entity()));
    }

    /// Who uses it, in small letters.
    fn of(&self, used: Used) -> impl Iterator<Item = &Entity> {
        // The first of all there could be.
        let start = (used, Entity::User("".into()));
        let from = self.0.iter_from(&start).map(|(key, ())| key);
        from.take_while(move |(other, _)| *other == start.0).map(|(_, by)| by)
    }
}

impl Account {
    /// The users in a group of that name in any letter case, in the order of their names.
    pub fn members(&self, group: &str) -> impl Iterator<Item = Identity<'_>> {
        self.uses.of(Used::group(group)).filter_map(|user| self.identity(user))
    }

    /// The users, groups and roles that a managed policy of that ARN is attached to, or is the boundary of.
    pub fn users_of_policy(&self, arn: &str) -> impl Iterator<Item = Identity<'_>> {
        let attached = self.uses.of(Used::Policy(arn.into()));
        let all: BTreeSet<&Entity> = attached.chain(self.uses.of(Used::Boundary(arn.into()))).collect();
        all.into_iter().filter_map(|one| self.identity(one))
    }
}

fn used_by(identity: Identity<'_>) -> impl Iterator<Item = Used> {
    let groups = identity.groups.iter().map(|group| Used::group(group));
    let attached = identity.permissions.attached.iter().map(|arn| Used::Policy(arn.clone()));
    let boundary = identity.boundary.map(|arn| Used::Boundary(arn.into()));
    groups.chain(attached).chain(boundary)
}
