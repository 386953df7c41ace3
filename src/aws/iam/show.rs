//! Users, groups, roles and policies as the AWS command line prints them: what the world does not know is left out.

use serde_json::{Map, Value, json};

use crate::names::AccountId;
use crate::world::{Document, Group, Role, Tags, User};

/// A user.
pub(super) fn user(user: &User, account: AccountId) -> Value {
    entity("User", (&user.name, &user.path, &user.id), user.arn(account))
}

/// A user with boundary and tags.
pub(super) fn whole_user(one: &User, account: AccountId) -> Value {
    with_details(user(one, account), one.boundary.as_deref(), &one.tags)
}

/// A group.
pub(super) fn group(group: &Group, account: AccountId) -> Value {
    let arn = format!("arn:aws:iam::{account}:group{}{}", group.path, group.name);
    entity("Group", (&group.name, &group.path, &group.id), arn)
}

/// A role with its trust policy.
pub(super) fn role(role: &Role, account: AccountId) -> Value {
    let mut shown = entity("Role", (&role.name, &role.path, &role.id), role.arn(account));
    shown["AssumeRolePolicyDocument"] = document(&role.trust);
    shown
}

/// A role with boundary and tags.
pub(super) fn whole_role(one: &Role, account: AccountId) -> Value {
    with_details(role(one, account), one.boundary.as_deref(), &one.tags)
}

fn entity(kind: &str, (name, path, id): (&str, &str, &str), arn: String) -> Value {
    let fields = [
        ("Path".to_owned(), path.into()),
        (format!("{kind}Name"), name.into()),
        (format!("{kind}Id"), id.into()),
        ("Arn".to_owned(), arn.into()),
    ];
    Value::Object(fields.into_iter().collect::<Map<_, _>>())
}

fn with_details(mut shown: Value, boundary: Option<&str>, own: &Tags) -> Value {
    if let Some(arn) = boundary {
        shown["PermissionsBoundary"] =
            json!({"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn});
    }
    if !own.is_empty() {
        shown["Tags"] = tags(own);
    }
    shown
}

/// Tags.
pub(super) fn tags(tags: &Tags) -> Value {
    tags.iter().map(|(key, value)| json!({"Key": &**key, "Value": &**value})).collect()
}

/// A document, as it was written; `null` if it is missing or has errors.
pub(in super::super) fn document(document: &Document) -> Value {
    document.compiled().map_or(Value::Null, |compiled| {
        let policy = compiled.policy();
        text(policy.source().slice(policy.document()))
    })
}

/// The text of a document.
pub(super) fn text(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}
