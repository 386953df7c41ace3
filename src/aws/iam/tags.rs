//! Tags of users and roles.

use serde_json::json;

use super::super::{call::Call, operation::Operation, plan::Planned};
use super::{IAM, show};
use crate::world::{Change, Target};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("tag-user", "--user-name USER --tags TAG...", "sets tags of a user", tag),
    IAM.row("untag-user", "--user-name USER --tag-keys KEY...", "takes tags of a user away", untag),
    IAM.row("list-user-tags", "--user-name USER", "lists the tags of a user", list),
    IAM.row("tag-role", "--role-name ROLE --tags TAG...", "sets tags of a role", tag),
    IAM.row("untag-role", "--role-name ROLE --tag-keys KEY...", "takes tags of a role away", untag),
    IAM.row("list-role-tags", "--role-name ROLE", "lists the tags of a role", list),
];

fn tag<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (on, tags) = (call.entity()?, call.tags("tags")?);
    call.needs_on(&on)
        .with_tags(&tags)
        .change(move || Ok(Change::Tag { account: call.account, target: Target::Entity(on.entity), tags }))
}

fn untag<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let on = call.entity()?;
    let needs = call.needs_on(&on).with_all("aws:TagKeys", call.list("tag-keys").map(str::to_owned));
    needs.change(move || {
        let keys = call.list("tag-keys").map(Into::into).collect();
        Ok(Change::Untag { account: call.account, target: Target::Entity(on.entity), keys })
    })
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let on = call.entity()?;
    call.needs_on(&on).show(move |_| {
        let tags = call.world.find_identity(call.account, &on.entity)?.tags;
        Ok(json!({"Tags": tags.map(show::tags), "IsTruncated": false}))
    })
}
