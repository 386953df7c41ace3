//! Users, groups and roles alike.

use std::collections::BTreeSet;

use super::account::{Account, Group, Permissions, Role, Tags, User};
use super::document::Document;
use super::entity::Entity;
use super::uses::{Used, Uses};
use crate::names::AccountId;

/// A user, group or role of an account: what all three are asked for, and what some of them have.
#[derive(Clone, Copy, Debug)]
pub struct Identity<'w> {
    /// `user`, `group` or `role`.
    pub kind: &'static str,
    /// The name.
    pub name: &'w str,
    /// The path.
    pub path: &'w str,
    /// The unique id.
    pub id: &'w str,
    /// Inline and attached policies.
    pub permissions: &'w Permissions,
    /// Tags; a group has none.
    pub tags: Option<&'w Tags>,
    /// The ARN of the permissions boundary of a user or role.
    pub boundary: Option<&'w str>,
    /// The names of the groups of a user.
    pub groups: &'w [Box<str>],
    /// The trust policy of a role.
    pub trust: Option<&'w Document>,
}

impl Identity<'_> {
    /// The ARN (A23, A24).
    pub fn arn(&self, account: AccountId) -> String {
        format!("arn:aws:iam::{account}:{}{}{}", self.kind, self.path, self.name)
    }

    /// The kind and the name alone.
    pub(crate) fn entity(&self) -> Entity {
        let name = self.name.into();
        match self.kind {
            "user" => Entity::User(name),
            "group" => Entity::Group(name),
            _ => Entity::Role(name),
        }
    }

    /// The groups that it is in, and the managed policies that it has.
    fn uses(&self) -> impl Iterator<Item = Used> {
        let groups = self.groups.iter().map(|group| Used::group(group));
        let attached = self.permissions.attached.iter().map(|arn| Used::Policy(arn.clone()));
        let boundary = self.boundary.map(|arn| Used::Boundary(arn.into()));
        groups.chain(attached).chain(boundary)
    }

    /// What it is called: `user alice`.
    pub fn label(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }

    /// Whether a managed policy is attached, by its ARN.
    pub fn has_attached(&self, arn: &str) -> bool {
        self.permissions.attached.iter().any(|held| **held == *arn)
    }
}

impl<'w> From<&'w User> for Identity<'w> {
    fn from(user: &'w User) -> Self {
        let User { name, path, id, tags, permissions, boundary, groups } = user;
        let (tags, boundary) = (Some(tags), boundary.as_deref());
        Self { kind: "user", name, path, id, permissions, tags, boundary, groups, trust: None }
    }
}

impl<'w> From<&'w Group> for Identity<'w> {
    fn from(Group { name, path, id, permissions }: &'w Group) -> Self {
        let (tags, boundary, groups, trust) = (None, None, &[][..], None);
        Self { kind: "group", name, path, id, permissions, tags, boundary, groups, trust }
    }
}

impl<'w> From<&'w Role> for Identity<'w> {
    fn from(role: &'w Role) -> Self {
        let Role { name, path, id, tags, permissions, boundary, trust, .. } = role;
        let (tags, boundary, trust) = (Some(tags), boundary.as_deref(), Some(trust));
        Self { kind: "role", name, path, id, permissions, tags, boundary, groups: &[], trust }
    }
}

impl Account {
    /// The users, then the groups, then the roles.
    pub fn identities(&self) -> impl Iterator<Item = Identity<'_>> {
        let users = self.users.values().map(|user| Identity::from(&**user));
        let groups = self.groups.values().map(|group| Identity::from(&**group));
        users.chain(groups).chain(self.roles.values().map(|role| Identity::from(&**role)))
    }

    /// The user, group or role of that name.
    pub fn identity(&self, entity: &Entity) -> Option<Identity<'_>> {
        match entity {
            Entity::User(name) => self.user(name).map(|user| Identity::from(&**user)),
            Entity::Group(name) => self.group(name).map(|group| Identity::from(&**group)),
            Entity::Role(name) => self.role(name).map(|role| Identity::from(&**role)),
        }
    }

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

impl Uses {
    /// There is a user, group or role with all that it uses.
    pub(super) fn begin_all(&mut self, identity: Identity<'_>) {
        identity.uses().for_each(|used| self.begin(used, &identity.entity()));
    }

    /// A user, group or role is no more.
    pub(super) fn end_all(&mut self, identity: Identity<'_>) {
        identity.uses().for_each(|used| self.end(used, &identity.entity()));
    }
}
