//! AWS managed policies, all of which are built in, and the task policies of AssumeRoot.

mod packed;

use super::Date;

/// The day on which the AWS managed policies were collected.
pub const MANAGED_POLICIES_DATE: Date = Date::known("2026-09-30");

/// A policy that AWS wrote; its text is pretty-printed so that places in it can be shown.
#[derive(Debug, PartialEq, Eq)]
pub struct ManagedPolicyFacts {
    /// The name, such as `AdministratorAccess`.
    pub name: &'static str,
    /// The ARN.
    pub arn: &'static str,
    /// The default version, such as `v1`.
    pub version: &'static str,
    /// The document as JSON text.
    pub document: &'static str,
    /// The day since which this version has been the default one; for the two of Organizations about when their kind
    /// of policy was announced.
    pub date: Date,
}

/// The AWS managed policies that people meet first, among them the two of Organizations.
pub fn everyday_policies() -> &'static [ManagedPolicyFacts] {
    OPEN
}

/// The AWS managed policies, the [`everyday_policies`] first. Most are unpacked for it; where names are enough, take
/// [`managed_policy_names`].
pub fn managed_policies() -> impl Iterator<Item = &'static ManagedPolicyFacts> {
    OPEN.iter().chain(packed::policies())
}

/// The names of the AWS managed policies, in the order of [`managed_policies`]; nothing is unpacked for them.
pub fn managed_policy_names<'n>() -> impl Iterator<Item = &'n str> {
    OPEN.iter().map(|policy| policy.name).chain(packed::names())
}

/// The AWS managed policy with this ARN or name; letter case counts only in the ARN.
///
/// ```
/// let policy = iamwhy::facts::managed_policy("SecurityAudit").unwrap();
/// assert_eq!(policy.arn, "arn:aws:iam::aws:policy/SecurityAudit");
/// ```
pub fn managed_policy(name_or_arn: &str) -> Option<&'static ManagedPolicyFacts> {
    find(OPEN, name_or_arn).or_else(|| packed::policy(name_or_arn))
}

/// The policies that confine a session of AssumeRoot to one task (E11); all are written as denies.
pub fn root_task_policies() -> &'static [ManagedPolicyFacts] {
    ROOT_TASKS
}

/// The task policy with this ARN or name, such as `S3UnlockBucketPolicy`.
pub fn root_task_policy(name_or_arn: &str) -> Option<&'static ManagedPolicyFacts> {
    find(ROOT_TASKS, name_or_arn)
}

fn find(policies: &'static [ManagedPolicyFacts], name_or_arn: &str) -> Option<&'static ManagedPolicyFacts> {
    policies.iter().find(|policy| policy.arn == name_or_arn || policy.name.eq_ignore_ascii_case(name_or_arn))
}

/// One row each: name, prefix of the ARN, version, date.
macro_rules! policies {
    ($folder:literal: $($name:literal $prefix:literal $version:literal $date:literal;)*) => {
        &[$(ManagedPolicyFacts {
            name: $name,
            arn: concat!($prefix, $name),
            version: $version,
            document: include_str!(concat!($folder, "/", $name, ".json")),
            date: Date::known($date),
        }),*]
    };
}

/// They lie open, so that nothing is unpacked for what most begin with.
static OPEN: &[ManagedPolicyFacts] = policies! { ".":
    "AWSCloudTrail_ReadOnlyAccess" "arn:aws:iam::aws:policy/" "v1" "2022-06-14";
    "AWSDenyAll" "arn:aws:iam::aws:policy/" "v2" "2023-12-18";
    "AdministratorAccess" "arn:aws:iam::aws:policy/" "v1" "2015-02-06";
    "AmazonEC2ReadOnlyAccess" "arn:aws:iam::aws:policy/" "v5" "2026-02-12";
    "AmazonS3FullAccess" "arn:aws:iam::aws:policy/" "v2" "2021-09-27";
    "AmazonS3ReadOnlyAccess" "arn:aws:iam::aws:policy/" "v3" "2023-08-10";
    "Billing" "arn:aws:iam::aws:policy/job-function/" "v30" "2026-07-30";
    "IAMFullAccess" "arn:aws:iam::aws:policy/" "v2" "2019-06-21";
    "IAMReadOnlyAccess" "arn:aws:iam::aws:policy/" "v4" "2018-01-25";
    "IAMUserChangePassword" "arn:aws:iam::aws:policy/" "v5" "2026-02-12";
    "PowerUserAccess" "arn:aws:iam::aws:policy/" "v12" "2026-02-12";
    "FullAWSAccess" "arn:aws:organizations::aws:policy/service_control_policy/p-" "v1" "2016-11-28";
    "RCPFullAWSAccess" "arn:aws:organizations::aws:policy/resource_control_policy/p-" "v1" "2024-11-13";
};

static ROOT_TASKS: &[ManagedPolicyFacts] = policies! { "../root-task":
    "IAMAuditRootUserCredentials" "arn:aws:iam::aws:policy/root-task/" "v1" "2024-11-06";
    "IAMCreateRootUserPassword" "arn:aws:iam::aws:policy/root-task/" "v1" "2024-11-06";
    // I15: v1 allowed iam:DeleteVirtualMFADevice, too; collections of managed policies still hold it.
    "IAMDeleteRootUserCredentials" "arn:aws:iam::aws:policy/root-task/" "v2" "2025-01-07";
    "S3UnlockBucketPolicy" "arn:aws:iam::aws:policy/root-task/" "v1" "2024-11-06";
    "SQSUnlockQueuePolicy" "arn:aws:iam::aws:policy/root-task/" "v1" "2024-11-06";
};
