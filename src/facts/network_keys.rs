//! Which services carry the keys that tell about a VPC endpoint and its owner (I11): IAM User Guide (2026-07), global
//! condition context keys.

use super::services::{contains, is};

/// Whether a request for an action carries a key of the endpoint that it comes through: `aws:VpceAccount`,
/// `aws:VpceOrgID`, `aws:VpceOrgPaths` or `aws:SourceVpcArn`.
pub fn carries_endpoint_key(key: &str, service: &str, action: &str) -> bool {
    let own = ONLY.iter().find(|(name, _)| is(name, key)).map(|(_, services)| *services);
    let passes_role = is(service, "iam") && is(action, "PassRole");
    !passes_role && own.is_some_and(|own| contains(own, service) || contains(ALL, service))
}

/// The services that carry all four keys.
#[rustfmt::skip]
static ALL: &[&str] = &[
    "acm-pca", "applicationinsights", "apprunner", "athena", "cloudformation", "comprehendmedical", "compute-optimizer",
    "datasync", "discovery", "ebs", "ecr", "ecs", "firehose", "healthlake", "iam", "iotfleetwise", "iotwireless",
    "kinesisanalytics", "kms", "lambda", "medical-imaging", "omics", "payment-cryptography", "polly", "rbin",
    "rekognition", "route53", "s3", "scheduler", "servicediscovery", "servicequotas", "ssm-contacts", "storagegateway",
    "textract", "transcribe", "transfer",
];

/// The services that carry one key and not all four.
#[rustfmt::skip]
static ONLY: &[(&str, &[&str])] = &[
    ("aws:SourceVpcArn", &[]),
    ("aws:VpceAccount", &["dynamodb", "gamelift", "shield"]),
    ("aws:VpceOrgPaths", &["dynamodb", "gamelift", "secretsmanager", "shield", "sts"]),
    ("aws:VpceOrgID", &[
        "b2bi", "cassandra", "cloudhsm", "cognito-identity", "dms", "ds-data", "dynamodb", "gamelift", "identitystore",
        "iottwinmaker", "kinesis", "network-firewall", "pricing", "qbusiness", "ses", "shield", "sms-voice", "sqs",
        "workmail",
    ]),
];
