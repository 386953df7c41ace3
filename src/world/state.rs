//! The world itself.

use std::sync::Arc;

use super::account::Account;
use super::account_index::AccountIndex;
use super::document::ManagedPolicy;
use super::organization::Organization;
use super::resource::{Endpoint, Resource};
use super::settings::Settings;
use super::shared_map::SharedMap;
use crate::catalog::Catalog;
use crate::names::AccountId;

/// Everything that was declared: accounts, organizations, resources, endpoints, settings; and the catalog of actions and
/// condition keys that questions are asked by.
///
/// A clone is cheap: what a change does not touch is shared.
#[derive(Clone, Debug)]
pub struct World {
    pub(super) accounts: SharedMap<AccountId, Arc<Account>>,
    pub(super) account_index: AccountIndex,
    /// Organizations by id; an account is in one at most.
    pub(super) organizations: SharedMap<Arc<str>, Arc<Organization>>,
    pub(super) resources: SharedMap<Arc<str>, Arc<Resource>>,
    pub(super) endpoints: SharedMap<Arc<str>, Arc<Endpoint>>,
    /// AWS managed policies that are in use, by ARN.
    pub(super) aws_policies: SharedMap<Arc<str>, Arc<ManagedPolicy>>,
    pub(super) settings: Settings,
    catalog: Arc<Catalog>,
}

impl World {
    /// A world without accounts, with the catalog that is part of this program.
    pub fn new() -> Self {
        Self::with_catalog(Arc::clone(Catalog::in_use()))
    }

    /// A world without accounts, with a catalog of one's own.
    pub fn with_catalog(catalog: Arc<Catalog>) -> Self {
        Self {
            accounts: SharedMap::new(),
            account_index: AccountIndex::new(),
            organizations: SharedMap::new(),
            resources: SharedMap::new(),
            endpoints: SharedMap::new(),
            aws_policies: SharedMap::new(),
            settings: Settings::default(),
            catalog,
        }
    }

    /// Whether nothing was changed since one of two worlds was copied from the other.
    pub fn is_same(&self, other: &Self) -> bool {
        self.accounts.is_same(&other.accounts)
            && self.organizations.is_same(&other.organizations)
            && self.resources.is_same(&other.resources)
            && self.endpoints.is_same(&other.endpoints)
            && self.aws_policies.is_same(&other.aws_policies)
            && self.settings == other.settings
    }

    /// What is known of actions, resource types and condition keys.
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// The accounts by id.
    pub fn accounts(&self) -> impl Iterator<Item = &Arc<Account>> {
        self.accounts.values()
    }

    /// The account of that id.
    pub fn account(&self, id: AccountId) -> Option<&Arc<Account>> {
        self.accounts.get(&id)
    }

    /// The account of that id or alias.
    pub fn find_account(&self, word: &str) -> Option<&Arc<Account>> {
        if let Some(id) = AccountId::parse(word) { self.account(id) } else { self.account_by_alias(word) }
    }

    /// The declared resources by ARN.
    pub fn resources(&self) -> impl Iterator<Item = &Arc<Resource>> {
        self.resources.values()
    }

    /// The declared resource of exactly that ARN.
    pub fn resource(&self, arn: &str) -> Option<&Arc<Resource>> {
        self.resources.get(arn)
    }

    /// The VPC endpoints by id.
    pub fn endpoints(&self) -> impl Iterator<Item = &Arc<Endpoint>> {
        self.endpoints.values()
    }

    /// The VPC endpoint of that id.
    pub fn endpoint(&self, id: &str) -> Option<&Arc<Endpoint>> {
        self.endpoints.get(id)
    }

    /// The AWS managed policies that are in use.
    pub fn aws_policies(&self) -> impl Iterator<Item = &Arc<ManagedPolicy>> {
        self.aws_policies.values()
    }

    /// The switches.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The switches, to be changed.
    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}
