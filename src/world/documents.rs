//! All documents of a world, and the world in which one of them reads otherwise.

use std::sync::Arc;

use super::account::{Account, Permissions};
use super::document::{Document, ManagedPolicy};
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
        let swap = |document: &mut Document| match document {
            Document::Good(compiled) if Arc::ptr_eq(compiled, old) => *compiled = Arc::clone(new),
            _ => {}
        };
        world.accounts.values_mut().for_each(|account| in_account(Arc::make_mut(account), &swap));
        for resource in world.resources.values_mut().filter(|resource| resource.policy.is_some()) {
            Arc::make_mut(resource).policy.as_mut().map(swap);
        }
        for endpoint in world.endpoints.values_mut().filter(|endpoint| endpoint.policy.is_some()) {
            Arc::make_mut(endpoint).policy.as_mut().map(swap);
        }
        for organization in world.organizations.values_mut() {
            let organization = Arc::make_mut(organization);
            let both = [&mut organization.scps, &mut organization.rcps];
            let controls = both.into_iter().flat_map(|own| own.policies.values_mut());
            controls.for_each(|policy| in_managed(policy, &swap));
        }
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

fn in_account(account: &mut Account, swap: &impl Fn(&mut Document)) {
    account.policies.values_mut().for_each(|policy| in_managed(policy, swap));
    for user in account.users.values_mut().filter(|user| !user.permissions.inline.is_empty()) {
        in_permissions(&mut Arc::make_mut(user).permissions, swap);
    }
    for group in account.groups.values_mut().filter(|group| !group.permissions.inline.is_empty()) {
        in_permissions(&mut Arc::make_mut(group).permissions, swap);
    }
    for role in account.roles.values_mut() {
        let role = Arc::make_mut(role);
        in_permissions(&mut role.permissions, swap);
        swap(&mut role.trust);
    }
}

fn in_permissions(permissions: &mut Permissions, swap: &impl Fn(&mut Document)) {
    permissions.inline.iter_mut().for_each(|inline| swap(&mut inline.document));
}

fn in_managed(policy: &mut Arc<ManagedPolicy>, swap: &impl Fn(&mut Document)) {
    let policy = Arc::make_mut(policy);
    policy.versions.iter_mut().for_each(|version| swap(&mut version.document));
}
