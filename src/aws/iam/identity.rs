//! Users, groups and roles: created, shown, listed and deleted in one way; who is in which group; boundaries.

use serde_json::{Value, json};

use super::super::plan::{Planned, answered};
use super::super::{call::Call, operation::Operation, refusal::Refusal};
use super::{IAM, NamedIdentity, show};
use crate::names::AccountId;
use crate::names::capitalised;
use crate::policy::PolicyType;
use crate::session::Need;
use crate::world::{Change, Entity, PrincipalKind, Tags, Target, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("create-user", "--user-name NAME [--path PATH] [--permissions-boundary POLICY] [--tags TAG...]", "creates an IAM user", create_user),
    IAM.row("delete-user", "--user-name USER", "deletes a user that has no policies and is in no group", delete),
    IAM.row("update-user", "--user-name USER [--new-user-name NAME] [--new-path PATH]", "gives a user another name or path", update_user),
    IAM.row("get-user", "[--user-name USER]", "shows a user; who calls, if none is named", get_user),
    IAM.row("list-users", "[--path-prefix PATH]", "lists the users", |call| list(call, "user")),
    IAM.row("list-groups-for-user", "--user-name USER", "lists the groups of a user", groups),
    IAM.row("create-group", "--group-name NAME [--path PATH]", "creates a user group", create_group),
    IAM.row("delete-group", "--group-name GROUP", "deletes a group that has no members and no policies", delete),
    IAM.row("get-group", "--group-name GROUP", "shows a group and its members", get_group),
    IAM.row("list-groups", "[--path-prefix PATH]", "lists the groups", |call| list(call, "group")),
    IAM.row("add-user-to-group", "--group-name GROUP --user-name USER", "makes a user a member of a group", |call| member(call, |account, user, group| Change::AddToGroup { account, user, group })),
    IAM.row("remove-user-from-group", "--group-name GROUP --user-name USER", "takes a user out of a group", |call| member(call, |account, user, group| Change::RemoveFromGroup { account, user, group })),
    IAM.row("create-role", "--role-name NAME --assume-role-policy-document DOCUMENT [--path PATH] [--permissions-boundary POLICY] [--tags TAG...] | description max-session-duration", "creates a role with its trust policy", create_role),
    IAM.row("delete-role", "--role-name ROLE", "deletes a role that has no policies", delete),
    IAM.row("get-role", "--role-name ROLE", "shows a role", get),
    IAM.row("list-roles", "[--path-prefix PATH]", "lists the roles", |call| list(call, "role")),
    IAM.row("update-assume-role-policy", "--role-name ROLE --policy-document DOCUMENT", "replaces the trust policy of a role", trust),
    IAM.row("put-user-permissions-boundary", "--user-name USER --permissions-boundary POLICY", "sets the permissions boundary of a user", put_boundary),
    IAM.row("put-role-permissions-boundary", "--role-name ROLE --permissions-boundary POLICY", "sets the permissions boundary of a role", put_boundary),
    IAM.row("delete-user-permissions-boundary", "--user-name USER", "takes the boundary of a user away", delete_boundary),
    IAM.row("delete-role-permissions-boundary", "--role-name ROLE", "takes the boundary of a role away", delete_boundary),
];

fn create_user<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (account, name, path) = (call.account, call.word("user-name"), call.path());
    create(call, Entity::User(name.into()), move |tags| {
        Ok(Change::CreateUser { account, name: name.into(), path: path.into(), tags, id: None })
    })
}

fn create_group<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (account, name, path) = (call.account, call.word("group-name"), call.path());
    create(call, Entity::Group(name.into()), move |_| {
        Ok(Change::CreateGroup { account, name: name.into(), path: path.into(), members: Vec::new() })
    })
}

fn create_role<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (account, name, path) = (call.account, call.word("role-name"), call.path());
    create(call, Entity::Role(name.into()), move |tags| {
        let trust = call.document("assume-role-policy-document", PolicyType::Trust)?;
        Ok(Change::CreateRole { account, name: name.into(), path: path.into(), trust, tags, id: None })
    })
}

/// Creates what the change makes of the tags, with its boundary if one is given.
fn create<'a>(
    call: &'a Call<'a>,
    on: Entity,
    change: impl FnOnce(Tags) -> Result<Change, Refusal> + 'a,
) -> Planned<'a> {
    let (account, tags, kind) = (call.account, call.tags("tags")?, capitalised(on.kind()));
    let boundary =
        call.has("permissions-boundary").then(|| call.policy_arn("permissions-boundary")).transpose()?;
    let needs = call.needs(call.arn(on.kind(), call.path(), on.name()));
    let needs = needs.with_some("iam:PermissionsBoundary", boundary);
    needs.tagging(&format!("iam:Tag{kind}"), &tags).then(move |session| {
        let mut applied = vec![session.world.apply(change(tags)?)?];
        if let Some(policy) = boundary {
            let (on, policy) = (on.clone(), Some(policy.into()));
            applied.push(session.world.apply(Change::SetBoundary { account, on, policy })?);
        }
        let created = show::whole_identity(session.world.find_identity(account, &on)?, account);
        Ok(answered(json!({kind: created}), applied))
    })
}

/// AWS asks for the user as it is and as it will be.
fn update_user<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.entity()?;
    let known = call.own()?.identity(&named.entity);
    let path = call.option("new-path").or(known.map(|known| known.path)).unwrap_or("/");
    let name = call.option("new-user-name").unwrap_or(named.entity.name());
    let renamed = call.arn("user", path, name);
    let needs = call.needs_on(&named);
    let needs = if renamed == named.arn { needs } else { needs.and(Need::new(call.action(), renamed)) };
    needs.change(move || {
        let new = |option: &str| call.option(option).map(Into::into);
        let (name, path) = (new("new-user-name"), new("new-path"));
        Ok(Change::UpdateUser { account: call.account, user: named.entity.name().into(), name, path })
    })
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.entity()?;
    call.needs_on(&named).change(move || {
        check_deletable(call, &named)?;
        Ok(Change::Delete { account: call.account, target: Target::Entity(named.entity) })
    })
}

/// Refuses to delete what AWS would not: a user, group or role that still has something (DeleteConflict).
fn check_deletable(call: &Call<'_>, named: &NamedIdentity) -> Result<(), Refusal> {
    let identity = call.world.find_identity(call.account, &named.entity)?;
    let is_group = matches!(named.entity, Entity::Group(_));
    let has_members = is_group && call.own()?.members(identity.name).next().is_some();
    let what = match identity.permissions {
        own if !own.attached.is_empty() => "must detach all policies first",
        own if !own.inline.is_empty() => "must delete policies first",
        _ if has_members || !identity.groups.is_empty() => "must remove users from group first",
        _ => return Ok(()),
    };
    let message = format!("Cannot delete entity, {what}.");
    Err(WorldError::new("entity-in-use", named.entity.name(), message).into())
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.entity()?;
    call.needs_on(&named).show(move |_| {
        let identity = call.world.find_identity(call.account, &named.entity)?;
        Ok(json!({capitalised(identity.kind): show::whole_identity(identity, call.account)}))
    })
}

fn get_user<'a>(call: &'a Call<'a>) -> Planned<'a> {
    match call.caller.kind {
        PrincipalKind::Root(account) if !call.has("user-name") => {
            let root = json!({"User": {"UserId": account.as_str(), "Arn": call.caller.arn()}});
            call.needs("*").show(move |_| Ok(root))
        }
        _ => get(call),
    }
}

fn get_group<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.entity()?;
    call.needs_on(&named).show(move |_| {
        let group = call.world.find_identity(call.account, &named.entity)?;
        let members = call.own()?.members(group.name);
        let members: Value = members.map(|user| show::identity(user, call.account)).collect();
        Ok(json!({"Users": members, "Group": show::identity(group, call.account)}))
    })
}

fn list<'a>(call: &'a Call<'a>, kind: &'static str) -> Planned<'a> {
    let prefix = call.option("path-prefix").unwrap_or("/");
    call.needs(call.arn(kind, prefix, "")).show(move |_| {
        let own = call.own()?.identities().filter(|one| one.kind == kind && one.path.starts_with(prefix));
        let own: Value = own.map(|one| show::identity(one, call.account)).collect();
        Ok(json!({format!("{}s", capitalised(kind)): own}))
    })
}

fn groups<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.entity()?;
    call.needs_on(&named).show(move |_| {
        let (user, account) = (call.world.find_identity(call.account, &named.entity)?, call.own()?);
        let groups = user.groups.iter().filter_map(|name| account.group(name));
        let groups: Value = groups.map(|group| show::identity((&**group).into(), call.account)).collect();
        Ok(json!({"Groups": groups}))
    })
}

fn member<'a>(call: &'a Call<'a>, change: fn(AccountId, Box<str>, Box<str>) -> Change) -> Planned<'a> {
    let (user, group) = (call.word("user-name"), call.word("group-name"));
    call.needs(call.entity()?.arn).change(move || Ok(change(call.account, user.into(), group.into())))
}

fn trust<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.entity()?;
    call.needs_on(&named).change(move || {
        let trust = call.document("policy-document", PolicyType::Trust)?;
        Ok(Change::SetTrust { account: call.account, role: named.entity.name().into(), trust })
    })
}

fn put_boundary<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (named, policy) = (call.entity()?, call.policy_arn("permissions-boundary")?);
    call.needs_on(&named).with("iam:PermissionsBoundary", policy).change(move || {
        Ok(Change::SetBoundary { account: call.account, on: named.entity, policy: Some(policy.into()) })
    })
}

fn delete_boundary<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.entity()?;
    call.needs_on(&named)
        .change(move || Ok(Change::SetBoundary { account: call.account, on: named.entity, policy: None }))
}
