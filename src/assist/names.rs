//! The names that are in use: of the world, the catalog, the facts.

use std::sync::Arc;

use super::candidate::{Candidate, going_on};
use super::vocabulary::Vocabulary;
use crate::catalog::{ActionFacts, ApiOperation, KeyFacts, ServiceFacts};
use crate::facts;
use crate::policy::Layer;
use crate::world::{Account, ControlKind, Identity, ManagedPolicy, World};

/// Who can be named as a principal: bare names of the selected account, and longer names once they are begun.
pub(super) fn principals(typed: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    if typed.starts_with("arn:") {
        return vocabulary.world.accounts().flat_map(|account| principal_arns(account)).collect();
    }
    if let Some((account, _)) = typed.split_once('/') {
        let named = vocabulary.world.find_account(account);
        return match (named, vocabulary.account()) {
            (Some(other), _) => {
                bare(other).into_iter().map(|own| own.within(&format!("{account}/"))).collect()
            }
            (None, Some(selected)) => qualified(selected),
            (None, None) => Vec::new(),
        };
    }
    let mut all: Vec<Candidate> = vocabulary.account().map(bare).unwrap_or_default();
    all.push(Candidate::new("anonymous").about("nobody signed the request"));
    all.push(Candidate::new("service:").goes_on());
    all
}

fn bare(account: &Account) -> Vec<Candidate> {
    let root = Candidate::new("root").about("the root user");
    let users = account.users.keys().map(|name| Candidate::new(&**name).about("IAM user"));
    let roles = account.roles.keys().map(|name| Candidate::new(format!("role/{name}")).about("role"));
    std::iter::once(root).chain(users).chain(roles).collect()
}

fn qualified(account: &Account) -> Vec<Candidate> {
    let users = account.users.keys().map(|name| Candidate::new(format!("user/{name}")).about("IAM user"));
    let roles = account.roles.keys().map(|name| Candidate::new(format!("role/{name}")).about("role"));
    users.chain(roles).collect()
}

fn principal_arns(account: &Account) -> Vec<Candidate> {
    let root = format!("arn:aws:iam::{}:root", account.id);
    let users = account.users.values().map(|user| user.arn(account.id));
    let roles = account.roles.values().map(|role| role.arn(account.id));
    std::iter::once(root).chain(users).chain(roles).map(Candidate::new).collect()
}

/// The ARNs of the world's resources, which may go on with a key; those of principals where they are begun.
pub(super) fn arns(typed: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let resources = vocabulary.world.resources().map(|resource| Candidate::new(&*resource.arn).goes_on());
    let principals = vocabulary.account().filter(|_| typed.starts_with("arn:aws:i")).map(principal_arns);
    resources.chain(principals.unwrap_or_default()).collect()
}

/// Actions of the service that is begun, with their access level, or those of the operation that is; before the colon,
/// services.
pub(super) fn actions(typed: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let Some((prefix, begun)) = typed.split_once(':') else {
        let service = |service: ServiceFacts<'_>| {
            Candidate::new(format!("{}:", service.prefix())).about(service.name()).goes_on()
        };
        return vocabulary.catalog().services().map(service).collect();
    };
    let action = |action: ActionFacts<'_>| {
        Candidate::new(format!("{}:{}", action.service().prefix(), action.name()))
            .about(action.level().name())
    };
    let service = vocabulary.catalog().service(prefix);
    let found: Vec<Candidate> = service.into_iter().flat_map(ServiceFacts::actions).map(action).collect();
    match going_on(found.clone(), typed).is_empty() {
        true => found.into_iter().chain(actions_of_operations(prefix, begun)).collect(),
        false => found,
    }
}

/// The actions that operations need whose names are begun: of `HeadB` that of HeadBucket.
fn actions_of_operations(prefix: &str, begun: &str) -> Vec<Candidate> {
    let starts = |name: &&str| name.get(..begun.len()).is_some_and(|own| own.eq_ignore_ascii_case(begun));
    let operations =
        ApiOperation::names_of(prefix).filter(starts).filter_map(|name| ApiOperation::of(prefix, name));
    let needed = operations
        .flat_map(|one| one.actions.clone().into_iter().map(move |action| (one.name.clone(), action)));
    needed
        .map(|(name, action)| Candidate::new(action).about(&format!("of {name}")).instead_of(name))
        .collect()
}

/// Condition keys of an action: its own first, then the global ones.
pub(super) fn condition_keys(action: Option<ActionFacts<'_>>, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let own = action.into_iter().flat_map(|action| {
        let of_types = action.resource_types().flat_map(|used| used.condition_keys().collect::<Vec<_>>());
        action.condition_keys().chain(of_types).collect::<Vec<_>>()
    });
    let global = vocabulary.catalog().condition_keys().filter(|key| key.is_global());
    own.chain(global).map(condition_key).collect()
}

/// Condition keys for a policy: the global ones, and those of the service that is begun.
pub(super) fn condition_keys_of(typed: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let service = typed.split_once(':').and_then(|(prefix, _)| vocabulary.catalog().service(prefix));
    let own = service.into_iter().flat_map(|service| service.condition_keys()).map(condition_key);
    own.chain(condition_keys(None, vocabulary)).collect()
}

fn condition_key(key: KeyFacts<'_>) -> Candidate {
    // A template is completed up to its placeholder.
    let name = key.name().split(['$', '<']).next().unwrap_or_default();
    let equals = if name.len() == key.name().len() { "=" } else { "" };
    Candidate::new(format!("{name}{equals}")).about(key.kind().name()).goes_on()
}

/// A condition key without the sign of a pair.
pub(super) fn key(candidate: Candidate) -> Candidate {
    match candidate.text.strip_suffix('=') {
        Some(name) => Candidate::new(name).about(&candidate.about),
        None => candidate,
    }
}

/// The managed policies that can be attached in the selected account.
pub(super) fn policies(begun: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let own = customer_policies(vocabulary);
    let dump =
        vocabulary.world.aws_policies().map(|policy| Candidate::new(&*policy.name).about("AWS managed"));
    // Where nothing is typed more than 1,500 names would hide the rest.
    let everyday = facts::everyday_policies().iter().map(|policy| policy.name);
    let names = facts::managed_policy_names().filter(|_| !begun.is_empty()).chain(everyday);
    let built_in = names.map(|name| Candidate::new(name).about("AWS managed"));
    own.into_iter().chain(organization_policies(vocabulary)).chain(dump).chain(built_in).collect()
}

/// The policies that are the person's own: customer managed, of the organization, of resources, inline.
pub(super) fn own_policies(vocabulary: &Vocabulary) -> Vec<Candidate> {
    let resources = vocabulary.world.resources().filter(|resource| resource.policy.is_some());
    let resources = resources.map(|resource| Candidate::new(&*resource.arn).about("policy of a resource"));
    let own = customer_policies(vocabulary).into_iter().chain(organization_policies(vocabulary));
    own.chain(resources).chain(inline_policies(vocabulary)).collect()
}

fn inline_policies(vocabulary: &Vocabulary) -> Vec<Candidate> {
    let all = vocabulary.account().into_iter().flat_map(Account::identities);
    let named = |one: Identity<'_>, name: &str| Candidate::new(format!("{name} on {}", one.label()));
    let each = all.flat_map(|one| one.permissions.inline.iter().map(move |policy| named(one, &policy.name)));
    each.map(|candidate| candidate.about("inline")).collect()
}

fn organization_policies(vocabulary: &Vocabulary) -> Vec<Candidate> {
    control_policies(vocabulary).filter(|_| vocabulary.account().is_some()).map(control).collect()
}

/// The customer managed policies of the selected account.
pub(super) fn customer_policies(vocabulary: &Vocabulary) -> Vec<Candidate> {
    let own = vocabulary.account().into_iter().flat_map(|account| account.policies.values());
    own.map(|policy| Candidate::new(&*policy.name).about("customer managed")).collect()
}

pub(super) fn accounts(vocabulary: &Vocabulary) -> Vec<Candidate> {
    let aliases = vocabulary.world.accounts().filter_map(|account| {
        account.alias.as_deref().map(|alias| Candidate::new(alias).about(&account.name))
    });
    aliases.chain(account_ids(vocabulary)).collect()
}

pub(super) fn account_ids(vocabulary: &Vocabulary) -> Vec<Candidate> {
    vocabulary
        .world
        .accounts()
        .map(|account| Candidate::new(account.id.as_str()).about(&account.name))
        .collect()
}

/// E-mail addresses of the root users.
pub(super) fn root_emails(world: &World) -> Vec<Candidate> {
    let known = world.accounts().filter(|account| !account.root.email.is_empty());
    known.map(|account| Candidate::new(&*account.root.email).about(&account.name)).collect()
}

/// Users of all accounts, for signing in.
pub(super) fn all_users(world: &World) -> Vec<Candidate> {
    world.accounts().flat_map(|account| users(account)).collect()
}

fn users(account: &Account) -> Vec<Candidate> {
    account.users.keys().map(|name| Candidate::new(&**name)).collect()
}

/// What there is of a kind that a keyword names: `user`, `group` …
pub(super) fn of_kind(kind: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    let Some(account) = vocabulary.account() else { return Vec::new() };
    match kind {
        "user" | "members" => users(account),
        "group" => account.groups.keys().map(|name| Candidate::new(&**name)).collect(),
        "role" => account.roles.keys().map(|name| Candidate::new(&**name)).collect(),
        "policy" => customer_policies(vocabulary),
        "resource" => vocabulary.world.resources().map(|one| Candidate::new(&*one.arn)).collect(),
        "scp" | "rcp" => {
            control_policies(vocabulary).filter(|(own, _)| own.keyword() == kind).map(control).collect()
        }
        "ou" | "under" => {
            let units = vocabulary.organization().into_iter().flat_map(|all| all.units.values());
            units.map(|unit| Candidate::new(&*unit.name)).collect()
        }
        _ => Vec::new(),
    }
}

fn control_policies(vocabulary: &Vocabulary) -> impl Iterator<Item = (ControlKind, &Arc<ManagedPolicy>)> {
    vocabulary.organization().into_iter().flat_map(|all| all.control_policies())
}

fn control((kind, policy): (ControlKind, &Arc<ManagedPolicy>)) -> Candidate {
    Candidate::new(&*policy.name).about(kind.word())
}

pub(super) fn layers() -> Vec<Candidate> {
    Layer::ALL.into_iter().map(|layer| Candidate::new(layer.word()).about(layer.noun())).collect()
}

pub(super) fn sign_in_pages(vocabulary: &Vocabulary) -> Vec<Candidate> {
    let page = |account: &Account| {
        let host = account.alias.as_deref().unwrap_or(account.id.as_str());
        Candidate::new(format!("https://{host}.signin.aws.amazon.com/console")).about(&account.name)
    };
    vocabulary.world.accounts().map(|account| page(account)).collect()
}

/// What `info` knows by name: root-only tasks and rules, principals; actions and keys once they are begun.
pub fn things(typed: &str, vocabulary: &Vocabulary) -> Vec<Candidate> {
    if typed.contains(':') {
        let keys = condition_keys_of(typed, vocabulary).into_iter().map(key);
        return actions(typed, vocabulary).into_iter().chain(keys).collect();
    }
    // Hundreds of rules and services are offered once one is begun.
    let rules = facts::RuleId::all().map(|rule| Candidate::new(rule.facts().id).about("rule"));
    let rules = rules.filter(|_| !typed.is_empty());
    let services = actions(typed, vocabulary).into_iter().filter(|_| !typed.is_empty());
    principals(typed, vocabulary).into_iter().chain(rules).chain(services).collect()
}
