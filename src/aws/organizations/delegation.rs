//! The delegation policy of the organization: what members may do of the management account's work (I17).

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned, refusal::Refusal, resource};
use super::{ORGANIZATIONS, arn_in};
use crate::policy::PolicyType;
use crate::session::{Outcome, Part};
use crate::world::{Change, Organization, ResourceChange, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    ORGANIZATIONS.row("put-resource-policy", "--content DOCUMENT [--tags TAG...]", "sets the delegation policy of the organization", put),
    ORGANIZATIONS.row("delete-resource-policy", "", "takes the delegation policy of the organization away", delete),
    ORGANIZATIONS.row("describe-resource-policy", "", "shows the delegation policy of the organization", describe),
];

fn put<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let organization = call.organization()?;
    let needs = call.needs(policy_arn(organization)).with_tags(&call.tags("tags")?);
    needs.then(move |session| {
        let document = call.document("content", PolicyType::ResourceBased)?;
        let text = document.text().map(str::to_owned);
        session.world.apply(resource::put(call, &organization.arn(), Some(document)))?;
        Ok(Outcome::of(Part::Json(shown(organization, text))))
    })
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").change(move || {
        let organization = call.organization()?;
        text(call, organization)?;
        Ok(Change::Resource(ResourceChange::DeletePolicy { arn: organization.arn().into() }))
    })
}

fn describe<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let organization = call.organization()?;
        Ok(shown(organization, Some(text(call, organization)?)))
    })
}

/// The delegation policy as it was written, or AWS's answer where there is none.
fn text(call: &Call<'_>, organization: &Organization) -> Result<String, Refusal> {
    let stands_on = call.world.resource(&organization.arn());
    stands_on.and_then(|one| resource::policy_text(one)).ok_or_else(|| {
        let what = format!("organization {} has no delegation policy", organization.id);
        Refusal::Error("ResourcePolicyNotFoundException", WorldError::new("no-policy", "", what))
    })
}

fn shown(organization: &Organization, content: Option<String>) -> Value {
    let summary = json!({"Id": policy_id(organization), "Arn": policy_arn(organization)});
    json!({"ResourcePolicy": {"ResourcePolicySummary": summary, "Content": content}})
}

fn policy_arn(organization: &Organization) -> String {
    arn_in(organization, &format!("resourcepolicy/{}", policy_id(organization)))
}

/// There is one in an organization, so its id is made of the organization's.
fn policy_id(organization: &Organization) -> String {
    format!("rp-{}", organization.id.trim_start_matches("o-"))
}
