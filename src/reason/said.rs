//! What worlds say of resources, so that two can be compared, and of what else bears on requests beside policies.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::Caveat;
use crate::names::AccountId;
use crate::world::{Account, Document, Node, Organization, Resource, World};

/// What two worlds say of each resource, user and role that one of them tells from those that nobody declared.
pub(super) fn said_of_all(worlds: [&World; 2]) -> BTreeMap<String, [Option<String>; 2]> {
    let mut all: BTreeMap<String, [Option<String>; 2]> = BTreeMap::new();
    for (version, world) in worlds.into_iter().enumerate() {
        for resource in world.resources() {
            all.entry(resource.arn.to_string()).or_default()[version] = Some(of_resource(resource));
        }
        for account in world.accounts() {
            for (arn, said) in of_identities(account) {
                all.entry(arn).or_default()[version] = Some(said);
            }
        }
    }
    all
}

/// The ARNs of all that may have a policy of its own, each with the account that it belongs to.
pub(super) fn governed_resources(world: &World) -> impl Iterator<Item = (String, AccountId)> {
    let declared = world.resources().map(|one| (one.arn.to_string(), one.owner));
    declared.chain(world.accounts().flat_map(|account| {
        let roles = account.identities().filter(|one| one.trust.is_some());
        roles.map(|role| (role.arn(account.id), account.id))
    }))
}

fn of_resource(resource: &Resource) -> String {
    let Resource { arn: _, owner, policy, policy_ids, tags, region, key, abac, takes_sse_c, .. } = resource;
    let Resource { public_access_block, grants, holder, bucket, vpc, .. } = resource;
    format!(
        "{owner} {:?} {policy_ids:?} {tags:?} {region:?} {key:?} {abac} {takes_sse_c} {public_access_block:?} \
         {grants:?} {holder:?} {bucket:?} {vpc:?}",
        policy.as_ref().map(text_of)
    )
}

/// Users with tags, and all roles: they have a trust policy.
fn of_identities(account: &Account) -> impl Iterator<Item = (String, String)> {
    let identities = account.identities().filter(|one| one.kind != "group");
    let identities =
        identities.filter(|one| one.trust.is_some() || one.tags.is_some_and(|tags| !tags.is_empty()));
    identities.map(|one| {
        (one.arn(account.id), format!("{} {:?} {:?}", account.id, one.tags, one.trust.map(text_of)))
    })
}

/// The text of a document.
fn text_of(document: &Document) -> String {
    match document {
        Document::Good(compiled) => {
            let policy = compiled.policy();
            policy.source().slice(policy.document()).to_owned()
        }
        Document::Refused(_) => "refused".to_owned(),
        Document::Missing => "missing".to_owned(),
    }
}

/// In what two worlds are not the same, apart from the policies of their principals.
pub(super) struct WorldsApart {
    /// The ARNs of resources, users and roles of which they say something else.
    pub(super) resources: Vec<String>,
    /// Accounts of which, or of whose organization, they say something else.
    accounts: BTreeSet<AccountId>,
    /// Accounts that are in another organization.
    moved: BTreeSet<AccountId>,
    /// Whether they have other settings.
    everywhere: bool,
    /// What is not followed.
    pub(super) caveats: Vec<Caveat>,
}

impl WorldsApart {
    pub(super) fn of(worlds: [&World; 2]) -> Self {
        let differs = |(arn, [old, new]): (String, [Option<String>; 2])| (old != new).then_some(arn);
        let of_world = |world: &World| world.accounts().map(|one| (one.id, of_account(world, one))).collect();
        let accounts: [BTreeMap<AccountId, String>; 2] = worlds.map(of_world);
        let ids: BTreeSet<AccountId> = accounts.iter().flat_map(BTreeMap::keys).copied().collect();
        let [old, new] = &accounts;
        Self {
            resources: said_of_all(worlds).into_iter().filter_map(differs).collect(),
            accounts: ids.iter().copied().filter(|id| old.get(id) != new.get(id)).collect(),
            moved: ids.into_iter().filter(|id| place(worlds[0], *id) != place(worlds[1], *id)).collect(),
            everywhere: worlds[0].settings() != worlds[1].settings(),
            caveats: caveats(worlds),
        }
    }

    /// Whether an account is in another organization, or at another place there.
    pub(super) fn is_moved(&self, account: Option<AccountId>) -> bool {
        account.is_some_and(|account| self.moved.contains(&account))
    }

    /// Whether something bears on all requests for what is in an account, or by whoever is.
    pub(super) fn is_in(&self, account: Option<AccountId>) -> bool {
        self.everywhere || account.is_some_and(|account| self.accounts.contains(&account))
    }
}

const ENDPOINTS: &str = "they have other VPC endpoints, and what goes through those is not compared";

const GATES: &str = "accounts have another state, other Regions or other access to billing: that is compared by examples \
                     alone";

const BESIDE: &str =
    "they have other grants of keys or other access points: that is compared by examples alone";

/// What is not followed where it is not the same in both worlds.
fn caveats(worlds: [&World; 2]) -> Vec<Caveat> {
    let all = [
        (differ(worlds, endpoints_of), ENDPOINTS),
        (differ(worlds, gates_of), GATES),
        (differ(worlds, beside_policies), BESIDE),
    ];
    all.into_iter().filter(|(is_so, _)| *is_so).map(|(_, why)| Caveat::new(why)).collect()
}

fn endpoints_of(world: &World) -> Vec<String> {
    let said = world.endpoints().map(|one| {
        let policy = one.policy.as_ref().map(text_of);
        format!("{} {} {:?} {:?} {policy:?}", one.id, one.vpc, one.service, one.owner)
    });
    said.collect()
}

/// Whether something is not the same in both worlds.
fn differ(worlds: [&World; 2], said: impl Fn(&World) -> Vec<String>) -> bool {
    let [old, new] = worlds.map(said);
    old != new
}

/// What decides in some accounts before any policy does.
fn gates_of(world: &World) -> Vec<String> {
    let is_plain = |one: &Account| !one.is_restricted() && !one.billing_access;
    let said =
        |one: &Account| format!("{} {:?} {:?} {}", one.id, one.state, one.regions_off, one.billing_access);
    world.accounts().filter(|one| !is_plain(one)).map(|one| said(one)).collect()
}

/// What lets somebody reach resources beside their policies.
fn beside_policies(world: &World) -> Vec<String> {
    let all = world.resources().filter(|one| !one.grants.is_empty() || one.bucket.is_some());
    all.map(|one| format!("{} {:?} {:?} {:?}", one.arn, one.grants, one.bucket, one.vpc)).collect()
}

/// The organization of an account, with the place there.
fn place(world: &World, account: AccountId) -> Option<(&str, Vec<Node>)> {
    let organization = world.organization_of(account)?;
    Some((&organization.id, nodes_above(organization, account)))
}

/// What bears on all requests in an account, but for the SCPs and keys, which callers have. An organization that says
/// nothing more is as none.
fn of_account(world: &World, account: &Account) -> String {
    let Account { billing_access, change_own_password, state, regions_off, public_access_block, .. } =
        account;
    let organization = world.organization_of(account.id);
    let said = organization.map(|one| of_organization(one, account.id)).unwrap_or_default();
    format!(
        "{billing_access} {change_own_password} {state:?} {regions_off:?} {public_access_block:?} {said:?}"
    )
}

fn of_organization(organization: &Organization, account: AccountId) -> Vec<String> {
    let Organization { rcps, delegated, public_access_blocks, root_credentials, root_sessions, .. } =
        organization;
    let nodes = nodes_above(organization, account);
    let names = nodes.iter().filter_map(|node| rcps.attached.get(node)).flatten();
    let rcps = names.filter(|_| organization.binds(account)).filter_map(|name| rcps.policies.get(&**name));
    let rcps = rcps.map(|policy| text_of(policy.document()));
    let blocks =
        nodes.iter().filter_map(|node| public_access_blocks.get(node)).map(|block| format!("{block:?}"));
    let delegated = delegated.iter().map(|(to, ())| format!("{to:?}"));
    let root = [root_credentials, root_sessions].into_iter().flatten().map(|on| on.to_string());
    rcps.chain(blocks).chain(delegated).chain(root).collect()
}

/// An account, its units and the root of its organization.
fn nodes_above(organization: &Organization, account: AccountId) -> Vec<Node> {
    let mut nodes = vec![Node::Account(account)];
    let mut unit = organization.accounts.get(&account).cloned().flatten();
    while let Some(name) = unit {
        unit = organization.units.get(&*name).and_then(|unit| unit.parent.clone());
        nodes.push(Node::Unit(name));
    }
    nodes.push(Node::Root);
    nodes
}
