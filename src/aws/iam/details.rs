//! `get-account-authorization-details`: the whole account, as `import` reads it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned};
use super::{IAM, policy, show, version};
use crate::names::capitalised;
use crate::world::{Account, Identity, InlinePolicy, ManagedPolicy, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("get-account-authorization-details", "[--filter User|Group|Role|LocalManagedPolicy|AWSManagedPolicy...]", "shows all users, groups, roles and policies of the account, as `import` reads them", details),
];

/// The kinds of what an account holds.
const FILTERS: [&str; 5] = ["User", "Group", "Role", "LocalManagedPolicy", "AWSManagedPolicy"];

fn details<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let account = call.own()?;
        if let Some(word) = call.list("filter").find(|word| !FILTERS.contains(word)) {
            return Err(WorldError::new("bad-filter", word, format!("`{word}` is no filter"))
                .suggest(FILTERS)
                .into());
        }
        let wants = |kind: &str| !call.has("filter") || call.list("filter").any(|own| own == kind);
        let identities = |kind: &str| -> Value {
            let own = account.identities().filter(|one| one.kind == kind && wants(&capitalised(kind)));
            own.map(|one| identity(one, account)).collect()
        };
        let local = account.policies.values().filter(|_| wants("LocalManagedPolicy"));
        let mut policies: Vec<Value> = local.map(|one| whole_policy(one, account)).collect();
        let of_aws: BTreeSet<&str> = account.identities().flat_map(of_aws).collect();
        for arn in of_aws.into_iter().filter(|_| wants("AWSManagedPolicy")) {
            policies.extend(call.world.find_policy(account.id, arn).map(|one| whole_policy(&one, account)));
        }
        Ok(json!({
            "UserDetailList": identities("user"),
            "GroupDetailList": identities("group"),
            "RoleDetailList": identities("role"),
            "Policies": policies,
        }))
    })
}

/// The ARNs of the policies of AWS that somebody has, or is bounded by.
fn of_aws(one: Identity<'_>) -> impl Iterator<Item = &str> {
    let all = one.permissions.attached.iter().map(|arn| &**arn).chain(one.boundary);
    all.filter(|arn| arn.contains(":iam::aws:"))
}

/// A user, group or role with its policies.
fn identity(one: Identity<'_>, account: &Account) -> Value {
    let inline: Value = one.permissions.inline.iter().map(inline).collect();
    let attached: Value = one.permissions.attached.iter().map(|arn| show::attached(arn)).collect();
    let kind = capitalised(one.kind);
    let mut shown = match show::whole_identity(one, account.id) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    shown.insert(format!("{kind}PolicyList"), inline);
    shown.insert("AttachedManagedPolicies".to_owned(), attached);
    if one.kind == "user" {
        let groups = one.groups.iter().map(|name| Value::from(&**name)).collect();
        shown.insert("GroupList".to_owned(), groups);
    }
    let role = account.role(one.name).filter(|_| one.kind == "role");
    if let Some(profiles) = role.and_then(|role| role.instance_profiles.as_ref()) {
        let profiles = profiles.iter().map(|name| json!({"InstanceProfileName": &**name})).collect();
        shown.insert("InstanceProfileList".to_owned(), profiles);
    }
    shown.into()
}

fn inline(one: &InlinePolicy) -> Value {
    json!({"PolicyName": &*one.name, "PolicyDocument": show::document(&one.document)})
}

/// A managed policy with its versions and their documents.
fn whole_policy(one: &ManagedPolicy, account: &Account) -> Value {
    let mut shown = policy::shown(one, account);
    let versions = (0..one.versions.len()).map(|at| version::with_document(one, at));
    shown["PolicyVersionList"] = versions.collect();
    shown
}
