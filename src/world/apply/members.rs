//! The accounts of an organization: joining, leaving, moving (E25), and delegated administrators (E8).

use std::sync::Arc;

use super::organization::{forget, join, unit};
use super::{Outcome, target_label, target_word};
use crate::names::AccountId;
use crate::world::{Applied, Node, Target, Thing, World, WorldError};

impl World {
    /// Moves an account to a unit or the organization root; one from outside joins, and leaves the organization that
    /// it was in.
    pub(super) fn move_account(
        &mut self,
        account: AccountId,
        to: &Target,
        said_in: Option<AccountId>,
    ) -> Outcome {
        let label = self.known_account(account)?.label();
        let organization = self.organization_meant(said_in)?;
        let place = match to {
            Target::Unit(name) => Some(unit(organization, name)?.name.clone()),
            Target::OrganizationRoot => None,
            _ => return Err(wrong_place(to)),
        };
        let (place_label, of) = (target_label(to), self.in_organization(organization));
        if organization.accounts.get(&account) == Some(&place) {
            return Ok(Applied::said(format!("account {label} is already in {place_label}{of}")));
        }
        if organization.has(account) {
            self.organization_mut(said_in)?.place_account(account, place);
            return Ok(Applied::said(format!("moved account {label} to {place_label}{of}")));
        }
        let joined: Arc<str> = organization.id.clone().into();
        let joined_label = self.organization_label(organization);
        let left = self.leave_organization(account)?;
        self.account_index.joined(account, Arc::clone(&joined));
        if let Some(organization) = self.organizations.get_mut(&*joined).map(Arc::make_mut) {
            organization.place_account(account, place);
            join(organization, Node::Account(account));
        }
        let left = left.map(|id| format!("left organization {id} and ")).unwrap_or_default();
        Ok(Applied::said(format!("account {label} {left}joined {joined_label} in {place_label}")))
    }

    /// Takes an account out of the organization that it is in, with what was attached and delegated to it there.
    /// The management account stays as long as the organization exists.
    pub(super) fn leave_organization(&mut self, account: AccountId) -> Result<Option<Box<str>>, WorldError> {
        let Some(organization) = self.organization_of(account) else { return Ok(None) };
        let id = organization.id.clone();
        if organization.management == account {
            let label = self.known_account(account)?.label();
            let what = format!("account {label} is the management account of organization {id}");
            return Err(WorldError::new("management-account", Thing::Account.called(account.as_str()), what)
                .help("a management account cannot leave or be deleted while the organization exists"));
        }
        self.account_index.left(account);
        if let Some(organization) = self.organizations.get_mut(&*id).map(Arc::make_mut) {
            organization.remove_account(account);
            organization.end_delegations(account);
            forget(organization, &Node::Account(account));
        }
        Ok(Some(id))
    }

    /// Makes an account a delegated administrator.
    pub(super) fn delegate(
        &mut self,
        service: Box<str>,
        account: AccountId,
        said_in: Option<AccountId>,
    ) -> Outcome {
        let label = self.known_account(account)?.label();
        let said_in = self.organization_of(account).map_or(said_in, |_| Some(account));
        let organization = self.organization_meant(said_in)?;
        if !service.ends_with(".amazonaws.com") {
            let what = format!("`{service}` is not a service principal");
            return Err(WorldError::new("bad-service", &*service, what)
                .help("a service is named such as `iam.amazonaws.com`"));
        }
        if !organization.binds(account) {
            let what =
                format!("account {label} is not a member account, so it cannot be a delegated administrator");
            return Err(WorldError::new(
                "not-a-member-account",
                Thing::Account.called(account.as_str()),
                what,
            ));
        }
        let of = self.in_organization(organization);
        let message = format!("account {label} is a delegated administrator for {service}{of}");
        self.organization_mut(said_in)?.delegated.insert((account, service), ());
        Ok(Applied::said(message))
    }
}

fn wrong_place(to: &Target) -> WorldError {
    let what = format!("an account cannot be moved to {}", target_label(to));
    WorldError::new("wrong-target", target_word(to), what)
        .help("accounts move to `ou NAME` or `organization-root`")
}
