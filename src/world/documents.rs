//! All documents of a world, and the world in which one of them reads otherwise.

use std::sync::Arc;

use super::account::{Account, Permissions};
use super::document::{Document, ManagedPolicy};
use super::organization::Organization;
use super::state::World;
use crate::compile::CompiledPolicy;

impl World {
    /// The documents that can be consulted, with the names of their policies; those of AWS are left out.
    pub fn documents(&self) -> Vec<(String, &Arc<CompiledPolicy>)> {
        let mut found: Vec<(String, &Document)> = Vec::new();
        self.accounts().for_each(|account| of_account(account, &mut found));
        for resource in self.resources() {
            found.extend(resource.policy.as_ref().map(|policy| (resource.arn.to_string(), policy)));
        }
        for endpoint in self.endpoints() {
            found.extend(endpoint.policy.as_ref().map(|policy| (endpoint.id.to_string(), policy)));
        }
        let controls = self.organizations().flat_map(|all| all.control_policies());
        found.extend(controls.map(|(_, policy)| (policy.name.to_string(), policy.document())));
        let good = found.into_iter().filter_map(|(name, document)| Some((name, document.compiled()?)));
        good.filter(|(_, compiled)| !is_of_aws(compiled)).collect()
    }

    /// The world in which a document reads otherwise, wherever it stands: to ask what would be if.
    #[must_use]
    pub fn with_document(&self, old: &Arc<CompiledPolicy>, new: &Arc<CompiledPolicy>) -> Self {
        let mut world = self.clone();
        let swap = Swap { old, new };
        world.accounts.replace(|account| swap.in_account(account));
        world.organizations.replace(|organization| swap.in_organization(organization));
        let holds = |policy: &Option<Document>| policy.as_ref().is_some_and(|policy| swap.is_old(policy));
        world.resources.replace(|resource| {
            changed(resource, holds(&resource.policy), |own| own.policy = Some(swap.document()))
        });
        world.endpoints.replace(|endpoint| {
            changed(endpoint, holds(&endpoint.policy), |own| own.policy = Some(swap.document()))
        });
        world
    }
}

/// Whether AWS wrote a policy: its source is named by its ARN.
pub fn is_of_aws(policy: &CompiledPolicy) -> bool {
    policy.policy().source().name().starts_with("arn:")
}

fn of_account<'w>(account: &'w Account, found: &mut Vec<(String, &'w Document)>) {
    found.extend(account.policies.values().map(|policy| (policy.name.to_string(), policy.document())));
    let inline = account.identities().flat_map(|one| &one.permissions.inline);
    found.extend(inline.map(|inline| (inline.name.to_string(), &inline.document)));
    found.extend(account.roles.values().map(|role| (role.name.to_string(), &role.trust)));
}

/// A document that is to read otherwise.
struct Swap<'c> {
    old: &'c Arc<CompiledPolicy>,
    new: &'c Arc<CompiledPolicy>,
}

impl Swap<'_> {
    fn is_old(&self, document: &Document) -> bool {
        matches!(document, Document::Good(compiled) if Arc::ptr_eq(compiled, self.old))
    }

    fn document(&self) -> Document {
        Document::Good(Arc::clone(self.new))
    }

    fn swap<'d>(&self, documents: impl IntoIterator<Item = &'d mut Document>) {
        documents.into_iter().filter(|one| self.is_old(one)).for_each(|one| *one = self.document());
    }

    fn is_inline(&self, permissions: &Permissions) -> bool {
        permissions.inline.iter().any(|inline| self.is_old(&inline.document))
    }

    fn swap_inline(&self, permissions: &mut Permissions) {
        self.swap(permissions.inline.iter_mut().map(|inline| &mut inline.document));
    }

    fn in_account(&self, account: &Account) -> Option<Arc<Account>> {
        let mut account = account.clone();
        let in_policies = account.policies.replace(|policy| self.in_versions(policy));
        let in_users = account.users.replace(|user| {
            changed(user, self.is_inline(&user.permissions), |own| self.swap_inline(&mut own.permissions))
        });
        let in_groups = account.groups.replace(|group| {
            changed(group, self.is_inline(&group.permissions), |own| self.swap_inline(&mut own.permissions))
        });
        let in_roles = account.roles.replace(|role| {
            changed(role, self.is_old(&role.trust) || self.is_inline(&role.permissions), |own| {
                self.swap([&mut own.trust]);
                self.swap_inline(&mut own.permissions);
            })
        });
        (in_policies | in_users | in_groups | in_roles).then(|| Arc::new(account))
    }

    fn in_organization(&self, organization: &Organization) -> Option<Arc<Organization>> {
        let mut organization = organization.clone();
        let in_scps = organization.scps.policies.replace(|policy| self.in_versions(policy));
        let in_rcps = organization.rcps.policies.replace(|policy| self.in_versions(policy));
        (in_scps | in_rcps).then(|| Arc::new(organization))
    }

    fn in_versions(&self, policy: &Arc<ManagedPolicy>) -> Option<Arc<ManagedPolicy>> {
        let holds = policy.versions.iter().any(|version| self.is_old(&version.document));
        changed(policy, holds, |own| self.swap(own.versions.iter_mut().map(|version| &mut version.document)))
    }
}

/// What is to be changed, changed; nothing of what stays as it is.
fn changed<T: Clone>(one: &Arc<T>, is_to_be: bool, change: impl FnOnce(&mut T)) -> Option<Arc<T>> {
    is_to_be.then(|| {
        let mut new = T::clone(one);
        change(&mut new);
        Arc::new(new)
    })
}
