//! Policies of buckets.

use serde_json::json;

use super::super::{
    call::Call,
    operation::Operation,
    plan::Planned,
    refusal::Refusal,
    resource::{self, policy_text},
};
use super::S3API;
use crate::catalog::Catalog;
use crate::eval::public_statement;
use crate::names::{glob, has_wildcard};
use crate::policy::{Policy, PolicyType, Statement, Text};
use crate::source::{Diagnostic, Place};
use crate::world::{Change, Document, ResourceChange, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    S3API.row("put-bucket-policy", "--bucket BUCKET --policy DOCUMENT | confirm-remove-self-bucket-access no-confirm-remove-self-bucket-access expected-bucket-owner", "gives a bucket a policy", put),
    S3API.row("get-bucket-policy", "--bucket BUCKET | expected-bucket-owner", "shows the policy of a bucket", get),
    S3API.row("delete-bucket-policy", "--bucket BUCKET | expected-bucket-owner", "takes the policy of a bucket away", delete),
];

fn put<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let arn = call.bucket_arn();
    call.needs(&*arn).change(move || {
        let bucket = call.bucket()?;
        let document = call.document("policy", PolicyType::ResourceBased)?;
        check_resources(call, &document)?;
        let block = bucket.public_access_block.or(call.world.public_access_block(Some(bucket.owner)));
        let public = document.compiled().is_some_and(|policy| public_statement(policy).is_some());
        if block.block_public_policy && public {
            let who = call.caller.arn();
            let what = format!("User: {who} is not authorized to perform: s3:PutBucketPolicy on resource: \"{arn}\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access"); // D37
            return Err(WorldError::new("public-policy", call.word("policy"), what).into());
        }
        Ok(resource::put(call, &arn, Some(document)))
    })
}

/// S3 saves no statement about another bucket, and none with an action that none of its resources can be of.
fn check_resources(call: &Call<'_>, document: &Document) -> Result<(), Refusal> {
    let Some(compiled) = document.compiled() else { return Ok(()) };
    let policy = compiled.policy();
    let bucket = call.bucket_arn();
    for statement in policy.statements() {
        let resources = resources(policy, statement);
        let refuse = |words: &'static str, text: &Text, what: &str| {
            let place = Place::new(policy.source(), text.token());
            let found = Diagnostic::error("foreign-resource", what).at(place, "");
            Err(Refusal::Malformed(call.value("policy")?.place.clone(), Some(words.into()), vec![found]))
        };
        let foreign = resources.iter().find(|(_, arn)| !glob(arn.split('/').next().unwrap_or(arn), &bucket));
        if let Some((text, _)) = foreign {
            return refuse(
                "Policy has invalid resource",
                text,
                &format!("the policy stands on {bucket}, and this is another resource"),
            );
        }
        let actions = policy.texts(statement.action.patterns).iter().filter(|_| !statement.action.negated);
        let unfit =
            actions.into_iter().find(|text| !applies(call.world.catalog(), &policy.text(text), &resources));
        if let Some(text) = unfit {
            return refuse(
                "Action does not apply to any resource(s) in statement",
                text,
                "no resource of this statement is of a type that the action works on",
            );
        }
    }
    Ok(())
}

fn resources<'p>(policy: &'p Policy, statement: &Statement) -> Vec<(&'p Text, String)> {
    let named = statement.resource.filter(|resource| !resource.negated);
    let list = named.map(|resource| policy.texts(resource.patterns)).unwrap_or_default();
    list.iter().map(|text| (text, policy.text(text).into_owned())).collect()
}

/// Whether an action can work on one of the resources: objects stand behind a `/`, buckets do not.
fn applies(catalog: &Catalog, action: &str, resources: &[(&Text, String)]) -> bool {
    let Some(facts) = catalog.action(action).filter(|_| !has_wildcard(action)) else { return true };
    let mut types = facts.resource_types().map(|used| used.resource_type().name());
    let (object, any) = (types.any(|name| name.ends_with("object")), facts.has_resource_types());
    let fits = |arn: &String| arn.contains('*') && !arn.contains('/') || arn.contains('/') == object;
    !any || resources.is_empty() || resources.iter().any(|(_, arn)| fits(arn))
}

fn get<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.bucket_arn()).show(move |_| {
        let policy = policy_text(call.bucket()?).ok_or_else(|| {
            let name = call.word("bucket");
            WorldError::new("no-policy", name, format!("bucket `{name}` has no policy"))
        })?;
        Ok(json!({"Policy": policy}))
    })
}

fn delete<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs(call.bucket_arn()).change(move || {
        let arn = call.bucket()?.arn.clone();
        Ok(Change::Resource(ResourceChange::DeletePolicy { arn }))
    })
}
