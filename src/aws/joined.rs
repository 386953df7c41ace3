//! The actions that the options of a call add to its own, or put in their place.

use super::given::CallOption;
use super::named::is_alias;
use super::s3::words::AskedAction;
use super::shorthand::Structure;

/// What is asked of a version of an object, in place of the object.
const OF_VERSIONS: &[(&str, &str)] = &[
    ("s3:GetObject", "s3:GetObjectVersion"),
    ("s3:DeleteObject", "s3:DeleteObjectVersion"),
    ("s3:GetObjectAcl", "s3:GetObjectVersionAcl"),
    ("s3:PutObjectAcl", "s3:PutObjectVersionAcl"),
    ("s3:GetObjectTagging", "s3:GetObjectVersionTagging"),
    ("s3:PutObjectTagging", "s3:PutObjectVersionTagging"),
    ("s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"),
    ("s3:GetObjectAttributes", "s3:GetObjectVersionAttributes"),
];

/// What an option needs beside an action.
const BESIDE: &[(&str, &str, &str)] = &[
    ("s3:PutObject", "acl", "s3:PutObjectAcl"),
    ("s3:PutObject", "grant-full-control", "s3:PutObjectAcl"),
    ("s3:PutObject", "grant-read", "s3:PutObjectAcl"),
    ("s3:PutObject", "grant-read-acp", "s3:PutObjectAcl"),
    ("s3:PutObject", "grant-write-acp", "s3:PutObjectAcl"),
    ("s3:PutObject", "tagging", "s3:PutObjectTagging"),
    ("s3:PutObject", "object-lock-mode", "s3:PutObjectRetention"),
    ("s3:PutObject", "object-lock-legal-hold-status", "s3:PutObjectLegalHold"),
    ("s3:DeleteObject", "bypass-governance-retention", "s3:BypassGovernanceRetention"),
    ("s3:PutObjectRetention", "bypass-governance-retention", "s3:BypassGovernanceRetention"),
];

/// Options that name the resource of an action without being called like it.
const OPTION_OF: &[(&str, &str, &str)] = &[
    ("kms:ReEncryptFrom", "source-key-id", "key-id"),
    ("kms:ReEncryptTo", "destination-key-id", "key-id"),
    ("ssm:GetParameter", "name", "parameter-name-without-leading-slash"),
    ("ssm:GetParameters", "names", "parameter-name-without-leading-slashs"),
    ("ssm:PutParameter", "name", "parameter-name-without-leading-slash"),
    ("ssm:DeleteParameter", "name", "parameter-name-without-leading-slash"),
];

/// Fields of options that name resources: the action, the option, the field, and the option that it stands for. No
/// field: the names of all.
const FIELD_OF: &[(&str, &str, &str, &str)] = &[
    ("s3:DeleteObject", "delete", "Objects.Key", "object-names"),
    ("ec2:RunInstances", "launch-template", "LaunchTemplateId", "launch-template-id"),
    ("dynamodb:ConditionCheckItem", "transact-items", "ConditionCheck.TableName", "table-names"),
    ("dynamodb:DeleteItem", "transact-items", "Delete.TableName", "table-names"),
    ("dynamodb:GetItem", "transact-items", "Get.TableName", "table-names"),
    ("dynamodb:PutItem", "transact-items", "Put.TableName", "table-names"),
    ("dynamodb:UpdateItem", "transact-items", "Update.TableName", "table-names"),
    ("dynamodb:BatchGetItem", "request-items", "", "table-names"),
    ("dynamodb:BatchWriteItem", "request-items", "", "table-names"),
    ("events:PutEvents", "entries", "EventBusName", "event-bus-names"),
];

/// The actions of a call with those that its options join.
pub(super) fn joined(actions: Vec<AskedAction>, options: &[CallOption]) -> Vec<AskedAction> {
    let has = |option: &str| options.iter().any(|(name, _)| name == option);
    let mut found: Vec<AskedAction> = Vec::new();
    for asked in actions {
        let beside = BESIDE.iter().filter(|(action, option, _)| *action == asked.action && has(option));
        let mut names: Vec<&str> = beside.map(|(.., joined)| *joined).collect();
        names.dedup();
        let joined: Vec<AskedAction> =
            names.into_iter().map(|name| AskedAction { action: name.to_owned(), ..asked.clone() }).collect();
        found.push(if has("version-id") { of_version(asked) } else { asked });
        found.extend(joined);
    }
    found
}

fn of_version(asked: AskedAction) -> AskedAction {
    match OF_VERSIONS.iter().find(|(action, _)| *action == asked.action) {
        Some((_, version)) => AskedAction { action: (*version).to_owned(), ..asked },
        None => asked,
    }
}

/// The options as they name the resource of an action, and behind them what stands in their fields.
pub(super) fn options_of(action: &str, options: &[CallOption]) -> Vec<CallOption> {
    let row = |name: &str| OPTION_OF.iter().find(|(own, option, _)| (*own, *option) == (action, name));
    let called = |name: &String| row(name).map_or_else(|| name.clone(), |(.., called)| (*called).to_owned());
    let own = options.iter().map(|(name, values)| (called(name), values.clone()));
    own.chain(options.iter().flat_map(|(name, values)| within(action, name, values))).collect()
}

/// The options that stand in the fields of an option.
fn within(action: &str, name: &str, values: &[String]) -> Vec<CallOption> {
    let rows = FIELD_OF.iter().filter(|(own, option, ..)| (*own, *option) == (action, name));
    let read = || values.iter().flat_map(|value| Structure::read(value).unwrap_or_default());
    let found = |one: Structure, field: &str| match (field, one.at(field)) {
        ("", _) => one.fields().map(|(name, _)| name.to_owned()).collect(),
        ("EventBusName", named) if named.is_empty() => vec!["default".to_owned()],
        (_, named) => named,
    };
    let fields = rows.map(|(.., field, called)| {
        ((*called).to_owned(), read().flat_map(|one| found(one, field)).collect::<Vec<_>>())
    });
    fields.filter(|(_, values)| !values.is_empty()).collect()
}

/// Whether the call does not need an action: the option that would name its resource names those of others alone.
pub(super) fn is_not_needed(action: &str, options: &[CallOption]) -> bool {
    let fields = |(name, values): &CallOption| {
        let of = |own: &str| within(own, name, values).is_empty();
        let row = |own: &str| FIELD_OF.iter().any(|(action, option, ..)| (*action, *option) == (own, name));
        let others = FIELD_OF.iter().filter(|(own, option, ..)| option == name && *own != action);
        row(action) && of(action) && others.into_iter().any(|(own, ..)| !of(own))
    };
    options.iter().any(fields)
}

/// Lambda: the version or alias that `--qualifier` names is asked for, not the function.
pub(super) fn qualified(resource: String, options: &[CallOption]) -> String {
    let given = options.iter().find(|(name, _)| name == "qualifier").and_then(|(_, values)| values.first());
    let is_bare =
        resource.starts_with("arn:") && resource.contains(":lambda:") && resource.matches(':').count() == 6;
    match given.filter(|_| is_bare) {
        Some(qualifier) => format!("{resource}:{qualifier}"),
        None => resource,
    }
}

/// KMS: the alias that names the key, behind which the world may know one (I1).
pub(super) fn by_alias(resource: String, options: &[CallOption]) -> String {
    let names = options.iter().filter(|(name, _)| name == "key-id" || name == "target-key-id");
    let alias = names.filter_map(|(_, values)| values.first()).find(|value| is_alias(value));
    match (alias, resource.strip_suffix("key/*").filter(|start| start.starts_with("arn:aws:kms:"))) {
        (Some(arn), Some(_)) if arn.starts_with("arn:") => arn.clone(),
        (Some(alias), Some(start)) => format!("{start}{alias}"),
        _ => resource,
    }
}

/// What a copy reads: the object that `--copy-source` names, `BUCKET/KEY`, or a version of it.
pub(super) fn copied(options: &[CallOption]) -> Option<AskedAction> {
    let (_, values) = options.iter().find(|(name, _)| name == "copy-source")?;
    let source = values.first()?.trim_start_matches('/');
    let (path, version) =
        source.split_once("?versionId=").map_or((source, None), |(path, id)| (path, Some(id)));
    let asked = AskedAction::on("s3:GetObject", Some(format!("arn:aws:s3:::{path}")));
    Some(if version.is_some() { of_version(asked) } else { asked })
}
