//! Resources that stand for those of a type, where a policy does not say which one has it.

use serde_json::Value;

/// The types that can be public, each with an example.
#[rustfmt::skip]
pub(super) const TYPES: [(&str, &str); 26] = [
    ("AWS::S3::Bucket", "arn:aws:s3:::example"),
    ("AWS::S3::AccessPoint", "arn:aws:s3:us-east-1:111122223333:accesspoint/example"),
    ("AWS::SQS::Queue", "arn:aws:sqs:us-east-1:111122223333:example"),
    ("AWS::SNS::Topic", "arn:aws:sns:us-east-1:111122223333:example"),
    ("AWS::KMS::Key", "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000001"),
    ("AWS::SecretsManager::Secret", "arn:aws:secretsmanager:us-east-1:111122223333:secret:example-AbCdEf"),
    ("AWS::IAM::AssumeRolePolicyDocument", "arn:aws:iam::111122223333:role/example"),
    ("AWS::Lambda::Function", "arn:aws:lambda:us-east-1:111122223333:function:example"),
    ("AWS::DynamoDB::Table", "arn:aws:dynamodb:us-east-1:111122223333:table/example"),
    ("AWS::DynamoDB::Stream", "arn:aws:dynamodb:us-east-1:111122223333:table/example/stream/2026-01-01T00:00:00.000"),
    ("AWS::EFS::FileSystem", "arn:aws:elasticfilesystem:us-east-1:111122223333:file-system/fs-01234567"),
    ("AWS::OpenSearchService::Domain", "arn:aws:es:us-east-1:111122223333:domain/example"),
    ("AWS::Kinesis::Stream", "arn:aws:kinesis:us-east-1:111122223333:stream/example"),
    ("AWS::Kinesis::StreamConsumer", "arn:aws:kinesis:us-east-1:111122223333:stream/example/consumer/example:1"),
    ("AWS::S3Express::DirectoryBucket", "arn:aws:s3express:us-east-1:111122223333:bucket/example--use1-az4--x-s3"),
    ("AWS::S3Express::AccessPoint", "arn:aws:s3express:us-east-1:111122223333:accesspoint/example--use1-az4--xa-s3"),
    ("AWS::S3::Glacier", "arn:aws:glacier:us-east-1:111122223333:vaults/example"),
    ("AWS::S3Outposts::Bucket", "arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-01234567890123456/bucket/example"),
    ("AWS::S3Outposts::AccessPoint", "arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-01234567890123456/accesspoint/example"),
    ("AWS::S3Tables::TableBucket", "arn:aws:s3tables:us-east-1:111122223333:bucket/example"),
    ("AWS::S3Tables::Table", "arn:aws:s3tables:us-east-1:111122223333:bucket/example/table/00000000-0000-4000-8000-000000000001"),
    ("AWS::ApiGateway::RestApi", "arn:aws:execute-api:us-east-1:111122223333:abcdefghij/prod/GET/example"),
    ("AWS::CodeArtifact::Domain", "arn:aws:codeartifact:us-east-1:111122223333:domain/example"),
    ("AWS::Backup::BackupVault", "arn:aws:backup:us-east-1:111122223333:backup-vault:example"),
    ("AWS::CloudTrail::Dashboard", "arn:aws:cloudtrail:us-east-1:111122223333:dashboard/example"),
    ("AWS::CloudTrail::EventDataStore", "arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/00000000-0000-4000-8000-000000000001"),
];

/// The example, where a policy of its type does not say for itself which resource has it: those of roles and keys never do.
pub(super) fn example_of_type(example: &'static str, policy: &str) -> Option<&'static str> {
    let never = example.contains(":iam:") || example.contains(":kms:");
    (never || !policy.contains("\"Resource\"")).then_some(example)
}

/// An example for a policy whose type nobody said: of the service of its first action.
pub(super) fn example_of(policy: &str) -> Option<&'static str> {
    let policy: Value = serde_json::from_str(policy).ok()?;
    let statement = &policy["Statement"];
    let first = statement.get(0).unwrap_or(statement);
    let action = &first["Action"];
    let action = action.get(0).unwrap_or(action).as_str()?;
    let service = action.split(':').next()?.to_ascii_lowercase();
    let service = if service == "sts" { "iam" } else { &service };
    let has = |example: &str| example.split(':').nth(2) == Some(service);
    TYPES.iter().map(|(_, example)| *example).find(|example| has(example))
}
