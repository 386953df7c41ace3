//! From which accounts the actions of Organizations can be called, whatever the policies say (D47).

use super::services::contains;

/// The accounts from which an action of `organizations:` works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganizationsCaller {
    /// Any account.
    AnyAccount,
    /// The management account or a delegated administrator.
    ManagementOrDelegated,
    /// The management account, unless its resource policy delegates the action.
    Management,
}

/// Tells from which accounts the action can be called.
///
/// That most need the management account is AWS's word; which do not is general knowledge of 2026.
pub fn organizations_caller(action: &str) -> OrganizationsCaller {
    if contains(ANY_ACCOUNT, action) {
        return OrganizationsCaller::AnyAccount;
    }
    if has_prefix(action, "List") || has_prefix(action, "Describe") {
        return OrganizationsCaller::ManagementOrDelegated;
    }
    OrganizationsCaller::Management
}

fn has_prefix(action: &str, prefix: &str) -> bool {
    action.as_bytes().get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
}

static ANY_ACCOUNT: &[&str] = &[
    "AcceptHandshake", "CreateOrganization", "DeclineHandshake", "DescribeEffectivePolicy",
    "DescribeHandshake", "DescribeOrganization", "LeaveOrganization", "ListHandshakesForAccount",
];
