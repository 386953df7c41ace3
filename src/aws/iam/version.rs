//! The stored versions of managed policies (A13).

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned};
use super::{IAM, show};
use crate::facts;
use crate::names::AccountId;
use crate::policy::PolicyType;
use crate::world::{Change, ManagedPolicy, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("create-policy-version", "--policy-arn POLICY --policy-document DOCUMENT [--set-as-default]", "stores a version of a policy", create),
    IAM.row("set-default-policy-version", "--policy-arn POLICY --version-id VERSION", "makes a stored version the default, the only one that counts", |call| on_version(call, |account, policy, version| Change::SetDefaultVersion { account, policy, version })),
    IAM.row("delete-policy-version", "--policy-arn POLICY --version-id VERSION", "deletes a version that is not the default", |call| on_version(call, |account, policy, version| Change::DeleteVersion { account, policy, version })),
    IAM.row("get-policy-version", "--policy-arn POLICY --version-id VERSION", "shows a version with its document", get),
    IAM.row("list-policy-versions", "--policy-arn POLICY", "lists the versions of a policy", list),
];

fn create<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.policy_arn("policy-arn")?;
    let (account, default) = (call.account, call.has("set-as-default"));
    call.needs(arn).change_and_show(
        move || {
            let document = call.document("policy-document", PolicyType::IdentityBased)?;
            Ok(Change::AddVersion { account, policy: arn.into(), document, default })
        },
        move |session| {
            let policy = session.world.find_policy(account, arn)?;
            Ok(json!({"PolicyVersion": shown(&policy, policy.versions.len() - 1)}))
        },
    )
}

fn on_version<'a>(call: &'a Call<'a>, change: fn(AccountId, Box<str>, Box<str>) -> Change) -> Planned<'a> {
    let (arn, version) = (call.policy_arn("policy-arn")?, call.word("version-id"));
    call.needs(arn).change(move || Ok(change(call.account, arn.into(), version.into())))
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (arn, version) = (call.policy_arn("policy-arn")?, call.word("version-id"));
    call.needs(arn).show(move |_| {
        let policy = call.world.find_policy(call.account, arn)?;
        let at = (0..policy.versions.len()).find(|at| id_of(&policy, *at) == version);
        let at = at.ok_or_else(|| {
            let known: Vec<&str> = (0..policy.versions.len()).map(|at| id_of(&policy, at)).collect();
            let what = format!("policy {} has no version `{version}` here", policy.name);
            WorldError::new("unknown-version", version, what).help(format!("stored: {}", known.join(", ")))
        })?;
        Ok(json!({"PolicyVersion": with_document(&policy, at)}))
    })
}

/// A version with its document.
pub(super) fn with_document(policy: &ManagedPolicy, at: usize) -> Value {
    let mut shown = shown(policy, at);
    if let Some(fields) = shown.as_object_mut() {
        fields.shift_insert(0, "Document".to_owned(), show::document(&policy.versions[at].document));
    }
    shown
}

fn list<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.policy_arn("policy-arn")?;
    call.needs(arn).show(move |_| {
        let policy = call.world.find_policy(call.account, arn)?;
        let versions: Value = (0..policy.versions.len()).rev().map(|at| shown(&policy, at)).collect();
        Ok(json!({"Versions": versions}))
    })
}

/// The id of a version; of a policy of AWS the built-in document says which version it is.
pub(super) fn id_of(policy: &ManagedPolicy, at: usize) -> &str {
    let own = policy.versions.get(at).map(|version| &*version.id).unwrap_or_default();
    facts::managed_policy(&policy.arn).map_or(own, |facts| facts.version)
}

fn shown(policy: &ManagedPolicy, at: usize) -> Value {
    json!({"VersionId": id_of(policy, at), "IsDefaultVersion": at == policy.default})
}
