//! Resources that have a policy.

use serde_json::{Value, json};

use super::call::Call;
use super::plan::Planned;
use super::refusal::Refusal;
use crate::facts::is_region;
use crate::names::Arn;
use crate::policy::PolicyType;
use crate::world::{Change, Document, Resource, ResourceChange, Tags, Target, WorldError};

/// Declares a resource of the caller's account, or gives it another policy.
pub(super) fn put(call: &Call<'_>, arn: &str, policy: Option<Document>) -> Change {
    tagged(call, arn, policy, Tags::new())
}

/// Declares a resource of the caller's account with policy and tags.
pub(super) fn tagged(call: &Call<'_>, arn: &str, policy: Option<Document>, tags: Tags) -> Change {
    Change::Resource(ResourceChange::put(arn.into(), call.account, policy, tags))
}

/// Declares a bucket of the caller's account in a Region.
pub(super) fn in_region(call: &Call<'_>, arn: &str, region: &str) -> Change {
    let (holder, key, owner, policy, selected) = (None, None, None, None, call.account);
    let region = is_region(region).then(|| region.into());
    let (arn, tags) = (arn.into(), Tags::new());
    Change::Resource(ResourceChange::Put { arn, holder, region, key, owner, selected, policy, tags })
}

/// The resource of that ARN, or the refusal to go on without.
pub(super) fn known<'w>(call: &Call<'w>, arn: &str) -> Result<&'w Resource, Refusal> {
    call.world.resource(arn).map(AsRef::as_ref).ok_or_else(|| {
        let what = format!("there is no resource `{arn}`");
        let service = |arn| Arn::parse(arn).map(|arn| arn.service());
        let known = call.world.resources().map(|one| &*one.arn).filter(|own| service(own) == service(arn));
        let error = WorldError::new("unknown-resource", arn, what).suggest(known);
        let help = error.help.clone().unwrap_or_else(|| format!("declare it: `resource {arn}`"));
        error.help(help).into()
    })
}

/// The policy of a resource as text, as it was written.
pub(super) fn policy_text(resource: &Resource) -> Option<String> {
    resource.policy.as_ref()?.text().map(str::to_owned)
}

/// The policy of a resource as JSON, with its statements in a list; an empty one if it has none.
fn policy_of(call: &Call<'_>, arn: &str) -> Result<Value, Refusal> {
    let text = policy_text(known(call, arn)?);
    let mut policy: Value = text
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_else(|| json!({"Version": "2012-10-17", "Id": "default", "Statement": []}));
    if !policy["Statement"].is_array() {
        policy["Statement"] = json!([policy["Statement"].take()]);
    }
    Ok(policy)
}

/// The resource with another policy, made of options; `option` is to blame if that is none.
pub(super) fn put_made(call: &Call<'_>, arn: &str, policy: &Value, option: &str) -> Result<Change, Refusal> {
    let text = serde_json::to_string_pretty(policy).unwrap_or_default();
    let value = super::given::Arg::made(&format!("<policy of {arn}>"), text, call.value(option)?);
    Ok(put(call, arn, Some(call.document_in(&value, PolicyType::ResourceBased)?)))
}

/// Adds a statement to the policy of a resource; its Sid is the value of an option.
pub(super) fn add_statement(
    call: &Call<'_>,
    arn: &str,
    statement: Value,
    sid: &str,
) -> Result<Change, Refusal> {
    let (mut policy, name) = (policy_of(call, arn)?, call.word(sid));
    match policy["Statement"].as_array_mut() {
        Some(all) if all.iter().all(|one| one["Sid"] != name) => all.push(statement),
        _ => {
            let what = format!("the policy of {arn} has a statement `{name}` already");
            return Err(WorldError::new("statement-exists", name, what).into());
        }
    }
    put_made(call, arn, &policy, sid)
}

/// Takes the statement away whose Sid an option gives, and with the last one the policy.
fn remove_statement(call: &Call<'_>, arn: &str, sid: &str) -> Result<Change, Refusal> {
    let (mut policy, name) = (policy_of(call, arn)?, call.word(sid));
    let statements = policy["Statement"].as_array_mut().map(std::mem::take).unwrap_or_default();
    let (removed, left): (Vec<_>, Vec<_>) = statements.into_iter().partition(|one| one["Sid"] == name);
    if removed.is_empty() {
        let what = format!("the policy of {arn} has no statement `{name}`");
        return Err(WorldError::new("unknown-statement", name, what).into());
    }
    if left.is_empty() {
        return Ok(Change::Resource(ResourceChange::DeletePolicy { arn: arn.into() }));
    }
    policy["Statement"] = left.into();
    put_made(call, arn, &policy, sid)
}

/// `add-permission` of SNS and SQS: a statement about what accounts may do with the resource, which options name.
pub(super) fn add_permission<'a>(
    call: &'a Call<'a>,
    arn: String,
    service: &'static str,
    (accounts, actions): (&'static str, &'static str),
) -> Planned<'a> {
    call.needs(&*arn).change(move || {
        let roots: Value = call.list(accounts).map(|id| format!("arn:aws:iam::{id}:root")).collect();
        let actions: Value = call.list(actions).map(|action| format!("{service}:{action}")).collect();
        let sid = call.word("label");
        let statement = json!({"Sid": sid, "Effect": "Allow", "Principal": {"AWS": roots}, "Action": actions, "Resource": arn});
        add_statement(call, &arn, statement, "label")
    })
}

/// `remove-permission`: the statement goes whose Sid an option gives.
pub(super) fn remove_permission<'a>(call: &'a Call<'a>, arn: String, sid: &'static str) -> Planned<'a> {
    call.needs(&*arn).change(move || remove_statement(call, &arn, sid))
}

/// Shows the attributes of a resource, with its policy.
pub(super) fn attributes<'a>(call: &'a Call<'a>, arn: String, own: fn(&Resource) -> Value) -> Planned<'a> {
    call.needs(&*arn).show(move |_| {
        let resource = known(call, &arn)?;
        let mut attributes = own(resource);
        if let Some(policy) = policy_text(resource) {
            attributes["Policy"] = policy.into();
        }
        Ok(json!({"Attributes": attributes}))
    })
}

/// Deletes a resource.
pub(super) fn delete<'a>(call: &'a Call<'a>, arn: String) -> Planned<'a> {
    call.needs(&*arn).change(move || {
        known(call, &arn)?;
        Ok(Change::Delete { account: call.account, target: Target::Resource(arn.into()) })
    })
}

/// Shows the policy of a resource under a name.
pub(super) fn get_policy<'a>(call: &'a Call<'a>, arn: String, field: &'static str) -> Planned<'a> {
    call.needs(&*arn).show(move |_| {
        let policy = policy_text(known(call, &arn)?)
            .ok_or_else(|| WorldError::new("no-policy", &*arn, format!("{arn} has no policy")))?;
        Ok(json!({field: policy}))
    })
}

/// Takes the policy of a resource away.
pub(super) fn delete_policy<'a>(call: &'a Call<'a>, arn: String) -> Planned<'a> {
    call.needs(&*arn).change(move || {
        known(call, &arn)?;
        Ok(Change::Resource(ResourceChange::DeletePolicy { arn: arn.into() }))
    })
}
