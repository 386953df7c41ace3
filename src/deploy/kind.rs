//! What types of Terraform and CloudFormation make, as far as that bears on who may do what.
//! Source: the documentation of the AWS provider 5 and 6 and AWS's CloudFormation resource reference, 2026-11.

use crate::world::Entity;

/// What a resource of a type makes.
pub(super) enum Makes {
    /// A managed policy.
    Policy,
    /// A user, group or role.
    Principal(fn(Box<str>) -> Entity),
    /// An inline policy of users, groups or roles.
    Inline,
    /// Attachments of a managed policy.
    Attachment,
    /// Members of groups.
    Membership,
    /// A resource, or the policy of one.
    Governed(&'static Governed),
    /// Block Public Access of a bucket.
    Block,
}

/// A resource, or the policy of one.
pub(super) struct Governed {
    kind: &'static str,
    /// The member that names the resource.
    pub(super) name: &'static str,
    /// Its ARN: `R` and `A` in braces are Region and account, `N` the name.
    pub(super) arn: &'static str,
    /// Whether it is a policy alone, of a resource that is there.
    pub(super) is_policy_alone: bool,
}

/// The ARN of a bucket.
pub(super) const BUCKET: &str = "arn:aws:s3:::{N}";
const QUEUE: &str = "arn:aws:sqs:{R}:{A}:{N}";
const TOPIC: &str = "arn:aws:sns:{R}:{A}:{N}";
const KEY: &str = "arn:aws:kms:{R}:{A}:key/{N}";
const REPOSITORY: &str = "arn:aws:ecr:{R}:{A}:repository/{N}";
const DOMAIN: &str = "arn:aws:es:{R}:{A}:domain/{N}";
const VAULT: &str = "arn:aws:backup:{R}:{A}:backup-vault:{N}";
const TABLE: &str = "arn:aws:dynamodb:{R}:{A}:table/{N}";
const STREAM: &str = "arn:aws:kinesis:{R}:{A}:stream/{N}";
/// The name is an ARN.
const ITSELF: &str = "{N}";

#[rustfmt::skip]
const GOVERNED: &[Governed] = &[
    resource("aws_s3_bucket", "bucket", BUCKET),
    resource("AWS::S3::Bucket", "BucketName", BUCKET),
    policy("aws_s3_bucket_policy", "bucket", BUCKET),
    policy("AWS::S3::BucketPolicy", "Bucket", BUCKET),
    resource("aws_sqs_queue", "name", QUEUE),
    resource("AWS::SQS::Queue", "QueueName", QUEUE),
    policy("aws_sqs_queue_policy", "queue_url", QUEUE),
    policy("AWS::SQS::QueuePolicy", "Queues", QUEUE),
    resource("aws_sns_topic", "name", TOPIC),
    resource("AWS::SNS::Topic", "TopicName", TOPIC),
    policy("aws_sns_topic_policy", "arn", ITSELF),
    policy("AWS::SNS::TopicPolicy", "Topics", ITSELF),
    resource("aws_kms_key", "key_id", KEY),
    resource("AWS::KMS::Key", "KeyId", KEY),
    policy("aws_kms_key_policy", "key_id", KEY),
    resource("aws_ecr_repository", "name", REPOSITORY),
    resource("AWS::ECR::Repository", "RepositoryName", REPOSITORY),
    policy("aws_ecr_repository_policy", "repository", REPOSITORY),
    resource("aws_elasticsearch_domain", "domain_name", DOMAIN),
    resource("aws_opensearch_domain", "domain_name", DOMAIN),
    resource("AWS::Elasticsearch::Domain", "DomainName", DOMAIN),
    resource("AWS::OpenSearchService::Domain", "DomainName", DOMAIN),
    policy("aws_elasticsearch_domain_policy", "domain_name", DOMAIN),
    policy("aws_opensearch_domain_policy", "domain_name", DOMAIN),
    resource("aws_backup_vault", "name", VAULT),
    resource("AWS::Backup::BackupVault", "BackupVaultName", VAULT),
    policy("aws_backup_vault_policy", "backup_vault_name", VAULT),
    resource("aws_dynamodb_table", "name", TABLE),
    resource("AWS::DynamoDB::Table", "TableName", TABLE),
    policy("aws_dynamodb_resource_policy", "resource_arn", ITSELF),
    resource("aws_kinesis_stream", "name", STREAM),
    policy("aws_kinesis_resource_policy", "resource_arn", ITSELF),
    policy("aws_secretsmanager_secret_policy", "secret_arn", ITSELF),
    policy("AWS::SecretsManager::ResourcePolicy", "SecretId", ITSELF),
];

const fn resource(kind: &'static str, name: &'static str, arn: &'static str) -> Governed {
    Governed { kind, name, arn, is_policy_alone: false }
}

const fn policy(kind: &'static str, name: &'static str, arn: &'static str) -> Governed {
    Governed { kind, name, arn, is_policy_alone: true }
}

/// What a resource of a type makes; nothing for what is not carried out.
pub(super) fn makes(kind: &str) -> Option<Makes> {
    Some(match kind {
        "aws_iam_policy" | "AWS::IAM::ManagedPolicy" => Makes::Policy,
        "aws_iam_user" | "AWS::IAM::User" => Makes::Principal(Entity::User),
        "aws_iam_group" | "AWS::IAM::Group" => Makes::Principal(Entity::Group),
        "aws_iam_role" | "AWS::IAM::Role" => Makes::Principal(Entity::Role),
        "aws_iam_role_policy"
        | "aws_iam_user_policy"
        | "aws_iam_group_policy"
        | "AWS::IAM::Policy"
        | "AWS::IAM::RolePolicy"
        | "AWS::IAM::UserPolicy"
        | "AWS::IAM::GroupPolicy" => Makes::Inline,
        "aws_iam_role_policy_attachment"
        | "aws_iam_user_policy_attachment"
        | "aws_iam_group_policy_attachment"
        | "aws_iam_policy_attachment" => Makes::Attachment,
        "aws_iam_user_group_membership" | "aws_iam_group_membership" | "AWS::IAM::UserToGroupAddition" => {
            Makes::Membership
        }
        "aws_s3_bucket_public_access_block" => Makes::Block,
        _ => Makes::Governed(GOVERNED.iter().find(|one| one.kind == kind)?),
    })
}

/// What makes roles and policies of its own that are not carried out, or lets somebody in otherwise.
const OTHERS: [&str; 11] = [
    "aws_lambda_permission", "AWS::Lambda::Permission", "aws_kms_grant", "aws_cloudformation_stack",
    "AWS::CloudFormation::Stack", "AWS::Serverless::Application", "AWS::Serverless::Function",
    "AWS::Serverless::StateMachine", "aws_ssoadmin_account_assignment", "AWS::SSO::Assignment",
    "AWS::EC2::VPCEndpoint",
];

/// Types of IAM that give nobody a right.
const NO_RIGHTS: [&str; 13] = [
    "aws_iam_access_key", "AWS::IAM::AccessKey", "aws_iam_instance_profile", "AWS::IAM::InstanceProfile",
    "aws_iam_user_login_profile", "aws_iam_account_alias", "aws_iam_account_password_policy",
    "aws_iam_server_certificate", "AWS::IAM::ServerCertificate", "aws_iam_user_ssh_key",
    "aws_iam_virtual_mfa_device", "AWS::IAM::VirtualMFADevice", "aws_iam_signing_certificate",
];

/// Whether a type that is not carried out bears on who may do what; `text` is what is said of it.
pub(super) fn bears_on_access(kind: &str, text: &str) -> bool {
    let of_iam = ["aws_iam_", "AWS::IAM::", "aws_organizations_", "AWS::Organizations::"];
    let is_of_iam = of_iam.iter().any(|start| kind.starts_with(start));
    let holds_a_policy = text.contains("Statement") && text.contains("Effect");
    OTHERS.contains(&kind) || holds_a_policy || (is_of_iam && !NO_RIGHTS.contains(&kind))
}

/// Every name under which something is looked for.
pub(super) const MEMBERS: &[&str] = &[
    "name", "path", "policy", "role", "roles", "user", "users", "group", "groups", "policy_arn", "tags",
    "tags_all", "assume_role_policy", "permissions_boundary", "managed_policy_arns", "inline_policy",
    "bucket", "queue_url", "arn", "key_id", "repository", "domain_name", "backup_vault_name", "resource_arn",
    "secret_arn", "access_policies", "block_public_acls", "ignore_public_acls", "block_public_policy",
    "restrict_public_buckets", "region", "PolicyName", "ManagedPolicyName", "RoleName", "UserName",
    "GroupName", "Path", "PolicyDocument", "Roles", "Users", "Groups", "Tags", "AssumeRolePolicyDocument",
    "PermissionsBoundary", "ManagedPolicyArns", "Policies", "BucketName", "Bucket", "QueueName", "Queues",
    "TopicName", "Topics", "KeyPolicy", "RepositoryName", "RepositoryPolicyText", "DomainName",
    "AccessPolicies", "BackupVaultName", "AccessPolicy", "TableName", "SecretId", "ResourcePolicy",
    "PublicAccessBlockConfiguration",
];
