//! What the AWS command line calls services and operations, and what IAM calls them.

use crate::catalog::{ActionFacts, ApiOperation, Catalog, ServiceFacts};

/// Services whose name on the command line is not their prefix in IAM.
const SERVICES: &[(&str, &str)] = &[
    ("accessanalyzer", "access-analyzer"),
    ("amp", "aps"),
    ("apigatewayv2", "apigateway"),
    ("bedrock-agent", "bedrock"),
    ("bedrock-agent-runtime", "bedrock"),
    ("bedrock-runtime", "bedrock"),
    ("cloudhsmv2", "cloudhsm"),
    ("configservice", "config"),
    ("deploy", "codedeploy"),
    ("docdb", "rds"),
    ("dynamodbstreams", "dynamodb"),
    ("efs", "elasticfilesystem"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("emr", "elasticmapreduce"),
    ("greengrassv2", "greengrass"),
    ("keyspaces", "cassandra"),
    ("lexv2-models", "lex"),
    ("lexv2-runtime", "lex"),
    ("location", "geo"),
    ("mturk", "mechanicalturk"),
    ("neptune", "rds"),
    ("opensearch", "es"),
    ("opensearchserverless", "aoss"),
    ("resourcegroupstaggingapi", "tag"),
    ("s3api", "s3"),
    ("s3control", "s3"),
    ("s3outposts", "s3-outposts"),
    ("sagemaker-runtime", "sagemaker"),
    ("service-quotas", "servicequotas"),
    ("sesv2", "ses"),
    ("sso-admin", "sso"),
    ("stepfunctions", "states"),
    ("timestream-query", "timestream"),
    ("timestream-write", "timestream"),
];

/// Words of the service `s3` that are one operation each.
const WORDS: &[(&str, &str)] = &[("mb", "CreateBucket"), ("rb", "DeleteBucket")];

/// The prefix in IAM of a service on the command line.
pub(super) fn prefix_of<'c>(catalog: &'c Catalog, service: &str) -> Option<&'c str> {
    let special = SERVICES.iter().find(|(name, _)| *name == service).map(|(_, prefix)| *prefix);
    special.or_else(|| catalog.service(service).map(ServiceFacts::prefix).filter(|known| *known == service))
}

/// What an operation needs that no action is called like. The command line's own name of a service comes first: that
/// of S3's control has other actions for names that are the same.
pub(super) fn operation_of(catalog: &Catalog, service: &str, operation: &str) -> Option<ApiOperation> {
    let of = |service: &str| ApiOperation::of(service, operation);
    of(service).or_else(|| of(prefix_of(catalog, service)?)).filter(|_| is_written(operation))
}

/// The action of an operation: what it needs first.
pub(super) fn action_of<'c>(catalog: &'c Catalog, service: &str, operation: &str) -> Option<ActionFacts<'c>> {
    if let Some(found) = operation_of(catalog, service, operation) {
        return catalog.action(found.actions.first()?);
    }
    let word = WORDS.iter().find(|(name, _)| (service, operation) == ("s3", *name));
    let plain = || operation.replace('-', "");
    let name = word.map_or_else(plain, |(_, action)| (*action).to_owned());
    catalog.action_by_parts(prefix_of(catalog, service)?, &name).filter(|_| is_written(operation))
}

/// Whether a name is written as the command line writes it.
fn is_written(operation: &str) -> bool {
    !operation.chars().any(|c| c.is_ascii_uppercase())
}

/// The operation as AWS spells it in messages: `create-user` is `CreateUser`.
pub(super) fn spelled(catalog: &Catalog, service: &str, operation: &str) -> String {
    let plain = operation.replace('-', "");
    if let Some((_, name)) =
        operation_of(catalog, service, operation).as_ref().and_then(|one| one.name.split_once(':'))
    {
        return name.to_owned();
    }
    match action_of(catalog, service, operation)
        .filter(|action| service == "s3" || action.name().eq_ignore_ascii_case(&plain))
    {
        Some(action) => action.name().to_owned(),
        None => operation.split('-').map(crate::names::capitalised).collect(),
    }
}

/// The services, as the command line calls them, sorted.
pub fn service_names(catalog: &Catalog) -> Vec<Box<str>> {
    let known = catalog.services().map(ServiceFacts::prefix);
    let mut names: Vec<Box<str>> =
        known.chain(SERVICES.iter().map(|(name, _)| *name)).map(Into::into).collect();
    names.sort();
    names.dedup();
    names
}

/// The operations of a service whose permission has another name.
pub(super) fn special_operations(catalog: &Catalog, service: &str) -> Vec<String> {
    let prefix = prefix_of(catalog, service).filter(|prefix| *prefix != service);
    let services = [Some(service).filter(|own| *own != "s3"), prefix].into_iter().flatten();
    let asked = |service: &str, name: &str| {
        ApiOperation::of(service, name).is_some_and(|one| !one.actions.is_empty()) && !name.contains('.')
    };
    services
        .flat_map(|own| ApiOperation::names_of(own).filter(move |name| asked(own, name)))
        .map(kebab)
        .collect()
}

/// `CreateUser` as an operation: `create-user`; `EnableMFADevice` is `enable-mfa-device`.
pub(super) fn kebab(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut written = String::with_capacity(name.len() + 4);
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let starts = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                let next = letters.get(at + 1).is_some_and(char::is_ascii_lowercase);
                !before.is_ascii_uppercase() || next
            });
        if starts {
            written.push('-');
        }
        written.push(letter.to_ascii_lowercase());
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_as_the_command_line_writes_them() {
        let catalog = Catalog::in_use();
        let action =
            |service, operation| action_of(catalog, service, operation).map(|action| action.to_string());
        assert_eq!(action("iam", "enable-mfa-device").as_deref(), Some("iam:EnableMFADevice"));
        assert_eq!(
            action("elbv2", "create-load-balancer").as_deref(),
            Some("elasticloadbalancing:CreateLoadBalancer")
        );
        assert_eq!(action("s3api", "list-objects-v2").as_deref(), Some("s3:ListBucket"));
        assert_eq!(action("iam", "CreateUser"), None);
        assert_eq!(kebab("EnableMFADevice"), "enable-mfa-device");
        assert_eq!(spelled(catalog, "s3api", "list-objects-v2"), "ListObjectsV2");
    }

    #[test]
    fn every_special_name_leads_to_something_that_the_catalog_knows() {
        for (name, prefix) in SERVICES {
            assert!(Catalog::in_use().service(prefix).is_some(), "{name}");
        }
    }
}
