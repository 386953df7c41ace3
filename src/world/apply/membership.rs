//! Users in groups (E21, E22).

use super::{Outcome, references, room};
use crate::names::AccountId;
use crate::world::account::{Account, User};
use crate::world::uses::Used;
use crate::world::{Applied, Entity, Thing, World, WorldError};

/// The most groups of a user (E22).
const MOST_GROUPS: usize = 10;

impl World {
    pub(super) fn add_to_group(&mut self, account: AccountId, user: &str, group: &str) -> Outcome {
        let known = self.known_account(account)?;
        let (user, group) = (known.find_user(user)?, known.find_group(group)?);
        let (name, group) = (user.name.clone(), group.name.clone());
        if user.groups.contains(&group) {
            return Ok(Applied::said(format!("user {name} is already a member of group {group}")));
        }
        check_joins(user)?;
        let warning = join(self.account_mut(account)?, &name, &group);
        Ok(Applied::said(format!("added user {name} to group {group}")).warn(warning))
    }

    /// Ends a membership.
    pub(super) fn remove_from_group(&mut self, account: AccountId, user: &str, group: &str) -> Outcome {
        let known = self.known_account(account)?;
        let (user, group) = (known.find_user(user)?, known.find_group(group)?);
        let (name, group) = (user.name.clone(), group.name.clone());
        if !user.groups.contains(&group) {
            let what = format!("user `{name}` is not a member of group `{group}`");
            return Err(WorldError::new("not-a-member", Thing::User.called(&*name), what));
        }
        leave(self.account_mut(account)?, &name, &group);
        Ok(Applied::said(format!("removed user {name} from group {group}")))
    }
}

/// Refuses to make a user of very many groups a member of another one.
pub(super) fn check_joins(user: &User) -> Result<(), WorldError> {
    room::GROUPS.check(Thing::User.called(&*user.name), &format!("user {}", user.name), user.groups.len() + 1)
}

/// Adds a group to a user that exists; warns if AWS would not allow so many.
pub(super) fn join(account: &mut Account, user: &str, group: &str) -> Option<String> {
    account.uses.begin(Used::group(group), &Entity::User(user.into()));
    let user = references::user_mut(account, user)?;
    if !user.groups.iter().any(|joined| &**joined == group) {
        user.groups.push(group.into());
    }
    let count = user.groups.len();
    (count > MOST_GROUPS)
        .then(|| format!("user {} is in {count} groups, AWS allows {MOST_GROUPS}", user.name))
}

/// Takes a user out of a group.
pub(super) fn leave(account: &mut Account, user: &str, group: &str) {
    account.uses.end(Used::group(group), &Entity::User(user.into()));
    if let Some(user) = references::user_mut(account, user) {
        user.groups.retain(|joined| **joined != *group);
    }
}
