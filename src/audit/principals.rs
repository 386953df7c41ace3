//! Everybody who can ask in a world.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::policy::Layer;
use crate::question::space::mentioned;
use crate::question::{Asked, Question};
use crate::world::{Account, Principal, PrincipalKind, World};

/// What a session is called that stands for its role.
const SESSION: &str = "iamwhy";

/// The root users, users and roles of a world, account by account; a session stands for its role.
pub fn principals(world: &World) -> impl Iterator<Item = Principal> {
    world.accounts().flat_map(|account| of_account(account))
}

fn of_account(account: &Account) -> impl Iterator<Item = Principal> {
    let id = account.id;
    let root = format!("arn:aws:iam::{id}:root");
    let identities = account.identities().filter(|one| one.kind != "group").map(move |one| match one.kind {
        "role" => format!("arn:aws:sts::{id}:assumed-role/{}/{SESSION}", one.name),
        _ => one.arn(id),
    });
    std::iter::once(root).chain(identities).filter_map(|arn| Principal::parse(&arn))
}

/// A question, asked by somebody else.
pub(super) fn as_asked_by(question: &Question, principal: Principal) -> Question {
    Question { principal: Arc::new(principal), ..question.clone() }
}

/// Whose permissions a principal has: a session those of its role.
pub fn holder(principal: &Principal) -> String {
    match &principal.kind {
        PrincipalKind::RoleSession { account, role, .. } => format!("{account}/{role}"),
        _ => principal.arn(),
    }
}

/// Whoever the policies of the resource name and the world does not have: everybody, services, identity providers, other
/// accounts and their principals, each once.
pub(super) fn outsiders(asked: &Asked<'_>) -> Vec<Principal> {
    let request = &asked.request;
    let sets = request.levels(Layer::ResourceBased).iter().flat_map(|level| level.set.policies());
    let named = sets.flat_map(|compiled| {
        let policy = compiled.policy();
        policy.statements().iter().flat_map(|statement| mentioned(policy, statement)).collect::<Vec<_>>()
    });
    let is_outside =
        |one: &Principal| one.account().is_none_or(|account| request.world.account(account).is_none());
    let mut seen = BTreeSet::new();
    let anonymous = Principal::new(PrincipalKind::Anonymous);
    std::iter::once(anonymous)
        .chain(named)
        .filter(is_outside)
        .filter(|one| seen.insert(holder(one)))
        .collect()
}

/// What people call a principal within its account.
pub(super) fn name(principal: &Principal) -> String {
    match &principal.kind {
        PrincipalKind::Root(_) => "root".to_owned(),
        PrincipalKind::User { name, .. } if **name == *"example-user" => "any principal".to_owned(),
        PrincipalKind::User { name, .. } => format!("user {name}"),
        PrincipalKind::RoleSession { role, .. } => format!("role {role}"),
        PrincipalKind::Service(name) => format!("service {name}"),
        PrincipalKind::IdentityProvider(name) => format!("identity provider {name}"),
        PrincipalKind::Anonymous => "anybody".to_owned(),
        _ => holder(principal),
    }
}
