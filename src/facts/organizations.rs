//! From which accounts the actions of Organizations can be called, whatever the policies say (D47, I16, I17).
//!
//! Source: the API model of Organizations (botocore 1.44.8) and its user guide, both as of 2026-11-29.

use super::services::contains;

/// The accounts from which an action of `organizations:` works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganizationsCaller {
    /// Any account, in an organization or not: it answers an invitation.
    AnyAccount,
    /// An account that is in no organization (I16).
    NoOrganization,
    /// A member account that is no delegated administrator (I16).
    Member,
    /// Any account of the organization.
    OwnOrganization,
    /// The management account or a delegated administrator (I17).
    ManagementOrDelegated,
    /// The management account alone.
    Management,
}

/// Tells from which accounts the action can be called; what AWS's pages do not say is taken as work of the management
/// account.
pub fn organizations_caller(action: &str) -> OrganizationsCaller {
    let row = CALLERS.iter().find(|(_, actions)| contains(actions, action));
    row.map_or(OrganizationsCaller::Management, |(caller, _)| *caller)
}

/// Whether the action only reads: a delegated administrator of any service may call it without being named in the
/// delegation policy (I17; of reading AWS says so, that writing takes the policy is our reading).
pub fn organizations_reads(action: &str) -> bool {
    let starts =
        |prefix: &str| action.get(..prefix.len()).is_some_and(|own| own.eq_ignore_ascii_case(prefix));
    starts("List") || starts("Describe")
}

/// Where AWS's pages contradict each other about who may call an action (I17).
pub fn organizations_conflict(action: &str) -> Option<&'static str> {
    action.eq_ignore_ascii_case("CloseAccount").then_some(
        "AWS's pages disagree on whether a delegated administrator can close member accounts; here only the \
         management account can",
    )
}

/// The policy types of Organizations that authorize nothing (I25): they set up backups, tags, services. An `S3_POLICY`
/// sets S3 Block Public Access for the accounts below it. With SCPs and RCPs they are 15, the `PolicyType` of the API
/// model.
pub fn other_policy_types() -> &'static [&'static str] {
    &[
        "TAG_POLICY", "BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY", "CHATBOT_POLICY",
        "DECLARATIVE_POLICY_EC2", "SECURITYHUB_POLICY", "SECURITYHUB_CSPM_POLICY", "INSPECTOR_POLICY",
        "UPGRADE_ROLLOUT_POLICY", "BEDROCK_POLICY", "S3_POLICY", "NETWORK_SECURITY_DIRECTOR_POLICY",
        "GUARDDUTY_POLICY",
    ]
}

static CALLERS: &[(OrganizationsCaller, &[&str])] = &[
    (OrganizationsCaller::AnyAccount, &["AcceptHandshake", "DeclineHandshake"]),
    (OrganizationsCaller::NoOrganization, &["CreateOrganization"]),
    (OrganizationsCaller::Member, &["LeaveOrganization"]),
    (
        OrganizationsCaller::OwnOrganization,
        &["DescribeEffectivePolicy", "DescribeHandshake", "DescribeOrganization", "ListHandshakesForAccount"],
    ),
    (
        OrganizationsCaller::ManagementOrDelegated,
        &[
            "AttachPolicy", "CreatePolicy", "DeletePolicy", "DescribeAccount", "DescribeCreateAccountStatus",
            "DescribeOrganizationalUnit", "DescribePolicy", "DescribeResourcePolicy", "DetachPolicy",
            "DisablePolicyType", "EnablePolicyType", "ListAWSServiceAccessForOrganization", "ListAccounts",
            "ListAccountsForParent", "ListAccountsWithInvalidEffectivePolicy", "ListChildren",
            "ListCreateAccountStatus", "ListDelegatedAdministrators", "ListDelegatedServicesForAccount",
            "ListEffectivePolicyValidationErrors", "ListHandshakesForOrganization",
            "ListOrganizationalUnitsForParent", "ListParents", "ListPolicies", "ListPoliciesForTarget",
            "ListRoots", "ListTagsForResource", "ListTargetsForPolicy", "TagResource", "UntagResource",
            "UpdatePolicy",
        ],
    ),
];
