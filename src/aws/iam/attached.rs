//! Managed policies on users, groups and roles.

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned};
use super::{IAM, show};
use crate::names::AccountId;
use crate::world::{Change, Target};

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
    on_identity(call, |account, policy, to| Change::Attach { account, policy, to })
}

fn detach<'a>(call: &'a Call<'a>) -> Planned<'a> {
    on_identity(call, |account, policy, from| Change::Detach { account, policy, from })
}

fn on_identity<'a>(call: &'a Call<'a>, change: fn(AccountId, Box<str>, Target) -> Change) -> Planned<'a> {
    let (on, policy) = (call.entity()?, call.policy_arn("policy-arn")?);
    let needs = call.needs_on(&on).with("iam:PolicyARN", policy);
    needs.change(move || Ok(change(call.account, policy.into(), Target::Entity(on.entity))))
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let on = call.entity()?;
    call.needs_on(&on).show(move |_| {
        let attached = &call.world.find_identity(call.account, &on.entity)?.permissions.attached;
        let policies: Value = attached.iter().map(|arn| show::attached(arn)).collect();
        Ok(json!({"AttachedPolicies": policies}))
    })
}

fn entities<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.policy_arn("policy-arn")?;
    call.needs(arn).show(move |_| {
        call.world.find_policy(call.account, arn)?;
        let account = call.own()?;
        let holders = |kind: &str, name: &str, id: &str| -> Value {
            let own = account.identities().filter(|one| one.kind == kind && one.has_attached(arn));
            own.map(|one| json!({name: one.name, id: one.id})).collect()
        };
        Ok(json!({
            "PolicyGroups": holders("group", "GroupName", "GroupId"),
            "PolicyUsers": holders("user", "UserName", "UserId"),
            "PolicyRoles": holders("role", "RoleName", "RoleId"),
        }))
    })
}
