//! The organization itself: its root, its units, and what is in them.

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned, refusal::Refusal};
use super::{ORGANIZATIONS, POLICY_TYPE, id_and_type, kind_of, node_arn, passed_over};
use crate::names::AccountId;
use crate::session::{Outcome, Part};
use crate::world::{Change, ControlKind, Node, Organization, OrganizationChange, Target, World, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    ORGANIZATIONS.row("create-organization", "[--feature-set ALL]", "creates the organization; the caller's account is its management account", create),
    ORGANIZATIONS.row("describe-organization", "", "shows the organization", describe),
    ORGANIZATIONS.row("list-roots", "", "shows the organization root and its id", roots),
    ORGANIZATIONS.row("enable-policy-type", "--root-id ROOT --policy-type SERVICE_CONTROL_POLICY|RESOURCE_CONTROL_POLICY", "enables SCPs or RCPs, which always are here", enable),
    ORGANIZATIONS.row("list-organizational-units-for-parent", "--parent-id PARENT", "lists the units in a unit or the root", units),
    ORGANIZATIONS.row("list-children", "--parent-id PARENT --child-type ACCOUNT|ORGANIZATIONAL_UNIT", "lists the ids of the accounts or units in a unit or the root", children),
    ORGANIZATIONS.row("list-parents", "--child-id TARGET", "shows the unit or root that an account or unit is in", parents),
    ORGANIZATIONS.row("create-organizational-unit", "--parent-id PARENT --name NAME | tags", "creates a unit", create_unit),
    ORGANIZATIONS.row("delete-organizational-unit", "--organizational-unit-id UNIT", "deletes a unit that is empty", delete_unit),
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
        let shown = shown_organization(&session.world, call.account)?;
        let outcome = Outcome::of(Part::Json(shown));
        Ok(outcome.note("AWS draws the id at random; here it is made of the account's"))
    })
}

fn shown_organization(world: &World, account: AccountId) -> Result<Value, Refusal> {
    let organization = world
        .organization_of(account)
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
        shown_organization(call.world, call.account)
    })
}

fn roots<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| Ok(json!({"Roots": [shown_root(call.organization()?)]})))
}

fn shown_root(organization: &Organization) -> Value {
    let types: Value =
        ControlKind::ALL.iter().map(|kind| json!({"Type": kind.aws_name(), "Status": "ENABLED"})).collect();
    let arn = node_arn(organization, &Node::Root);
    json!({"Id": &*organization.root_id, "Arn": arn, "Name": "Root", "PolicyTypes": types})
}

fn enable<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (organization, word) = (call.organization()?, call.word("policy-type"));
    let needs = call.needs(node_arn(organization, &call.node("root-id")?));
    let Some(kind) = kind_of(word)? else {
        return passed_over(needs, word, json!({"Root": shown_root(organization)}));
    };
    needs.with(POLICY_TYPE, kind.aws_name()).then(move |_| {
        let outcome = Outcome::of(Part::Json(json!({"Root": shown_root(call.organization()?)})));
        Ok(outcome.note("SCPs and RCPs are always enabled here: nothing was changed"))
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
        let units = organization.inside(&parent).filter_map(|node| match node {
            Node::Unit(name) => Some(shown_unit(organization, name)),
            _ => None,
        });
        Ok(json!({"OrganizationalUnits": units.collect::<Value>()}))
    })
}

fn children<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (parent, kind) = (call.node("parent-id")?, call.word("child-type"));
    call.needs(node_arn(call.organization()?, &parent)).show(move |_| {
        let organization = call.organization()?;
        let ids = organization.inside(&parent).map(|node| id_and_type(organization, node));
        let own: Value =
            ids.filter(|(_, own)| *own == kind).map(|(id, own)| json!({"Id": id, "Type": own})).collect();
        Ok(json!({"Children": own}))
    })
}

fn parents<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let child = call.node("child-id")?;
    call.needs(node_arn(call.organization()?, &child)).show(move |_| {
        let organization = call.organization()?;
        let shown = organization
            .parent_of(&child)
            .map(|node| id_and_type(organization, &node))
            .map(|(id, kind)| json!({"Id": id, "Type": kind}));
        Ok(json!({"Parents": shown.into_iter().collect::<Value>()}))
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
            Ok(call.organize(OrganizationChange::CreateUnit { name: name.into(), under }))
        },
        move |session| {
            let organization = session.world.organization_of(call.account);
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
        _ => Err(call.no_such("organizational-unit-id")?),
    })
}
