//! Resources that are not what they seem: IAM's protected ones, resources of actions that have none, missing keys.

use super::services::{contains, is};
use super::{RuleId, rule};

/// Why nobody may change a resource of IAM, or only the service that owns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protection<'a> {
    /// The rule.
    pub rule: RuleId,
    /// Why, in a few words.
    pub reason: &'static str,
    /// The error code of AWS, where it is known.
    pub code: Option<&'static str>,
    /// The service whose service-linked role may do it, such as `sso.amazonaws.com` (I19).
    pub owner: Option<&'a str>,
}

/// Tells why nobody may do this to a resource of IAM, or only its service; `None` if policies decide (D33, D34, I19).
pub fn protected_resource<'a>(service: &str, action: &str, resource: &'a str) -> Option<Protection<'a>> {
    if !is(service, "iam") {
        return None;
    }
    let (account, name) = account_and_name(resource)?;
    let rule = const { rule("D34") };
    if account == "aws" && name.starts_with("policy/") && contains(CHANGE_POLICY, action) {
        let reason = "nobody can change an AWS managed policy";
        return Some(Protection { rule: RULE_D33, reason, code: None, owner: None });
    }
    if let Some(path) = name.strip_prefix("role/aws-reserved/")
        && (contains(CHANGE_ROLE, action) || is(action, "PassRole"))
    {
        let reason = "roles under /aws-reserved/ belong to AWS services";
        return Some(Protection { rule, reason, code: None, owner: first_part(path) });
    }
    if let Some(path) = name.strip_prefix("role/aws-service-role/")
        && contains(CHANGE_LINKED_ROLE, action)
    {
        let reason = "only its service can change a service-linked role";
        return Some(Protection { rule, reason, code: Some("UnmodifiableEntity"), owner: first_part(path) });
    }
    None
}

/// Whether a service-linked role is that of a service: by its path, or by its name where nobody told the path (I19, I20).
pub fn is_service_linked_role_of(service: &str, path: &str, role: &str) -> bool {
    match path.strip_prefix("/aws-service-role/") {
        Some(rest) => first_part(rest).is_some_and(|own| is(own, service)),
        None => {
            let label = service.split('.').next().unwrap_or_default();
            role.strip_prefix(SERVICE_LINKED_NAME).is_some_and(|name| is(name, label))
        }
    }
}

/// How the names of service-linked roles begin (I20).
pub const SERVICE_LINKED_NAME: &str = "AWSServiceRoleFor";

fn first_part(path: &str) -> Option<&str> {
    path.split_once('/').map(|(first, _)| first)
}

/// The resource that an action without resource types is asked for after all (A46, I21), with the placeholders
/// `{partition}`, `{region}` and `{account}`.
pub fn pseudo_resource(service: &str, action: &str) -> Option<&'static str> {
    if is(service, "s3") && is(action, "ListAllMyBuckets") {
        return Some("arn:{partition}:s3:::*");
    }
    if is(service, "logs") && is(action, "DescribeLogGroups") {
        return Some("arn:{partition}:logs:{region}:{account}:log-group::log-stream:"); // I21
    }
    let topics = is(service, "sns") && contains(SNS_LISTS, action);
    topics.then_some("arn:{partition}:sns:{region}:{account}:*")
}

/// Whether `aws:ResourceAccount` and the keys of the owner's organization are absent for this action (C.4).
pub fn lacks_resource_account(service: &str, action: &str) -> bool {
    is(service, "ebs")
        || NO_RESOURCE_ACCOUNT.iter().any(|(known, actions)| is(known, service) && contains(actions, action))
}

const RULE_D33: RuleId = rule("D33");

fn account_and_name(arn: &str) -> Option<(&str, &str)> {
    let mut parts = arn.splitn(6, ':').skip(4);
    Some((parts.next()?, parts.next()?))
}

pub(super) static CHANGE_POLICY: &[&str] = &[
    "CreatePolicy", "CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "SetDefaultPolicyVersion",
    "TagPolicy", "UntagPolicy",
];

pub(super) static CHANGE_ROLE: &[&str] = &[
    "AttachRolePolicy", "CreateRole", "CreateServiceLinkedRole", "DeleteRole",
    "DeleteRolePermissionsBoundary", "DeleteRolePolicy", "DeleteServiceLinkedRole", "DetachRolePolicy",
    "PutRolePermissionsBoundary", "PutRolePolicy", "TagRole", "UntagRole", "UpdateAssumeRolePolicy",
    "UpdateRole", "UpdateRoleDescription",
];

/// Without its description and its tags, which may be changed (general knowledge).
pub(super) static CHANGE_LINKED_ROLE: &[&str] = &[
    "AttachRolePolicy", "CreateRole", "DeleteRole", "DeleteRolePermissionsBoundary", "DeleteRolePolicy",
    "DetachRolePolicy", "PutRolePermissionsBoundary", "PutRolePolicy", "UpdateAssumeRolePolicy",
];

static SNS_LISTS: &[&str] = &["ListTopics", "ListSubscriptions", "ListPlatformApplications"];

static NO_RESOURCE_ACCOUNT: &[(&str, &[&str])] = &[
    (
        "ec2",
        &[
            "AcceptTransitGatewayPeeringAttachment", "AcceptVpcEndpointConnections",
            "AcceptVpcPeeringConnection", "CreateTransitGatewayPeeringAttachment", "CreateVpcEndpoint",
            "CreateVpcPeeringConnection",
        ],
    ),
    ("auditmanager", &["UpdateAssessmentFrameworkShare"]),
    ("detective", &["AcceptInvitation"]),
    ("ds", &["AcceptSharedDirectory"]),
    ("events", &["PutEvents"]),
    ("guardduty", &["AcceptAdministratorInvitation"]),
    ("securityhub", &["AcceptAdministratorInvitation"]),
    ("macie2", &["AcceptInvitation"]),
    ("es", &["AcceptInboundConnection"]),
    ("route53", &["AssociateVPCWithHostedZone", "CreateVPCAssociationAuthorization"]),
];
