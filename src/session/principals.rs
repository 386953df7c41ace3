//! Principals as commands name them: as briefly as it is clear.

use std::sync::Arc;

use crate::facts;
use crate::names::AccountId;
use crate::world::{Account, Principal, PrincipalKind, Thing, World, WorldError};

/// The name of the session that a role's name means.
pub(super) const SESSION: &str = "iamwhy";

pub(crate) fn find_principal(
    world: &World,
    selected: Option<AccountId>,
    word: &str,
) -> Result<Principal, WorldError> {
    if word == "anonymous" || word.starts_with("service:") || word.starts_with("arn:") {
        return Principal::parse(word).ok_or_else(|| bad_principal(word));
    }
    if let Some(provider) = word.strip_prefix("federated/") {
        return Ok(Principal::new(PrincipalKind::IdentityProvider(provider.into())));
    }
    let (account, local) = account_and_local(world, selected, word)?;
    find_local(world, account, local)
}

/// The role that a word names, where a user of the same name does not matter.
pub(crate) fn find_role(
    world: &World,
    selected: Option<AccountId>,
    word: &str,
) -> Result<Principal, WorldError> {
    if word.starts_with("arn:") || word.contains("role/") {
        return find_principal(world, selected, word);
    }
    let (account, local) = account_and_local(world, selected, word)?;
    role(account, local, SESSION)
}

/// The account that a word names by its id or alias.
pub(crate) fn find_account<'w>(world: &'w World, word: &str) -> Result<&'w Arc<Account>, WorldError> {
    world.find_account(word).ok_or_else(|| {
        let known: Vec<&str> = world
            .accounts()
            .flat_map(|account| account.alias.as_deref().into_iter().chain([account.id.as_str()]))
            .collect();
        let error = WorldError::new(
            "unknown-account",
            Thing::Account.called(word),
            format!("there is no account `{word}`"),
        );
        if let Some(named) = world.accounts().find(|one| one.name.eq_ignore_ascii_case(word)) {
            let means = named.alias.as_deref().unwrap_or(named.id.as_str());
            let why = "an account's name is only shown; statements take its alias or its id";
            return error.help(format!("did you mean `{means}`? {why}"));
        }
        if AccountId::parse(word).is_some() {
            return error.help(format!("declare it in a line above this one: `account {word} \"Name\"`"));
        }
        let error = error.suggest(known.iter().copied());
        match (&error.help, known.is_empty()) {
            (None, false) => error.help(format!("known: {}", known.join(", "))),
            (None, true) => error.help("create one: `account 111122223333 \"Acme\"`"),
            _ => error,
        }
    })
}

/// Cuts `acme/alice`; `user/` and `role/` are never accounts.
fn account_and_local<'w, 't>(
    world: &'w World,
    selected: Option<AccountId>,
    word: &'t str,
) -> Result<(&'w Account, &'t str), WorldError> {
    if let Some((account, local)) = word.split_once('/')
        && !matches!(account, "user" | "role")
    {
        return Ok((find_account(world, account)?, local));
    }
    let account = selected.and_then(|id| world.account(id)).ok_or_else(|| {
        let error =
            WorldError::new("no-account", word, "no account is selected, so no name can be looked up");
        error.help("create or select one: `account 111122223333 \"Acme\"`")
    })?;
    Ok((account, word))
}

fn find_local(world: &World, account: &Account, local: &str) -> Result<Principal, WorldError> {
    if local == "root" {
        return Ok(Principal::new(PrincipalKind::Root(account.id)));
    }
    if let Some(task) = local.strip_prefix("root:") {
        let task = root_task(task)?.arn.into();
        return Ok(Principal::new(PrincipalKind::AssumedRoot { account: account.id, task }));
    }
    if let Some(name) = local.strip_prefix("user/") {
        return find_user(account, name);
    }
    let (kind, name) = local.strip_prefix("role/").map_or((false, local), |name| (true, name));
    if let Some((name, session)) = name.split_once(':') {
        return role(account, name, session);
    }
    match (account.user(name).filter(|_| !kind), account.role(name)) {
        (Some(_), Some(_)) => Err(ambiguous(name)),
        (Some(_), None) => find_user(account, name),
        (None, Some(_)) => role(account, name, SESSION),
        (None, None) => Err(unknown(world, account, name, kind)),
    }
}

/// The task of a root session, by the name or ARN of its policy.
pub(super) fn root_task(task: &str) -> Result<&'static facts::ManagedPolicyFacts, WorldError> {
    facts::root_task_policy(task).ok_or_else(|| {
        let known = facts::root_task_policies().iter().map(|policy| policy.name);
        WorldError::new("unknown-task", task, format!("`{task}` is not a task of AssumeRoot")).suggest(known)
    })
}

pub(crate) fn find_user(account: &Account, name: &str) -> Result<Principal, WorldError> {
    let found = account.find_user(name)?;
    Ok(Principal::new(PrincipalKind::User {
        account: account.id,
        path: found.path.clone(),
        name: found.name.clone(),
    }))
}

fn role(account: &Account, name: &str, session: &str) -> Result<Principal, WorldError> {
    let found = account.find_role(name)?;
    Ok(Principal::new(PrincipalKind::RoleSession {
        account: account.id,
        path: found.path.clone(),
        role: found.name.clone(),
        session: session.into(),
    }))
}

fn bad_principal(word: &str) -> WorldError {
    WorldError::new("bad-principal", Thing::Principal.called(word), format!("`{word}` is not a principal")).help(
        "a principal is `root`, `root:TASK`, `alice`, `role/Deploy`, `Deploy:ci-1`, `acme/alice`, the ARN of a user, role, session \
         or root user, `service:s3.amazonaws.com` or `anonymous`",
    )
}

fn ambiguous(name: &str) -> WorldError {
    WorldError::new("ambiguous-name", Thing::Principal.called(name), format!("`{name}` is a user and a role"))
        .help(format!("write `user/{name}` or `role/{name}`"))
}

fn unknown(world: &World, account: &Account, name: &str, role: bool) -> WorldError {
    let what = if role { "role" } else { "user or role" };
    let message = format!("there is no {what} `{name}` in account {}", account.label());
    let error = WorldError::new("unknown-principal", Thing::Principal.called(name), message);
    if account.group(name).is_some() {
        return error.help(format!("`{name}` is a group, and a group is never a principal (E21)"));
    }
    let all = account.identities().filter(|one| one.kind == "role" || one.kind == "user" && !role);
    let error = error.suggest(all.map(|one| one.name));
    let elsewhere = world.accounts().find(|other| other.user(name).is_some() || other.role(name).is_some());
    match (&error.help, elsewhere) {
        (None, Some(other)) => {
            let other_name = other.alias.as_deref().unwrap_or(other.id.as_str());
            error.help(format!("account {} has one: `{other_name}/{name}`", other.label()))
        }
        _ => error,
    }
}
