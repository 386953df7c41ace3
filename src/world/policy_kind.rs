//! What the policy of a resource is called: it decides which elements it may have (A.3), and how it combines with the
//! others (D21, D22).

use crate::names::Arn;
use crate::policy::PolicyType;

/// The kind of policy that a resource has: the trust policy of a role, the policy of a key, else a resource-based
/// one; `None` for what has none. An alias is no key.
pub(super) fn policy_kind_of(arn: &Arn<'_>) -> Option<PolicyType> {
    match (arn.service(), arn.resource()) {
        ("iam", resource) if resource.starts_with("role/") => Some(PolicyType::Trust),
        ("kms", resource) if resource.starts_with("key/") => Some(PolicyType::Key),
        ("iam", _) => None,
        _ => Some(PolicyType::ResourceBased),
    }
}

/// The kind as which a policy is read that is given for a resource, whether or not it can have one.
pub fn policy_kind(resource: Option<&str>) -> PolicyType {
    let kind = resource.and_then(Arn::parse).and_then(|arn| policy_kind_of(&arn));
    kind.unwrap_or(PolicyType::ResourceBased)
}
