//! Units, accounts, delegated administrators.

use serde_json::{Value, json};

use super::super::call::Call;
use super::super::operation::Operation;
use super::super::plan::Planned;
use super::super::refusal::Refusal;
use super::{node_arn, org, target_of, unknown_target};
use crate::session::need::Need;
use crate::session::outcome::{Outcome, Part};
use crate::world::{
    AccountSetting, AccountState, Change, Node, Organization, OrganizationChange, Target, World, WorldError,
};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    org("create-organization", "[--feature-set ALL]", "creates the organization; the caller's account is its management account", create),
    org("describe-organization", "", "shows the organization", describe),
    org("list-roots", "", "shows the organization root and its id", roots),
    org("list-accounts", "", "lists the accounts", accounts),
    org("list-organizational-units-for-parent", "--parent-id PARENT", "lists the units in a unit or the root", units),
    org("create-organizational-unit", "--parent-id PARENT --name NAME", "creates a unit", create_unit),
    org("delete-organizational-unit", "--organizational-unit-id UNIT", "deletes a unit that is empty", delete_unit),
    org("move-account", "--account-id ACCOUNT --source-parent-id PARENT --destination-parent-id PARENT", "moves an account to a unit or the root", move_account),
    org("register-delegated-administrator", "--account-id ACCOUNT --service-principal SERVICE", "makes an account the delegated administrator of a service", delegate),
    org("close-account", "--account-id ACCOUNT", "closes a member account", close_account),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").then(move |session| {
        if let Some(known) = call.option("feature-set").filter(|set| *set != "ALL") {
            let what = format!("an organization of feature set `{known}` has no SCPs, and is not modelled");
            return Err(WorldError::new("not-modelled", known, what).into());
        }
        let id = format!("o-{}", call.account);
        session.world.apply(Change::Organization(OrganizationChange::Create {
            id: id.into(),
            management: call.account,
        }))?;
        let shown = shown_organization(&session.world)?;
        let outcome = Outcome::of(Part::Json(shown));
        Ok(outcome.note("AWS draws the id at random; here it is made of the account's"))
    })
}

fn shown_organization(world: &World) -> Result<Value, Refusal> {
    let organization = world
        .organization()
        .ok_or_else(|| WorldError::new("no-organization", "", "there is no organization"))?;
    let id = organization.management;
    Ok(json!({"Organization": {
        "Id": &*organization.id,
        "Arn": format!("arn:aws:organizations::{id}:organization/{}", organization.id),
        "FeatureSet": "ALL",
        "MasterAccountArn": node_arn(organization, &Node::Account(id)),
        "MasterAccountId": id.as_str(),
        "MasterAccountEmail": world.account(id).map(|account| &*account.root.email),
    }}))
}

fn describe<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        call.organization()?;
        shown_organization(call.world)
    })
}

fn roots<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let organization = call.organization()?;
        let arn = node_arn(organization, &Node::Root);
        Ok(json!({"Roots": [{"Id": &*organization.root_id, "Arn": arn, "Name": "Root"}]}))
    })
}

fn accounts<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let organization = call.organization()?;
        let known = organization.accounts.keys().filter_map(|id| call.world.account(*id));
        let shown = known.map(|account| {
            let arn = node_arn(organization, &Node::Account(account.id));
            let state = if account.state == AccountState::Active { "ACTIVE" } else { "SUSPENDED" };
            json!({"Id": account.id.as_str(), "Arn": arn, "Email": &*account.root.email, "Name": &*account.name, "Status": state})
        });
        Ok(json!({"Accounts": shown.collect::<Value>()}))
    })
}

fn shown_unit(organization: &Organization, name: &str) -> Value {
    let id = organization.units.get(name).map_or("", |unit| &unit.id);
    json!({"Id": id, "Arn": node_arn(organization, &Node::Unit(name.into())), "Name": name})
}

fn units<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let parent = call.node("parent-id")?;
    call.needs(node_arn(call.organization()?, &parent)).show(move |_| {
        let organization = call.organization()?;
        let inside = |place: &Option<Box<str>>| place.clone().map_or(Node::Root, Node::Unit) == parent;
        let units = organization.units.values().filter(|unit| inside(&unit.parent));
        let units: Value = units.map(|unit| shown_unit(organization, &unit.name)).collect();
        Ok(json!({"OrganizationalUnits": units}))
    })
}

fn create_unit<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (parent, name) = (call.node("parent-id")?, call.word("name"));
    call.needs(node_arn(call.organization()?, &parent)).change_and_show(
        move || {
            let under = match parent {
                Node::Unit(name) => Some(name),
                _ => None,
            };
            Ok(Change::Organization(OrganizationChange::CreateUnit { name: name.into(), under }))
        },
        move |session| {
            let organization = session.world.organization();
            let shown = organization.map_or(Value::Null, |organization| shown_unit(organization, name));
            Ok(json!({"OrganizationalUnit": shown}))
        },
    )
}

fn delete_unit<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let node = call.node("organizational-unit-id")?;
    let needs = call.needs(node_arn(call.organization()?, &node));
    needs.change(move || match node {
        Node::Unit(name) => Ok(Change::Delete { account: call.account, target: Target::Unit(name) }),
        _ => Err(unknown_target(call.organization()?, call.word("organizational-unit-id")).into()),
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
        let place = organization
            .accounts
            .get(&account)
            .ok_or_else(|| unknown_target(organization, account.as_str()))?;
        if place.clone().map_or(Node::Root, Node::Unit) != from {
            let id = call.word("source-parent-id");
            return Err(
                WorldError::new("unknown-target", id, format!("account {account} is not in `{id}`")).into()
            );
        }
        Ok(Change::Organization(OrganizationChange::MoveAccount { account, to: target_of(to) }))
    })
}

fn delegate<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (account, service) = (call.account_of("account-id")?, call.word("service-principal"));
    let needs = call.needs(node_arn(call.organization()?, &Node::Account(account)));
    needs.with("organizations:ServicePrincipal", service).change(move || {
        Ok(Change::Organization(OrganizationChange::Delegate { service: service.into(), account }))
    })
}

fn close_account<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let account = call.account_of("account-id")?;
    let organization = call.organization()?;
    call.needs(node_arn(organization, &Node::Account(account))).change(move || {
        if !organization.binds(account) {
            let what = format!("account {account} is not a member account");
            return Err(WorldError::new("not-a-member-account", account.as_str(), what).into());
        }
        Ok(Change::Account(account, AccountSetting::State(AccountState::Closed)))
    })
}
