//! Roles, and the boundaries of users and roles.

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned};
use super::{IAM, check_deletable, show, shown};
use crate::policy::PolicyType;
use crate::world::{Change, Entity, Target};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("create-role", "--role-name NAME --assume-role-policy-document DOCUMENT [--path PATH] [--permissions-boundary POLICY] [--tags TAG...] | description max-session-duration", "creates a role with its trust policy", create),
    IAM.row("delete-role", "--role-name ROLE", "deletes a role that has no policies", delete),
    IAM.row("get-role", "--role-name ROLE", "shows a role", get),
    IAM.row("list-roles", "[--path-prefix PATH]", "lists the roles", list),
    IAM.row("update-assume-role-policy", "--role-name ROLE --policy-document DOCUMENT", "replaces the trust policy of a role", trust),
    IAM.row("put-user-permissions-boundary", "--user-name USER --permissions-boundary POLICY", "sets the permissions boundary of a user", put_boundary),
    IAM.row("put-role-permissions-boundary", "--role-name ROLE --permissions-boundary POLICY", "sets the permissions boundary of a role", put_boundary),
    IAM.row("delete-user-permissions-boundary", "--user-name USER", "takes the boundary of a user away", delete_boundary),
    IAM.row("delete-role-permissions-boundary", "--role-name ROLE", "takes the boundary of a role away", delete_boundary),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (account, name, path, tags) = (call.account, call.word("role-name"), call.path(), call.tags("tags")?);
    let boundary =
        call.has("permissions-boundary").then(|| call.policy_arn("permissions-boundary")).transpose()?;
    let needs = call.needs(call.arn("role", path, name)).with_some("iam:PermissionsBoundary", boundary);
    needs.tagging("iam:TagRole", &tags).then(move |session| {
        let trust = call.document("assume-role-policy-document", PolicyType::Trust)?;
        let create =
            Change::CreateRole { account, name: name.into(), path: path.into(), trust, tags, id: None };
        let mut applied = vec![session.world.apply(create)?];
        if let Some(policy) = boundary {
            let (on, policy) = (Entity::Role(name.into()), Some(policy.into()));
            applied.push(session.world.apply(Change::SetBoundary { account, on, policy })?);
        }
        let role = show::whole_role(session.world.find_role(account, name)?, account);
        Ok(shown(json!({"Role": role}), applied))
    })
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.role()?;
    call.needs_on(&named).change(move || {
        let role = call.world.find_role(call.account, named.name())?;
        check_deletable(&named, &role.permissions, &[])?;
        Ok(Change::Delete { account: call.account, target: Target::Entity(named.entity) })
    })
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.role()?;
    call.needs_on(&named).show(move |_| {
        let role = call.world.find_role(call.account, named.name())?;
        Ok(json!({"Role": show::whole_role(role, call.account)}))
    })
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let prefix = call.option("path-prefix").unwrap_or("/");
    call.needs(call.arn("role", prefix, "")).show(move |_| {
        let roles = call.own()?.roles.values().filter(|role| role.path.starts_with(prefix));
        let roles: Value = roles.map(|role| show::role(role, call.account)).collect();
        Ok(json!({"Roles": roles}))
    })
}

fn trust<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.role()?;
    call.needs_on(&named).change(move || {
        let trust = call.document("policy-document", PolicyType::Trust)?;
        Ok(Change::SetTrust { account: call.account, role: named.name().into(), trust })
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
