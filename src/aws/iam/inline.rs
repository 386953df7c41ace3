//! Inline policies of users, groups and roles.

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned};
use super::{IAM, show};
use crate::names::capitalised;
use crate::policy::PolicyType;
use crate::world::{Change, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("put-user-policy", "--user-name USER --policy-name NAME --policy-document DOCUMENT", "puts an inline policy into a user", put),
    IAM.row("put-group-policy", "--group-name GROUP --policy-name NAME --policy-document DOCUMENT", "puts an inline policy into a group", put),
    IAM.row("put-role-policy", "--role-name ROLE --policy-name NAME --policy-document DOCUMENT", "puts an inline policy into a role", put),
    IAM.row("get-user-policy", "--user-name USER --policy-name INLINE", "shows an inline policy of a user", get),
    IAM.row("get-group-policy", "--group-name GROUP --policy-name INLINE", "shows an inline policy of a group", get),
    IAM.row("get-role-policy", "--role-name ROLE --policy-name INLINE", "shows an inline policy of a role", get),
    IAM.row("delete-user-policy", "--user-name USER --policy-name INLINE", "deletes an inline policy of a user", delete),
    IAM.row("delete-group-policy", "--group-name GROUP --policy-name INLINE", "deletes an inline policy of a group", delete),
    IAM.row("delete-role-policy", "--role-name ROLE --policy-name INLINE", "deletes an inline policy of a role", delete),
    IAM.row("list-user-policies", "--user-name USER", "lists the inline policies of a user", list),
    IAM.row("list-group-policies", "--group-name GROUP", "lists the inline policies of a group", list),
    IAM.row("list-role-policies", "--role-name ROLE", "lists the inline policies of a role", list),
];

fn put<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (on, name) = (call.entity()?, call.word("policy-name"));
    call.needs_on(&on).change(move || {
        call.world.find_identity(call.account, &on.entity)?;
        let document = call.document("policy-document", PolicyType::IdentityBased)?;
        Ok(Change::PutInline { account: call.account, on: on.entity, name: name.into(), document })
    })
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (on, name) = (call.entity()?, call.word("policy-name"));
    call.needs_on(&on).show(move |_| {
        let inline = &call.world.find_identity(call.account, &on.entity)?.permissions.inline;
        let found = inline.iter().find(|inline| &*inline.name == name).ok_or_else(|| {
            let what = format!("`{}` has no inline policy `{name}`", on.entity.name());
            let error = WorldError::new("unknown-inline-policy", name, what);
            error.suggest(inline.iter().map(|inline| &*inline.name))
        })?;
        let key = format!("{}Name", capitalised(on.entity.kind()));
        Ok(json!({key: on.entity.name(), "PolicyName": name, "PolicyDocument": show::document(&found.document)}))
    })
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (on, name) = (call.entity()?, call.word("policy-name"));
    call.needs_on(&on)
        .change(move || Ok(Change::DeleteInline { account: call.account, on: on.entity, name: name.into() }))
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let on = call.entity()?;
    call.needs_on(&on).show(move |_| {
        let inline = &call.world.find_identity(call.account, &on.entity)?.permissions.inline;
        let names: Value = inline.iter().map(|inline| Value::from(&*inline.name)).collect();
        Ok(json!({"PolicyNames": names}))
    })
}
