//! Principals that statements name.

use crate::names::AccountId;
use crate::policy::{Policy, PrincipalForm, PrincipalType, Statement};
use crate::world::{Account, Principal, PrincipalKind, World};

/// Who stands for an account that a statement names.
const EXAMPLE: &str = "example-user";

/// The principals that the policies of the world's resources, VPC endpoints and organization name, each once.
pub fn named_principals(world: &World) -> Vec<Principal> {
    let resources = world.resources().filter_map(|resource| resource.policy.as_ref());
    let endpoints = world.endpoints().filter_map(|endpoint| endpoint.policy.as_ref());
    let mut found: Vec<Principal> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for policy in resources.chain(endpoints).filter_map(|document| document.compiled()) {
        let policy = policy.policy();
        for principal in policy.statements().iter().flat_map(|statement| named(policy, statement)) {
            if seen.insert(principal.arn()) {
                found.push(principal);
            }
        }
    }
    found
}

/// The users of an account, and sessions of its roles.
pub fn inhabitants(account: &Account) -> impl Iterator<Item = Principal> + use<'_> {
    let id = account.id;
    let users = account.users.values().map(move |user| PrincipalKind::User {
        account: id,
        path: user.path.clone(),
        name: user.name.clone(),
    });
    let roles = account.roles.values().map(move |role| PrincipalKind::RoleSession {
        account: id,
        path: role.path.clone(),
        role: role.name.clone(),
        session: "iamwhy".into(),
    });
    users.chain(roles).map(Principal::new)
}

/// The principals that a statement names.
pub fn named(policy: &Policy, statement: &Statement) -> Vec<Principal> {
    match &statement.principal {
        Some(element) if !element.negated => mentioned(policy, statement),
        _ => Vec::new(),
    }
}

/// The principals that a statement names, or leaves out.
pub fn mentioned(policy: &Policy, statement: &Statement) -> Vec<Principal> {
    let entries = match statement.principal.as_ref().map(|element| &element.form) {
        None => return Vec::new(),
        Some(PrincipalForm::Everyone(_)) => return vec![Principal::new(PrincipalKind::Anonymous)],
        Some(PrincipalForm::Map(entries)) => entries,
    };
    let texts = entries
        .iter()
        .flat_map(|entry| policy.texts(entry.values).iter().map(move |text| (entry.kind, policy.text(text))));
    texts.filter_map(|(kind, text)| principal(kind, &text)).collect()
}

/// The principal of a name, or one of the account that it is.
fn principal(kind: PrincipalType, text: &str) -> Option<Principal> {
    if text == "*" {
        return Some(Principal::new(PrincipalKind::Anonymous));
    }
    let named = match kind {
        PrincipalType::Service => Some(Principal::new(PrincipalKind::Service(text.into()))),
        PrincipalType::Aws | PrincipalType::Federated => Principal::parse(text),
        PrincipalType::CanonicalUser => None,
    };
    let of_account =
        |account: AccountId| PrincipalKind::User { account, path: "/".into(), name: EXAMPLE.into() };
    match named {
        Some(Principal { kind: PrincipalKind::Root(account), partition, .. }) => {
            Some(Principal { partition, ..Principal::new(of_account(account)) })
        }
        None => AccountId::parse(text).map(|account| Principal::new(of_account(account))),
        named => named,
    }
}
