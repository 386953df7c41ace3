//! Which resources can have a policy of their own, and what one without it lets in.
//!
//! As of 2026-11-29, from the IAM User Guide (2026), reference_aws-services-that-work-with-iam, and the service guides
//! that it names. Trust and key policies stand in [`decisive_resource_policy`](super::decisive_resource_policy).

use super::services::{contains, is};

/// Whether a resource can have a resource-based policy that speaks to users and roles, by the service and the last
/// field of its ARN.
pub fn may_have_policy(service: &str, resource: &str) -> bool {
    let of_service = WITH_POLICIES.iter().find(|(known, _)| is(known, service));
    of_service.is_some_and(|(_, beginnings)| beginnings.iter().any(|one| resource.starts_with(one)))
}

/// D22: the policy of a key that is created without one, which leaves the key to the IAM policies of its account.
pub fn default_key_policy(partition: &str, account: &str) -> String {
    format!(
        r#"{{
  "Version": "2012-10-17",
  "Id": "key-default-1",
  "Statement": [
    {{
      "Sid": "Enable IAM User Permissions",
      "Effect": "Allow",
      "Principal": {{
        "AWS": "arn:{partition}:iam::{account}:root"
      }},
      "Action": "kms:*",
      "Resource": "*"
    }}
  ]
}}"#
    )
}

/// Whether a call adds a statement to a policy; all others that change one put a whole document in its place.
///
/// Source: the API references of Lambda, EventBridge and Signer, as of 2026-11-30.
pub fn adds_to_policy(action: &str) -> bool {
    const ADD: &[&str] = &[
        "events:PutPermission", "lambda:AddLayerVersionPermission", "lambda:AddPermission",
        "signer:AddProfilePermission",
    ];
    contains(ADD, action)
}

/// I6: whether an action on a file system is open to every client that reaches a mount target, as long as the file
/// system has no policy.
pub fn is_open_without_policy(service: &str, action: &str) -> bool {
    is(service, "elasticfilesystem") && contains(EFS_CLIENT, action)
}

/// What a client of a file system does (EFS guide, iam-access-control-nfs-efs).
pub(super) static EFS_CLIENT: &[&str] = &["ClientMount", "ClientWrite", "ClientRootAccess"];

/// Services, and how the resources begin that can have a policy.
#[rustfmt::skip]
static WITH_POLICIES: &[(&str, &[&str])] = &[
    ("acm-pca", &["certificate-authority/"]),
    ("backup", &["backup-vault:"]),
    ("cloudtrail", &["channel/", "dashboard/", "eventdatastore/"]),
    ("codeartifact", &["domain/", "package/", "repository/"]),
    ("codebuild", &["project/", "report-group/"]),
    ("dsql", &["cluster/"]),
    ("dynamodb", &["table/"]),
    ("ecr", &["repository/"]),
    ("elasticfilesystem", &["file-system/"]),
    ("es", &["domain/"]),
    ("events", &["event-bus/", "rule/"]),
    ("execute-api", &[""]),
    ("glacier", &["vaults/"]),
    ("glue", &["catalog", "connection/", "database/", "table/", "tableVersion/", "userDefinedFunction/"]),
    ("kafka", &["cluster/"]),
    ("kinesis", &["stream/"]),
    ("lambda", &["function:", "layer:"]),
    ("lex", &["bot/", "bot-alias/"]),
    ("mediastore", &["container/"]),
    ("redshift-serverless", &["namespace/", "snapshot/"]),
    ("rekognition", &["project/"]),
    ("s3", &[""]),
    ("s3-object-lambda", &["accesspoint/"]),
    ("s3-outposts", &["outpost/"]),
    ("s3express", &["accesspoint/", "bucket/"]),
    ("s3tables", &["bucket/"]),
    ("s3vectors", &["bucket/"]),
    ("schemas", &["registry/", "schema/"]),
    ("secretsmanager", &["secret:"]),
    ("serverlessrepo", &["applications/"]),
    ("ses", &["identity/"]),
    ("signer", &["/signing-profiles/"]),
    ("sns", &[""]),
    ("sqs", &[""]),
    ("ssm", &["opsitemgroup/", "parameter/"]),
    ("ssm-contacts", &["contact/"]),
    ("ssm-incidents", &["response-plan/"]),
    ("vpc-lattice", &["service/", "servicenetwork/"]),
];
