//! Users.

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned};
use super::{IAM, NOT_IN_GROUPS, check_deletable, show, shown};
use crate::world::{Change, Entity, PrincipalKind, Target};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("create-user", "--user-name NAME [--path PATH] [--permissions-boundary POLICY] [--tags TAG...]", "creates an IAM user", create),
    IAM.row("delete-user", "--user-name USER", "deletes a user that has no policies and is in no group", delete),
    IAM.row("get-user", "[--user-name USER]", "shows a user; who calls, if none is named", get),
    IAM.row("list-users", "[--path-prefix PATH]", "lists the users", list),
    IAM.row("list-groups-for-user", "--user-name USER", "lists the groups of a user", groups),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (account, name, path, tags) = (call.account, call.word("user-name"), call.path(), call.tags("tags")?);
    let boundary =
        call.has("permissions-boundary").then(|| call.policy_arn("permissions-boundary")).transpose()?;
    let needs = call.needs(call.arn("user", path, name)).with_some("iam:PermissionsBoundary", boundary);
    needs.tagging("iam:TagUser", &tags).then(move |session| {
        let create = Change::CreateUser { account, name: name.into(), path: path.into(), tags, id: None };
        let mut applied = vec![session.world.apply(create)?];
        if let Some(policy) = boundary {
            let (on, policy) = (Entity::User(name.into()), Some(policy.into()));
            applied.push(session.world.apply(Change::SetBoundary { account, on, policy })?);
        }
        let user = show::whole_user(session.world.find_user(account, name)?, account);
        Ok(shown(json!({"User": user}), applied))
    })
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.user()?;
    call.needs_on(&named).change(move || {
        let user = call.world.find_user(call.account, named.name())?;
        let others = [(NOT_IN_GROUPS, !user.groups.is_empty())];
        check_deletable(&named, &user.permissions, &others)?;
        Ok(Change::Delete { account: call.account, target: Target::Entity(named.entity) })
    })
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    if let PrincipalKind::Root(account) = call.caller.kind
        && !call.has("user-name")
    {
        let root = json!({"User": {"UserId": account.as_str(), "Arn": call.caller.arn()}});
        return call.needs("*").show(move |_| Ok(root));
    }
    let named = call.user()?;
    call.needs_on(&named).show(move |_| {
        let user = call.world.find_user(call.account, named.name())?;
        Ok(json!({"User": show::whole_user(user, call.account)}))
    })
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let prefix = call.option("path-prefix").unwrap_or("/");
    call.needs(call.arn("user", prefix, "")).show(move |_| {
        let users = call.own()?.users.values().filter(|user| user.path.starts_with(prefix));
        let users: Value = users.map(|user| show::user(user, call.account)).collect();
        Ok(json!({"Users": users}))
    })
}

fn groups<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.user()?;
    call.needs_on(&named).show(move |_| {
        let user = call.world.find_user(call.account, named.name())?;
        let account = call.own()?;
        let groups = user.groups.iter().filter_map(|name| account.group(name));
        let groups: Value = groups.map(|group| show::group(group, call.account)).collect();
        Ok(json!({"Groups": groups}))
    })
}
