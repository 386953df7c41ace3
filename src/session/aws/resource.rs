//! Resources that have a policy.

use serde_json::json;

use super::call::Call;
use super::plan::Planned;
use super::refusal::Refusal;
use crate::policy::PolicyType;
use crate::world::{Change, Document, Resource, ResourceChange, Tags, WorldError};

/// Declares a resource of the caller's account, or gives it another policy.
pub(super) fn put(call: &Call<'_>, arn: &str, policy: Option<Document>) -> Change {
    Change::Resource(ResourceChange::Put {
        arn: arn.into(),
        owner: None,
        selected: call.account,
        policy,
        tags: Tags::new(),
    })
}

/// The resource of that ARN, or the refusal to go on without.
pub(super) fn known<'w>(call: &Call<'w>, arn: &str) -> Result<&'w Resource, Refusal> {
    call.world.resource(arn).map(AsRef::as_ref).ok_or_else(|| {
        let what = format!("there is no resource `{arn}`");
        let service = arn.split(':').nth(2);
        let known =
            call.world.resources().map(|one| &*one.arn).filter(|arn| arn.split(':').nth(2) == service);
        let error = WorldError::new("unknown-resource", arn, what).suggest(known);
        let help = error.help.clone().unwrap_or_else(|| format!("declare it: `resource {arn}`"));
        error.help(help).into()
    })
}

/// The policy of a resource as text, as it was written.
pub(super) fn policy_text(resource: &Resource) -> Option<String> {
    let policy = resource.policy.as_ref()?.compiled()?.policy();
    Some(policy.source().slice(policy.document()).to_owned())
}

/// Gives a resource a policy that is the value of an option.
pub(super) fn put_policy<'a>(
    call: &'a Call<'a>,
    arn: String,
    option: &'a str,
    kind: PolicyType,
) -> Planned<'a> {
    call.needs(&*arn).change(move || {
        known(call, &arn)?;
        Ok(put(call, &arn, Some(call.document(option, kind)?)))
    })
}

/// Shows the policy of a resource under a name.
pub(super) fn get_policy<'a>(call: &'a Call<'a>, arn: String, field: &'static str) -> Planned<'a> {
    call.needs(&*arn).show(move |_| {
        let policy = policy_text(known(call, &arn)?)
            .ok_or_else(|| WorldError::new("unknown-resource", "", format!("{arn} has no policy")))?;
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
