//! Managed policies on users, groups and roles.

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned};
use super::IAM;
use crate::world::{Change, Permissions, Target};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("attach-user-policy", "--user-name USER --policy-arn POLICY", "attaches a managed policy to a user", attach),
    IAM.row("attach-group-policy", "--group-name GROUP --policy-arn POLICY", "attaches a managed policy to a group", attach),
    IAM.row("attach-role-policy", "--role-name ROLE --policy-arn POLICY", "attaches a managed policy to a role", attach),
    IAM.row("detach-user-policy", "--user-name USER --policy-arn POLICY", "detaches a managed policy from a user", detach),
    IAM.row("detach-group-policy", "--group-name GROUP --policy-arn POLICY", "detaches a managed policy from a group", detach),
    IAM.row("detach-role-policy", "--role-name ROLE --policy-arn POLICY", "detaches a managed policy from a role", detach),
    IAM.row("list-attached-user-policies", "--user-name USER", "lists the managed policies of a user", list),
    IAM.row("list-attached-group-policies", "--group-name GROUP", "lists the managed policies of a group", list),
    IAM.row("list-attached-role-policies", "--role-name ROLE", "lists the managed policies of a role", list),
    IAM.row("list-entities-for-policy", "--policy-arn POLICY", "lists the users, groups and roles that a managed policy is attached to", entities),
];

fn attach<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (on, policy) = (call.entity()?, call.policy_arn("policy-arn")?);
    call.needs_on(&on).with("iam:PolicyARN", policy).change(move || {
        Ok(Change::Attach { account: call.account, policy: policy.into(), to: Target::Entity(on.entity) })
    })
}

fn detach<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (on, policy) = (call.entity()?, call.policy_arn("policy-arn")?);
    call.needs_on(&on).with("iam:PolicyARN", policy).change(move || {
        Ok(Change::Detach { account: call.account, policy: policy.into(), from: Target::Entity(on.entity) })
    })
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let on = call.entity()?;
    call.needs_on(&on).show(move |_| {
        let attached = &call.world.find_permissions(call.account, &on.entity)?.attached;
        let shown = |arn: &str| json!({"PolicyName": arn.rsplit('/').next(), "PolicyArn": arn});
        let policies: Value = attached.iter().map(|arn| shown(arn)).collect();
        Ok(json!({"AttachedPolicies": policies}))
    })
}

fn entities<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.policy_arn("policy-arn")?;
    call.needs(arn).show(move |_| {
        call.world.find_policy(call.account, arn)?;
        let account = call.own()?;
        let held = |permissions: &Permissions| permissions.attached.iter().any(|held| &**held == arn);
        let groups = account.groups.values().filter(|one| held(&one.permissions));
        let users = account.users.values().filter(|one| held(&one.permissions));
        let roles = account.roles.values().filter(|one| held(&one.permissions));
        Ok(json!({
            "PolicyGroups": groups.map(|one| json!({"GroupName": &*one.name, "GroupId": &*one.id})).collect::<Value>(),
            "PolicyUsers": users.map(|one| json!({"UserName": &*one.name, "UserId": &*one.id})).collect::<Value>(),
            "PolicyRoles": roles.map(|one| json!({"RoleName": &*one.name, "RoleId": &*one.id})).collect::<Value>(),
        }))
    })
}
