//! What the AWS command line calls services and operations, and what IAM calls them.

use crate::catalog::{ActionFacts, Catalog, ServiceFacts};

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

/// Operations whose permission has another name, by service on the command line.
const OPERATIONS: &[(&str, &str, &str)] = &[
    ("dynamodb", "transact-get-items", "GetItem"),
    ("dynamodb", "transact-write-items", "PutItem"),
    ("lambda", "invoke", "InvokeFunction"),
    ("s3", "mb", "CreateBucket"),
    ("s3", "rb", "DeleteBucket"),
    ("s3api", "complete-multipart-upload", "PutObject"),
    ("s3api", "copy-object", "PutObject"),
    ("s3api", "create-multipart-upload", "PutObject"),
    ("s3api", "delete-bucket-encryption", "PutEncryptionConfiguration"),
    ("s3api", "delete-bucket-lifecycle", "PutLifecycleConfiguration"),
    ("s3api", "delete-bucket-tagging", "PutBucketTagging"),
    ("s3api", "delete-objects", "DeleteObject"),
    ("s3api", "delete-public-access-block", "PutBucketPublicAccessBlock"),
    ("s3api", "get-bucket-encryption", "GetEncryptionConfiguration"),
    ("s3api", "get-bucket-lifecycle-configuration", "GetLifecycleConfiguration"),
    ("s3api", "get-bucket-replication", "GetReplicationConfiguration"),
    ("s3api", "get-public-access-block", "GetBucketPublicAccessBlock"),
    ("s3api", "head-bucket", "ListBucket"),
    ("s3api", "head-object", "GetObject"),
    ("s3api", "list-buckets", "ListAllMyBuckets"),
    ("s3api", "list-object-versions", "ListBucketVersions"),
    ("s3api", "list-objects", "ListBucket"),
    ("s3api", "list-objects-v2", "ListBucket"),
    ("s3api", "put-bucket-encryption", "PutEncryptionConfiguration"),
    ("s3api", "put-bucket-lifecycle-configuration", "PutLifecycleConfiguration"),
    ("s3api", "put-bucket-replication", "PutReplicationConfiguration"),
    ("s3api", "put-public-access-block", "PutBucketPublicAccessBlock"),
    ("s3api", "upload-part", "PutObject"),
    ("s3control", "delete-public-access-block", "PutAccountPublicAccessBlock"),
    ("s3control", "get-public-access-block", "GetAccountPublicAccessBlock"),
    ("s3control", "put-public-access-block", "PutAccountPublicAccessBlock"),
];

/// The prefix in IAM of a service on the command line.
pub(super) fn prefix_of<'c>(catalog: &'c Catalog, service: &str) -> Option<&'c str> {
    let special = SERVICES.iter().find(|(name, _)| *name == service).map(|(_, prefix)| *prefix);
    special.or_else(|| catalog.service(service).map(ServiceFacts::prefix).filter(|known| *known == service))
}

pub(super) fn action_of<'c>(catalog: &'c Catalog, service: &str, operation: &str) -> Option<ActionFacts<'c>> {
    let special = OPERATIONS.iter().find(|(own, name, _)| (*own, *name) == (service, operation));
    let plain = || operation.replace('-', "");
    let name = special.map_or_else(plain, |(_, _, action)| (*action).to_owned());
    let written = !operation.chars().any(|c| c.is_ascii_uppercase());
    catalog.action_by_parts(prefix_of(catalog, service)?, &name).filter(|_| written)
}

/// The operation as AWS spells it in messages: `create-user` is `CreateUser`.
pub(super) fn spelled(catalog: &Catalog, service: &str, operation: &str) -> String {
    let plain = operation.replace('-', "");
    match action_of(catalog, service, operation)
        .filter(|action| service == "s3" || action.name().eq_ignore_ascii_case(&plain))
    {
        Some(action) => action.name().to_owned(),
        None => operation.split('-').map(capitalised).collect(),
    }
}

pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
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
pub(super) fn special_operations(service: &str) -> impl Iterator<Item = &'static str> {
    OPERATIONS.iter().filter(move |(own, ..)| *own == service).map(|(_, name, _)| *name)
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
        let catalog = Catalog::embedded();
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
            assert!(Catalog::embedded().service(prefix).is_some(), "{name}");
        }
        for (service, operation, _) in OPERATIONS {
            assert!(action_of(Catalog::embedded(), service, operation).is_some(), "{service} {operation}");
        }
    }
}
