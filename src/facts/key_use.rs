//! What calls for encrypted data ask of the KMS key, beside their own permission.

use super::services::{contains, is};

const DECRYPT: &[&str] = &["kms:Decrypt"];
const GENERATE: &[&str] = &["kms:GenerateDataKey"];
const BOTH: &[&str] = &["kms:GenerateDataKey", "kms:Decrypt"];

/// The actions of KMS that a call needs on the customer managed key of its resource: the service makes them in the
/// caller's name (D42).
///
/// S3 guide (2026): UsingKMSEncryption; SQS guide (2026): sqs-key-management; SNS guide (2026): sns-key-management; Secrets
/// Manager guide (2026): security-encryption; DynamoDB guide (2026): encryption.usagenotes; Kinesis guide (2026):
/// permissions-user-key-KMS; Systems Manager guide (2026): KMS and Parameter Store.
pub fn key_actions(service: &str, action: &str) -> &'static [&'static str] {
    let found = TABLE.iter().find(|(own, actions, _)| is(own, service) && contains(actions, action));
    found.map_or(&[], |(_, _, needed)| needed)
}

/// The calls of the table, each `service:Name` with what it needs of the key.
pub fn calls_that_use_keys() -> impl Iterator<Item = (String, &'static [&'static str])> {
    TABLE.iter().flat_map(|(service, actions, needed)| {
        actions.iter().map(move |action| (format!("{service}:{action}"), *needed))
    })
}

/// What of a service a key encrypts, in words.
pub fn what_a_key_encrypts(service: &str) -> &'static str {
    let words = [
        ("s3", "the bucket"),
        ("sqs", "the queue"),
        ("sns", "the topic"),
        ("secretsmanager", "the secret"),
        ("dynamodb", "the table"),
        ("kinesis", "the stream"),
        ("ssm", "the parameter"),
    ];
    words.into_iter().find(|(own, _)| is(own, service)).map_or("the resource", |(_, what)| what)
}

#[rustfmt::skip]
static TABLE: &[(&str, &[&str], &[&str])] = &[
    ("s3", &["GetObject", "GetObjectVersion", "GetObjectTorrent"], DECRYPT),
    ("s3", &["PutObject", "ReplicateObject"], GENERATE),
    ("sqs", &["ReceiveMessage"], DECRYPT),
    ("sqs", &["SendMessage"], BOTH),
    ("sns", &["Publish"], BOTH),
    ("secretsmanager", &["GetSecretValue", "BatchGetSecretValue"], DECRYPT),
    ("secretsmanager", &["CreateSecret", "PutSecretValue", "UpdateSecret"], BOTH),
    ("dynamodb", &["BatchGetItem", "BatchWriteItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PartiQLDelete", "PartiQLInsert", "PartiQLSelect", "PartiQLUpdate", "PutItem", "Query", "Scan", "UpdateItem"], DECRYPT),
    ("kinesis", &["GetRecords", "SubscribeToShard"], DECRYPT),
    ("kinesis", &["PutRecord", "PutRecords"], GENERATE),
    ("ssm", &["GetParameter", "GetParameterHistory", "GetParameters", "GetParametersByPath"], DECRYPT),
    ("ssm", &["PutParameter"], &["kms:Encrypt"]),
];

#[cfg(test)]
mod tests {
    use super::key_actions;

    #[test]
    fn writing_needs_another_permission_of_the_key_than_reading() {
        assert_eq!(key_actions("s3", "getobject"), ["kms:Decrypt"]);
        assert_eq!(key_actions("S3", "PutObject"), ["kms:GenerateDataKey"]);
        assert!(key_actions("s3", "ListBucket").is_empty());
    }
}
