//! What leads to one account only, so that nobody goes through all of them: aliases, the e-mail addresses of root users,
//! invitations; and for each account the organization that it is in.
//!
//! INVARIANT: whoever changes one of these in an account or an organization changes it here; a law compares them.

use std::sync::Arc;

use super::account::Account;
use super::organization::Organization;
use super::shared_map::SharedMap;
use super::state::World;
use crate::names::AccountId;

/// Which account an alias, an address or an invitation serves, and which organization an account is in.
#[derive(Clone, Debug)]
pub(super) struct AccountIndex {
    aliases: SharedMap<Arc<str>, AccountId>,
    /// The addresses in small letters.
    emails: SharedMap<Arc<str>, AccountId>,
    /// The ids of organizations.
    organizations: SharedMap<AccountId, Arc<str>>,
    /// The open invitations by their ids: to which organization, and who is invited.
    invitations: SharedMap<Box<str>, (Arc<str>, AccountId)>,
}

impl AccountIndex {
    pub(super) fn new() -> Self {
        Self {
            aliases: SharedMap::new(),
            emails: SharedMap::new(),
            organizations: SharedMap::new(),
            invitations: SharedMap::new(),
        }
    }

    /// An account has another alias, or none.
    pub(super) fn set_alias(&mut self, account: AccountId, old: Option<&str>, new: Option<&str>) {
        old.and_then(|old| self.aliases.remove(old));
        new.and_then(|new| self.aliases.insert(new, account));
    }

    /// The root user of an account has another address.
    pub(super) fn set_email(&mut self, account: AccountId, old: &str, new: &str) {
        self.emails.remove(old.to_ascii_lowercase().as_str());
        self.emails.insert(new.to_ascii_lowercase(), account);
    }

    /// An account is in an organization now.
    pub(super) fn joined(&mut self, account: AccountId, organization: Arc<str>) {
        self.organizations.insert(account, organization);
    }

    /// An account is in no organization any more.
    pub(super) fn left(&mut self, account: AccountId) {
        self.organizations.remove(&account);
    }

    /// There is an invitation.
    pub(super) fn invited(&mut self, id: Box<str>, organization: Arc<str>, account: AccountId) {
        self.invitations.insert(id, (organization, account));
    }

    /// An invitation is over.
    pub(super) fn answered(&mut self, id: &str) {
        self.invitations.remove(id);
    }

    /// An account is no more.
    pub(super) fn forget(&mut self, account: &Account) {
        account.alias.as_ref().and_then(|alias| self.aliases.remove(&**alias));
        self.emails.remove(account.root.email.to_ascii_lowercase().as_str());
        self.left(account.id);
    }
}

impl World {
    /// The account of that alias.
    pub fn account_by_alias(&self, alias: &str) -> Option<&Arc<Account>> {
        self.account(*self.account_index.aliases.get(alias)?)
    }

    /// The account whose root user has that e-mail address, in any letter case.
    pub fn account_by_email(&self, email: &str) -> Option<&Arc<Account>> {
        self.account(*self.account_index.emails.get(email.to_ascii_lowercase().as_str())?)
    }

    /// The organization that an account belongs to; it is in one at most.
    pub fn organization_of(&self, account: AccountId) -> Option<&Arc<Organization>> {
        self.organization(self.account_index.organizations.get(&account)?)
    }

    /// The organization to which an open invitation is, and the account that is invited.
    pub fn invitation(&self, id: &str) -> Option<(&Arc<Organization>, AccountId)> {
        let (organization, account) = self.account_index.invitations.get(id)?;
        Some((self.organization(organization)?, *account))
    }
}
