//! Which options of the AWS command line set which condition keys, where the key is not called like the option.
//!
//! Source: the Service Authorization Reference (2026) for what each key filters by, and the command reference of the AWS CLI 2 for
//! the options; as of 2026-11-30.

use OptionPart::{Alias, Field, FieldNames, Given, OnlyKey, Whole};

use super::services::is;

/// What of an option's values a key has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionPart {
    /// The values as they are.
    Whole,
    /// A field of the structures that are given, `Ebs.Encrypted`.
    Field(&'static str),
    /// The names of their fields.
    FieldNames,
    /// That the option is there at all.
    Given,
    /// The alias of a key, where it is called by that.
    Alias,
    /// The value of an item's only attribute, which is its partition key then.
    OnlyKey,
}

/// What of an option's values a key has; nothing where they are called alike, or have nothing to do with each other.
pub fn option_parts(option: &str, key: &str) -> impl Iterator<Item = OptionPart> {
    let rows = ROWS.iter().filter(move |(own, _, known)| *own == option && is(known, key));
    rows.map(|(_, part, _)| *part)
}

/// An option, what of it, and the key. An option may set several keys; the action must have the key.
#[rustfmt::skip]
static ROWS: &[(&str, OptionPart, &str)] = &[
    ("sse", Whole, "s3:x-amz-server-side-encryption"),
    ("ssekms-key-id", Whole, "s3:x-amz-server-side-encryption-aws-kms-key-id"),
    ("sse-kms-key-id", Whole, "s3:x-amz-server-side-encryption-aws-kms-key-id"),
    ("sse-customer-algorithm", Whole, "s3:x-amz-server-side-encryption-customer-algorithm"),
    ("sse-c", Whole, "s3:x-amz-server-side-encryption-customer-algorithm"),
    ("object-lock-legal-hold-status", Whole, "s3:object-lock-legal-hold"),
    ("versioning-configuration", Field("MFADelete"), "rootonly:MfaDelete"),
    ("create-bucket-configuration", Field("LocationConstraint"), "s3:locationconstraint"),
    ("website-redirect", Whole, "s3:x-amz-website-redirect-location"),
    ("key-name", Whole, "ec2:KeyPairName"),
    ("size", Whole, "ec2:VolumeSize"),
    ("iops", Whole, "ec2:VolumeIops"),
    ("throughput", Whole, "ec2:VolumeThroughput"),
    ("placement", Field("Tenancy"), "ec2:Tenancy"),
    ("placement", Field("AvailabilityZone"), "ec2:AvailabilityZone"),
    ("instance-tenancy", Whole, "ec2:Tenancy"),
    ("metadata-options", Field("HttpTokens"), "ec2:MetadataHttpTokens"),
    ("metadata-options", Field("HttpEndpoint"), "ec2:MetadataHttpEndpoint"),
    ("metadata-options", Field("HttpPutResponseHopLimit"), "ec2:MetadataHttpPutResponseHopLimit"),
    ("metadata-options", Field("InstanceMetadataTags"), "ec2:InstanceMetadataTags"),
    ("cpu-options", Field("AmdSevSnp"), "ec2:CpuOptionsAmdSevSnp"),
    ("instance-market-options", Field("MarketType"), "ec2:InstanceMarketType"),
    ("block-device-mappings", Field("Ebs.Encrypted"), "ec2:Encrypted"),
    ("block-device-mappings", Field("Ebs.KmsKeyId"), "ec2:KmsKeyId"),
    ("block-device-mappings", Field("Ebs.VolumeType"), "ec2:VolumeType"),
    ("block-device-mappings", Field("Ebs.VolumeSize"), "ec2:VolumeSize"),
    ("block-device-mappings", Field("Ebs.Iops"), "ec2:VolumeIops"),
    ("block-device-mappings", Field("Ebs.Throughput"), "ec2:VolumeThroughput"),
    ("notification-endpoint", Whole, "sns:Endpoint"),
    ("db-instance-class", Whole, "rds:DatabaseClass"),
    ("engine", Whole, "rds:DatabaseEngine"),
    ("db-name", Whole, "rds:DatabaseName"),
    ("allocated-storage", Whole, "rds:StorageSize"),
    ("iops", Whole, "rds:Piops"),
    ("layers", Whole, "lambda:Layer"),
    ("function-url-auth-type", Whole, "lambda:FunctionUrlAuthType"),
    ("auth-type", Whole, "lambda:FunctionUrlAuthType"),
    ("vpc-config", Field("SubnetIds"), "lambda:SubnetIds"),
    ("vpc-config", Field("SecurityGroupIds"), "lambda:SecurityGroupIds"),
    ("principal", Whole, "lambda:Principal"),
    ("add-replica-regions", Field("Region"), "secretsmanager:AddReplicaRegions"),
    ("rotation-rules", Given, "secretsmanager:ModifyRotationRules"),
    ("kms-key-id", Whole, "secretsmanager:KmsKeyArn"),
    ("key-id", Alias, "kms:RequestAlias"),
    ("origin", Whole, "kms:KeyOrigin"),
    ("operations", Whole, "kms:GrantOperations"),
    ("constraints", FieldNames, "kms:GrantConstraintType"),
    ("pending-window-in-days", Whole, "kms:ScheduleKeyDeletionPendingWindowInDays"),
    ("key", OnlyKey, "dynamodb:LeadingKeys"),
    ("function-name", Whole, "lambda:FunctionArn"),
    ("targets", Field("Arn"), "events:TargetArn"),
    ("entries", Field("Source"), "events:source"),
    ("entries", Field("DetailType"), "events:detail-type"),
    ("event-pattern", Field("source"), "events:source"),
    ("event-pattern", Field("detail-type"), "events:detail-type"),
    ("event-pattern", Field("detail.service"), "events:detail.service"),
    ("event-pattern", Field("detail.eventTypeCode"), "events:detail.eventTypeCode"),
    ("event-pattern", Field("detail.userIdentity.principalId"), "events:detail.userIdentity.principalId"),
];
