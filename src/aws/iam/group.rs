//! User groups.

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned};
use super::{IAM, NOT_IN_GROUPS, check_deletable, show};
use crate::world::{Change, Target};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("create-group", "--group-name NAME [--path PATH]", "creates a user group", create),
    IAM.row("delete-group", "--group-name GROUP", "deletes a group that has no members and no policies", delete),
    IAM.row("get-group", "--group-name GROUP", "shows a group and its members", get),
    IAM.row("list-groups", "[--path-prefix PATH]", "lists the groups", list),
    IAM.row("add-user-to-group", "--group-name GROUP --user-name USER", "makes a user a member of a group", add),
    IAM.row("remove-user-from-group", "--group-name GROUP --user-name USER", "takes a user out of a group", remove),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (account, name, path) = (call.account, call.word("group-name"), call.path());
    call.needs(call.arn("group", path, name)).change_and_show(
        move || {
            Ok(Change::CreateGroup { account, name: name.into(), path: path.into(), members: Vec::new() })
        },
        move |session| Ok(json!({"Group": show::group(session.world.find_group(account, name)?, account)})),
    )
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.group()?;
    call.needs(&*named.arn).change(move || {
        let group = call.world.find_group(call.account, named.name())?;
        let has_members = call.own()?.users.values().any(|user| user.groups.contains(&group.name));
        check_deletable(&named, &group.permissions, &[(NOT_IN_GROUPS, has_members)])?;
        Ok(Change::Delete { account: call.account, target: Target::Entity(named.entity) })
    })
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let named = call.group()?;
    call.needs(&*named.arn).show(move |_| {
        let group = call.world.find_group(call.account, named.name())?;
        let members = call.own()?.users.values().filter(|user| user.groups.contains(&group.name));
        let members: Value = members.map(|user| show::user(user, call.account)).collect();
        Ok(json!({"Users": members, "Group": show::group(group, call.account)}))
    })
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let prefix = call.option("path-prefix").unwrap_or("/");
    call.needs(call.arn("group", prefix, "")).show(move |_| {
        let groups = call.own()?.groups.values().filter(|group| group.path.starts_with(prefix));
        let groups: Value = groups.map(|group| show::group(group, call.account)).collect();
        Ok(json!({"Groups": groups}))
    })
}

fn add<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (user, group) = (call.word("user-name"), call.word("group-name"));
    call.needs(call.group()?.arn).change(move || {
        Ok(Change::AddToGroup { account: call.account, user: user.into(), group: group.into() })
    })
}

fn remove<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (user, group) = (call.word("user-name"), call.word("group-name"));
    call.needs(call.group()?.arn).change(move || {
        Ok(Change::RemoveFromGroup { account: call.account, user: user.into(), group: group.into() })
    })
}
