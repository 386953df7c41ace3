//! What single services do differently: RCP support, cross-account calls, decisive resource policies, SCP exemptions.

use super::{RuleId, rule};

/// The service prefixes that resource control policies act on, sorted (A54); the guide's `opensearch` is `es` in actions.
pub fn rcp_services() -> &'static [&'static str] {
    RCP_SERVICES
}

/// Whether resource control policies act on this service prefix.
pub fn supports_rcp(service: &str) -> bool {
    contains(RCP_SERVICES, service)
}

/// Why a call is refused to other accounts whatever both sides allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrossAccountRefusal {
    /// The rule.
    pub rule: RuleId,
    /// Why, in a few words.
    pub reason: &'static str,
    /// What AWS answers, where it is known and not an ordinary refusal.
    pub message: Option<&'static str>,
}

/// Tells why the action is not offered across accounts; `None` if it is, as far as the facts go (D14a).
pub fn not_offered_across_accounts(service: &str, action: &str) -> Option<CrossAccountRefusal> {
    let refused =
        |reason, message| Some(CrossAccountRefusal { rule: const { rule("D14a") }, reason, message });
    if is(service, "kms") && !contains(KMS_ACROSS_ACCOUNTS, action) {
        return refused("KMS offers other accounts only cryptographic operations and a few on grants", None);
    }
    if is(service, "sqs") && contains(SQS_OWN_ACCOUNT, action) {
        return refused("SQS offers this action only within the account of the queue", None);
    }
    if is(service, "backup") && !is(action, "CopyIntoBackupVault") {
        let reason = "AWS Backup offers other accounts only to copy into a vault";
        return Some(CrossAccountRefusal { rule: const { rule("I1") }, reason, message: None });
    }
    if is(service, "s3") && contains(S3_OWN_ACCOUNT, action) {
        return refused(
            "S3 lets only the bucket's own account work on its policy",
            Some("405 Method Not Allowed"),
        );
    }
    None
}

/// The rule by which the policy of the resource decides also within one account: D21 for roles, D22 for KMS keys.
pub fn decisive_resource_policy(service: &str, action: &str) -> Option<RuleId> {
    if is(service, "kms") {
        return Some(const { rule("D22") });
    }
    (is(service, "sts") && contains(TRUST_ACTIONS, action)).then_some(const { rule("D21") })
}

/// What service control policies cannot restrict in a member account (D5).
#[derive(Debug, PartialEq, Eq)]
pub struct ScpExemption {
    /// The task.
    pub task: &'static str,
    /// Services all of whose actions are exempt; empty where no action tells the task.
    pub services: &'static [&'static str],
    /// Whether only the root user is exempt.
    pub root_only: bool,
}

/// Why SCPs do not restrict the actions of this service, for the root user or for everybody.
pub fn scp_exemption(service: &str, is_root: bool) -> Option<&'static ScpExemption> {
    let mut exemptions = SCP_EXEMPTIONS.iter().filter(|exemption| is_root || !exemption.root_only);
    exemptions.find(|exemption| contains(exemption.services, service))
}

/// The service whose actions go through an endpoint that is called so: `com.amazonaws.eu-west-1.ecr.api` is of `ecr`
/// (I5).
pub fn endpoint_service(name: &str) -> &str {
    let in_region = name.strip_prefix("com.amazonaws.").or_else(|| name.strip_prefix("cn.com.amazonaws."));
    let own = in_region.and_then(|name| name.split_once('.')).map_or(name, |(_region, own)| own);
    let own = own.split('.').next().unwrap_or(own);
    let own = own.strip_suffix("-fips").unwrap_or(own);
    ENDPOINT_SERVICES.iter().find(|(called, _)| is(own, called)).map_or(own, |(_, service)| service)
}

pub(super) fn is(name: &str, known: &str) -> bool {
    name.eq_ignore_ascii_case(known)
}

pub(super) fn contains(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| is(known, name))
}

#[rustfmt::skip]
static RCP_SERVICES: &[&str] = &[
    "aoss", "appconfig", "appstream", "autoscaling", "autoscaling-plans", "budgets", "clouddirectory", "cloudfront",
    "cloudsearch", "cloudtrail-data", "codeartifact", "codebuild", "codecommit", "codepipeline", "cognito-identity",
    "cognito-idp", "comprehend", "comprehendmedical", "compute-optimizer", "cost-optimization-hub", "dax", "dsql",
    "dynamodb", "ecr", "ecr-public", "es", "events", "firehose", "fis", "fms", "gamelift", "health", "inspector-scan",
    "kendra", "kinesisvideo", "kms", "logs", "memorydb", "networkmonitor", "notifications", "pca-connector-ad",
    "personalize", "polly", "pricing", "resource-groups", "rolesanywhere", "s3", "secretsmanager", "servicediscovery",
    "signin", "sqs", "sts", "support", "swf", "textract", "timestream-influxdb", "transcribe", "transfer", "translate",
    "wafv2", "workspaces", "xray",
];

#[rustfmt::skip]
static KMS_ACROSS_ACCOUNTS: &[&str] = &[
    "Decapsulate", "Decrypt", "DeriveSharedSecret", "Encapsulate", "Encrypt", "GenerateDataKey", "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext", "GenerateDataKeyWithoutPlaintext", "GenerateMac", "ReEncryptFrom",
    "ReEncryptTo", "Sign", "Verify", "VerifyMac",
    "CreateGrant", "DescribeKey", "GetKeyRotationStatus", "GetPublicKey", "ListGrants", "RetireGrant", "RevokeGrant",
];

#[rustfmt::skip]
static SQS_OWN_ACCOUNT: &[&str] = &[
    "AddPermission", "CancelMessageMoveTask", "CreateQueue", "DeleteQueue", "ListMessageMoveTasks", "ListQueues",
    "ListQueueTags", "RemovePermission", "SetQueueAttributes", "StartMessageMoveTask", "TagQueue", "UntagQueue",
];

/// Endpoints that are not called as the actions are that go through them (AWS PrivateLink guide,
/// aws-services-privatelink-support, 2026).
static ENDPOINT_SERVICES: &[(&str, &str)] = &[
    ("aps-workspaces", "aps"),
    ("bedrock-agent", "bedrock"),
    ("bedrock-agent-runtime", "bedrock"),
    ("bedrock-runtime", "bedrock"),
    ("email", "ses"),
    ("email-smtp", "ses"),
    ("git-codecommit", "codecommit"),
    ("kinesis-firehose", "firehose"),
    ("kinesis-streams", "kinesis"),
    ("monitoring", "cloudwatch"),
    ("s3-global", "s3"),
    ("sync-states", "states"),
];

static S3_OWN_ACCOUNT: &[&str] = &["GetBucketPolicy", "PutBucketPolicy", "DeleteBucketPolicy"];

static TRUST_ACTIONS: &[&str] =
    &["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "TagSession", "SetSourceIdentity"];

static SCP_EXEMPTIONS: &[ScpExemption] = &[
    ScpExemption { task: "register for Enterprise Support", services: &["supportplans"], root_only: true },
    ScpExemption { task: "the trusted signer function of CloudFront", services: &[], root_only: false },
    ScpExemption { task: "reverse DNS for a Lightsail mail server or EC2", services: &[], root_only: true },
    ScpExemption { task: "Alexa Top Sites", services: &[], root_only: false },
    ScpExemption { task: "Alexa Web Information Service", services: &[], root_only: false },
    ScpExemption { task: "Amazon Mechanical Turk", services: &["mechanicalturk"], root_only: false },
    ScpExemption { task: "the Product Marketing API", services: &[], root_only: false },
];
