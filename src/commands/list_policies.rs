//! `list policies all`: every policy of a world, whatever kind it is of.

use super::list::table;
use crate::session::{Failure, Outcome, Session};
use crate::world::{Account, Document, ManagedPolicy, Permissions};

/// The policies of all accounts, of organizations and of resources, each with its kind and where it stands.
pub(super) fn all_policies(session: &Session) -> Result<Outcome, Failure> {
    let world = &session.world;
    let mut rows: Vec<Vec<String>> = world.accounts().flat_map(|account| of_account(account)).collect();
    let aws = world.aws_policies();
    rows.extend(aws.map(|policy| row("-", &policy.name, "AWS managed", "")));
    for organization in world.organizations() {
        let control = organization.control_policies();
        let row = |kind: &str, policy: &ManagedPolicy| {
            row(&organization.id, &policy.name, &kind.to_uppercase(), "")
        };
        rows.extend(control.map(|(kind, policy)| row(kind.keyword(), policy)));
    }
    let guarded = world.resources().filter(|resource| resource.policy.is_some());
    rows.extend(guarded.map(|one| row(one.owner.as_str(), "-", "resource-based", &one.arn)));
    let endpoints = world.endpoints().filter(|endpoint| endpoint.policy.is_some());
    rows.extend(endpoints.map(|one| row("-", "-", "endpoint", &one.id)));
    let count = rows.len();
    Ok(table(&["of", "policy", "kind", "on"], rows)?.note(format!("{count} policies")))
}

fn of_account(account: &Account) -> Vec<Vec<String>> {
    let of = account.alias.as_deref().unwrap_or(account.id.as_str());
    let managed = account.policies.values().map(|policy| row(of, &policy.name, "customer managed", ""));
    let users = account.users.values().map(|user| (format!("user {}", user.name), &user.permissions));
    let groups = account.groups.values().map(|group| (format!("group {}", group.name), &group.permissions));
    let roles = account.roles.values().map(|role| (format!("role {}", role.name), &role.permissions));
    let inline = users.chain(groups).chain(roles).flat_map(|(on, own)| inline(of, &on, own));
    let trusts = account.roles.values().filter(|role| !matches!(role.trust, Document::Missing));
    let trusts = trusts.map(|role| row(of, "-", "trust", &format!("role {}", role.name)));
    managed.chain(inline).chain(trusts).collect()
}

fn inline(of: &str, on: &str, permissions: &Permissions) -> Vec<Vec<String>> {
    permissions.inline.iter().map(|policy| row(of, &policy.name, "inline", on)).collect()
}

fn row(of: &str, policy: &str, kind: &str, on: &str) -> Vec<String> {
    [of, policy, kind, on].map(str::to_owned).to_vec()
}
