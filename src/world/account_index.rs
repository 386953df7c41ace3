//! What leads to one account only, so that nobody goes through all of them: aliases, the e-mail addresses of root users,
//! invitations; and for each account the organization that it is in, and the resources that it owns.
//!
//! INVARIANT: whoever changes one of these in an account or an organization changes it here; a law compares them.

use std::sync::Arc;

use super::account::Account;
use super::organization::Organization;
use super::resource::Resource;
use super::shared_map::SharedMap;
use super::state::World;
use crate::names::AccountId;

/// Which account an alias, an address or an invitation serves, which organization an account is in, and what it owns.
#[derive(Clone, Debug)]
pub(super) struct AccountIndex {
    aliases: SharedMap<Arc<str>, AccountId>,
    /// The addresses in small letters.
    emails: SharedMap<Arc<str>, AccountId>,
    /// The ids of organizations.
    organizations: SharedMap<AccountId, Arc<str>>,
    /// The open invitations by their ids: to which organization, and who is invited.
    invitations: SharedMap<Box<str>, (Arc<str>, AccountId)>,
    /// Owners, and the ARNs of what they own.
    resources: SharedMap<(AccountId, Box<str>), ()>,
}

impl AccountIndex {
    pub(super) fn new() -> Self {
        Self {
            aliases: SharedMap::new(),
            emails: SharedMap::new(),
            organizations: SharedMap::new(),
            invitations: SharedMap::new(),
            resources: SharedMap::new(),
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

    /// An account owns a resource now.
    pub(super) fn owned(&mut self, account: AccountId, arn: &str) {
        self.resources.insert((account, arn.into()), ());
    }

    /// An account does not own a resource any more.
    pub(super) fn disowned(&mut self, account: AccountId, arn: &str) {
        self.resources.remove(&(account, arn.into()));
    }

    /// The ARNs of the resources that an account owns.
    fn resources_of(&self, account: AccountId) -> impl Iterator<Item = &Box<str>> {
        let from = self.resources.iter_from(&(account, "".into())).map(|(key, ())| key);
        from.take_while(move |(owner, _)| *owner == account).map(|(_, arn)| arn)
    }

    /// An account is no more; its alias, address and organization are free.
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

    /// The declared resources that an account owns, in the order of their ARNs.
    pub fn resources_of(&self, account: AccountId) -> impl Iterator<Item = &Arc<Resource>> {
        self.account_index.resources_of(account).filter_map(|arn| self.resource(arn))
    }

    /// The organization to which an open invitation is, and the account that is invited.
    pub fn invitation(&self, id: &str) -> Option<(&Arc<Organization>, AccountId)> {
        let (organization, account) = self.account_index.invitations.get(id)?;
        Some((self.organization(organization)?, *account))
    }
}
