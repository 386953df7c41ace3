//! Roles that IAM Identity Center makes: what such a role may do stands in a permission set, and is changed there alone
//! (D34), by whoever administers Identity Center.

use super::authority::By;
use super::location::Whereabouts;
use super::set_name::{NAME, set_of};
use crate::question::Asked;
use crate::world::{Origin, PrincipalKind};

/// How the paths of roles begin that only an AWS service changes.
const RESERVED: &str = "role/aws-reserved/";

/// Stands for the ARN of a permission set, which a world does not have.
const SOME_SET: &str = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef";

const SERVICE: &str = "sso.amazonaws.com";

impl Asked<'_> {
    /// The permission set that the caller's role is made from: `ReadOnly` of `AWSReservedSSO_ReadOnly_0123456789abcdef`.
    pub(super) fn permission_set(&self) -> Option<&str> {
        let PrincipalKind::RoleSession { role, .. } = &self.request.caller.principal.kind else {
            return None;
        };
        set_of(role)
    }

    /// Whether the resource is a role that only an AWS service changes, its trust policy included.
    pub(super) fn is_on_reserved_role(&self) -> bool {
        let is_sso = |path: &str| path.rsplit('/').next().is_some_and(|role| role.starts_with(NAME));
        let arn = self.request.arn().filter(|arn| arn.service() == "iam");
        arn.is_some_and(|arn| {
            arn.resource().starts_with(RESERVED)
                || (arn.resource().starts_with("role/") && is_sso(arn.resource()))
        })
    }

    /// Words that say where a policy of such a role is changed; policies of the account that it has stay where they are.
    pub(super) fn in_permission_set(&self, words: &str, origin: Option<&Origin>) -> Option<String> {
        let set = self.permission_set().filter(|_| is_own(origin))?;
        Some(format!(
            "in IAM Identity Center, permission set {set}, which is then provisioned again: {words}"
        ))
    }

    /// Where such a change is made, and by whom: in the delegated administrator of Identity Center, if there is one, or in
    /// the management account. No command makes it here: a world has the roles, not the sets.
    pub(super) fn of_permission_set(&self, origin: Option<&Origin>, puts: bool) -> Option<Whereabouts> {
        let set = self.permission_set().filter(|_| is_own(origin))?;
        let organization = self.request.caller.account.and_then(|id| self.request.world.organization_of(id));
        let call = match puts {
            true => "sso:PutInlinePolicyToPermissionSet",
            false => "sso:DeleteInlinePolicyFromPermissionSet",
        };
        let by = organization.map(|own| By::whoever_calls(call, SOME_SET, own.administrator_of(SERVICE)));
        let by = by.unwrap_or_else(|| By::Said(format!("whoever administers IAM Identity Center ({call})")));
        let place = Some(format!("in permission set {set} of IAM Identity Center"));
        Some(Whereabouts { place, by: Some(by), ..Whereabouts::default() })
    }
}

/// Whether a policy is the role's own, and not one of its account; or a new one.
fn is_own(origin: Option<&Origin>) -> bool {
    origin.is_none_or(|origin| origin.arn.is_none())
}
