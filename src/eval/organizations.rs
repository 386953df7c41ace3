//! From which accounts calls of Organizations work.

use crate::facts::{self, OrganizationsCaller, rule};
use crate::names::AccountId;
use crate::trace::{Gate, GateName};
use crate::world::{Organization, Prepared};

/// The gate of a call that does not work from the caller's account (D47, I16, I17).
pub(super) fn gate(request: &Prepared<'_>) -> Option<Gate> {
    if !request.action.is_of("organizations") {
        return None;
    }
    let (account, name) = (request.caller.account?, request.action.name());
    let needed = facts::organizations_caller(name);
    let Some(organization) = request.callers_organization() else {
        return outside_of_organizations(request, account, needed);
    };
    let management = organization.management;
    let is_management = account == management;
    let refused = |rule, reason| Some(Gate::new(GateName::Organizations, rule, reason));
    match needed {
        OrganizationsCaller::AnyAccount | OrganizationsCaller::OwnOrganization => None,
        OrganizationsCaller::NoOrganization | OrganizationsCaller::Member => {
            joining_and_leaving(organization, account, needed)
        }
        _ if is_management => None,
        OrganizationsCaller::ManagementOrDelegated if request.is_delegated_administrator() => None,
        OrganizationsCaller::ManagementOrDelegated => refused(
            const { rule("I17") },
            format!("only the management account {management} and delegated administrators can call it"),
        ),
        OrganizationsCaller::Management => {
            refused(const { rule("D47") }, format!("only the management account {management} can call it"))
        }
    }
}

/// I16: an account that is in no organization can leave none. One that nobody declared may be in one.
fn outside_of_organizations(
    request: &Prepared<'_>,
    account: AccountId,
    needed: OrganizationsCaller,
) -> Option<Gate> {
    let leaves = needed == OrganizationsCaller::Member && request.world.account(account).is_some();
    let reason = || format!("account {account} is in no organization that it could leave");
    let gate = || Gate::new(GateName::Organizations, const { rule("I16") }, reason());
    leaves.then(|| Gate { message: Some("Your account is not a member of an organization."), ..gate() })
}

/// I16.
fn joining_and_leaving(
    organization: &Organization,
    account: AccountId,
    needed: OrganizationsCaller,
) -> Option<Gate> {
    let (message, reason) = if needed == OrganizationsCaller::NoOrganization {
        let id = &organization.id;
        let reason = format!("only an account that is in no organization can call it; {account} is in {id}");
        (Some("The AWS account is already a member of an organization."), reason)
    } else if account == organization.management {
        let reason = format!("only a member account can call it, and {account} is the management account");
        (Some("You can't remove a management account from an organization."), reason)
    } else if organization.is_delegated(account) {
        let reason = format!(
            "only a member account that is no delegated administrator can call it, and {account} is one"
        );
        (None, reason)
    } else {
        return None;
    };
    let gate = Gate::new(GateName::Organizations, const { rule("I16") }, reason);
    Some(Gate { message, ..gate })
}
