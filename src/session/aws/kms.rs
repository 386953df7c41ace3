//! KMS: key policies and grants. Keys are declared: AWS draws their ids.

use super::call::Call;
use super::operation::Operation;
use super::plan::Planned;
use super::resource;
use crate::policy::PolicyType;
use crate::world::{Change, ResourceChange};

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    Operation::of("kms", "put-key-policy", "--key-id KEY --policy DOCUMENT [--policy-name default] [--bypass-policy-lockout-safety-check]", "replaces the policy of a key", put_policy),
    Operation::of("kms", "get-key-policy", "--key-id KEY [--policy-name default]", "shows the policy of a key", get_policy),
    Operation::of("kms", "create-grant", "--key-id KEY --grantee-principal PRINCIPAL-ARN --operations OPERATION...", "adds a grant to a key", grant),
];

/// The ARN of the key that the call names by ARN or id.
fn key(call: &Call<'_>) -> String {
    let id = call.word("key-id");
    match id.starts_with("arn:") {
        true => id.to_owned(),
        false => format!("arn:aws:kms:{}:{}:key/{id}", call.region, call.account),
    }
}

fn put_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let needs = call.needs(key(call));
    let bypass = call.has("bypass-policy-lockout-safety-check").to_string();
    needs.with("kms:BypassPolicyLockoutSafetyCheck", bypass).change(move || {
        let arn = key(call);
        resource::known(call, &arn)?;
        Ok(resource::put(call, &arn, Some(call.document("policy", PolicyType::Key)?)))
    })
}

fn get_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    resource::get_policy(call, key(call), "Policy")
}

fn grant<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (arn, principal) = (key(call), call.word("grantee-principal"));
    let operations: Vec<String> = call.list("operations").map(str::to_owned).collect();
    let needs = call.needs(&*arn).with("kms:GranteePrincipal", principal);
    needs.with_all("kms:GrantOperations", operations).change(move || {
        resource::known(call, &arn)?;
        let actions = call.list("operations").map(|name| format!("kms:{name}").into()).collect();
        Ok(Change::Resource(ResourceChange::PutGrant {
            key: arn.into(),
            principal: principal.into(),
            actions,
        }))
    })
}
