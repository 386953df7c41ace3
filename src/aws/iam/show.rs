//! Users, groups, roles and policies as the AWS command line prints them: what the world does not know is left out.

use serde_json::{Value, json};

use crate::names::AccountId;
use crate::names::capitalised;
use crate::world::{Document, Identity, Tags};

/// A user, group, or role with its trust policy.
pub(super) fn identity(one: Identity<'_>, account: AccountId) -> Value {
    let kind = capitalised(one.kind);
    let mut shown = json!({"Path": one.path});
    shown[format!("{kind}Name")] = one.name.into();
    shown[format!("{kind}Id")] = one.id.into();
    shown["Arn"] = one.arn(account).into();
    if let Some(trust) = one.trust {
        shown["AssumeRolePolicyDocument"] = document(trust);
    }
    shown
}

/// A user, group or role with boundary and tags.
pub(super) fn whole_identity(one: Identity<'_>, account: AccountId) -> Value {
    let mut shown = identity(one, account);
    if let Some(arn) = one.boundary {
        shown["PermissionsBoundary"] =
            json!({"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn});
    }
    if let Some(own) = one.tags.filter(|own| !own.is_empty()) {
        shown["Tags"] = tags(own);
    }
    shown
}

/// A managed policy that somebody has, by its ARN.
pub(super) fn attached(arn: &str) -> Value {
    json!({"PolicyName": arn.rsplit('/').next(), "PolicyArn": arn})
}

pub(super) fn tags(tags: &Tags) -> Value {
    tags.iter().map(|(key, value)| json!({"Key": &**key, "Value": &**value})).collect()
}

/// A document, as it was written; `null` if it is missing or has errors.
pub(in super::super) fn document(document: &Document) -> Value {
    document.text().map_or(Value::Null, text)
}

pub(super) fn text(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}
