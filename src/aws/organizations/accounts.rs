//! Accounts of the organization, and delegated administrators.

use serde_json::{Value, json};

use super::super::{call::Call, given::Arg as Given, operation::Operation, plan::Planned, refusal::Refusal};
use super::{ORGANIZATIONS, node_arn, target_of};
use crate::names::AccountId;
use crate::policy::PolicyType;
use crate::session::{Need, Outcome, Part, Session};
use crate::world::{
    AccountSetting, AccountState, Change, Entity, Node, Organization, OrganizationChange, Tags, Target,
    World, WorldError,
};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    ORGANIZATIONS.row("create-account", "--email EMAIL --account-name NAME [--role-name NAME] | iam-user-access-to-billing tags", "creates a member account, with a role for the management account", create),
    ORGANIZATIONS.row("describe-account", "--account-id ACCOUNT", "shows an account", describe),
    ORGANIZATIONS.row("list-accounts", "", "lists the accounts", list),
    ORGANIZATIONS.row("list-accounts-for-parent", "--parent-id PARENT", "lists the accounts in a unit or the root", list_in),
    ORGANIZATIONS.row("move-account", "--account-id ACCOUNT --source-parent-id PARENT --destination-parent-id PARENT", "moves an account to a unit or the root", move_account),
    ORGANIZATIONS.row("register-delegated-administrator", "--account-id ACCOUNT --service-principal SERVICE", "makes an account the delegated administrator of a service", delegate),
    ORGANIZATIONS.row("close-account", "--account-id ACCOUNT", "closes a member account", close_account),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").then(move |session| {
        let (organization, name) = (call.organization()?, call.word("account-name"));
        let account = next(call.world)?;
        let mut apply = |change| session.world.apply(change);
        apply(Change::CreateAccount { id: account, name: name.into(), alias: None })?;
        let root = AccountSetting::Root { email: call.word("email").into(), mfa: false };
        apply(Change::Account(account, root))?;
        let joins = OrganizationChange::MoveAccount { account, to: Target::OrganizationRoot };
        apply(call.organize(joins))?;
        let role = create_role(call, session, account, organization)?;
        let shown = json!({"AccountName": name, "State": "SUCCEEDED", "AccountId": account.as_str()});
        let outcome = Outcome::of(Part::Json(json!({"CreateAccountStatus": shown})));
        let outcome = outcome.note("AWS draws the id of an account at random; here accounts are counted");
        Ok(outcome.note(format!("its role {role} is for principals of the management account")))
    })
}

/// The first free id.
fn next(world: &World) -> Result<AccountId, Refusal> {
    let ids = (1_u64..).filter_map(|number| AccountId::parse(&format!("2{number:011}")));
    let mut free = ids.filter(|id| world.account(*id).is_none());
    free.next().ok_or_else(|| WorldError::new("no-account-left", "", "all ids of accounts are taken").into())
}

/// The role by which principals of the management account come into a new account: it may do everything there.
fn create_role(
    call: &Call<'_>,
    session: &mut Session,
    account: AccountId,
    organization: &Organization,
) -> Result<String, Refusal> {
    let name = call.option("role-name").unwrap_or("OrganizationAccountAccessRole");
    let root = format!("arn:aws:iam::{}:root", organization.management);
    let trust = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"AWS": root}, "Action": "sts:AssumeRole"
    }]});
    let text = serde_json::to_string_pretty(&trust).unwrap_or_default();
    let trust = call.document_in(&Given::alone("<trust policy>", text), PolicyType::Trust)?;
    let (path, tags) = ("/".into(), Tags::new());
    session.world.apply(Change::CreateRole { account, name: name.into(), path, trust, tags, id: None })?;
    let (policy, to) = ("AdministratorAccess".into(), Target::Entity(Entity::Role(name.into())));
    session.world.apply(Change::Attach { account, policy, to })?;
    Ok(format!("arn:aws:iam::{account}:role/{name}"))
}

fn shown(call: &Call<'_>, organization: &Organization, id: AccountId) -> Option<Value> {
    let account = call.world.account(id)?;
    let arn = node_arn(organization, &Node::Account(id));
    let (state, status) = state_and_status(account.state);
    Some(json!({
        "Id": id.as_str(), "Arn": arn, "Email": &*account.root.email, "Name": &*account.name, "State": state,
        "Status": status,
    }))
}

/// I24: `State`, and `Status`, which came before it and knows fewer words.
fn state_and_status(state: AccountState) -> (String, &'static str) {
    let status = match state {
        AccountState::Active => "ACTIVE",
        AccountState::PendingClosure => "PENDING_CLOSURE",
        AccountState::PendingActivation | AccountState::Suspended | AccountState::Closed => "SUSPENDED",
    };
    (state.as_str().to_ascii_uppercase().replace('-', "_"), status)
}

fn describe<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let account = call.account_of("account-id")?;
    let organization = call.organization()?;
    call.needs(node_arn(organization, &Node::Account(account))).show(move |_| {
        let shown = shown(call, organization, account).filter(|_| organization.has(account));
        let shown = shown.ok_or_else(|| not_in(account))?;
        Ok(json!({"Account": shown}))
    })
}

fn not_in(account: AccountId) -> WorldError {
    let what = format!("account {account} is not in the organization");
    WorldError::new("unknown-account", account.as_str(), what)
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let organization = call.organization()?;
        let all = organization.accounts.keys().filter_map(|id| shown(call, organization, *id));
        Ok(json!({"Accounts": all.collect::<Value>()}))
    })
}

fn list_in<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let parent = call.node("parent-id")?;
    call.needs(node_arn(call.organization()?, &parent)).show(move |_| {
        let organization = call.organization()?;
        let own = organization.inside(&parent).filter_map(|node| match node {
            Node::Account(id) => shown(call, organization, *id),
            _ => None,
        });
        Ok(json!({"Accounts": own.collect::<Value>()}))
    })
}

fn move_account<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let organization = call.organization()?;
    let account = call.account_of("account-id")?;
    let (from, to) = (call.node("source-parent-id")?, call.node("destination-parent-id")?);
    let action = call.action();
    let needs = call.needs(node_arn(organization, &Node::Account(account)));
    let needs = needs.and(Need::new(&*action, node_arn(organization, &from)));
    needs.and(Need::new(&*action, node_arn(organization, &to))).change(move || {
        let place = organization.parent_of(&Node::Account(account)).ok_or_else(|| not_in(account))?;
        if place != from {
            let id = call.word("source-parent-id");
            let error = WorldError::new("unknown-target", id, format!("account {account} is not in `{id}`"));
            return Err(Refusal::Error("SourceParentNotFoundException", error));
        }
        Ok(call.organize(OrganizationChange::MoveAccount { account, to: target_of(to) }))
    })
}

fn delegate<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (account, service) = (call.account_of("account-id")?, call.word("service-principal"));
    let organization = call.organization()?;
    let needs = call.needs(node_arn(organization, &Node::Account(account)));
    needs.with("organizations:ServicePrincipal", service).change(move || {
        check_member(organization, account)?;
        Ok(call.organize(OrganizationChange::Delegate { service: service.into(), account }))
    })
}

fn close_account<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let account = call.account_of("account-id")?;
    let organization = call.organization()?;
    call.needs(node_arn(organization, &Node::Account(account))).change(move || {
        check_member(organization, account)?;
        Ok(Change::Account(account, AccountSetting::State(AccountState::Closed)))
    })
}

fn check_member(organization: &Organization, account: AccountId) -> Result<(), WorldError> {
    if organization.binds(account) {
        return Ok(());
    }
    let what = format!("account {account} is not a member account");
    Err(WorldError::new("not-a-member-account", account.as_str(), what))
}
