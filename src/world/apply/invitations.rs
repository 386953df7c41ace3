//! Invitations to an organization: made by the management account, until they are answered or taken back.

use std::sync::Arc;

use super::{Outcome, ids};
use crate::names::AccountId;
use crate::world::{Applied, Target, Thing, World, WorldError};

impl World {
    /// Invites an account to an organization; what is invited already stays invited.
    pub(super) fn invite(&mut self, account: AccountId, said_in: Option<AccountId>) -> Outcome {
        let label = self.known_account(account)?.label();
        let organization = self.organization_meant(said_in)?;
        if organization.has(account) {
            let what = format!("account {label} is already in organization {}", organization.id);
            return Err(WorldError::new("already-invited", Thing::Account.called(account.as_str()), what));
        }
        let id = ids::handshake_id(&organization.id, account.as_str());
        let message = format!("invited account {label} to organization {}", organization.id);
        self.account_index.invited(id.clone(), organization.id.clone().into(), account);
        self.organization_mut(said_in)?.invited.insert(account, id);
        Ok(Applied::said(message))
    }

    /// Ends an invitation; one that is accepted lets the account in.
    pub(super) fn end_invitation(&mut self, id: &str, accepted: bool) -> Outcome {
        let found = self
            .invitation(id)
            .map(|(organization, account)| (organization.id.clone(), organization.management, account));
        let (organization, management, account) = found.ok_or_else(|| {
            WorldError::new("unknown-handshake", id, format!("there is no open invitation `{id}`"))
        })?;
        let applied = match accepted {
            true => self.move_account(account, &Target::OrganizationRoot, Some(management))?,
            false => Applied::said(format!(
                "the invitation of account {account} to organization {organization} is over"
            )),
        };
        self.account_index.answered(id);
        if let Some(organization) = self.organizations.get_mut(&*organization).map(Arc::make_mut) {
            organization.invited.remove(&account);
        }
        Ok(applied)
    }

    /// Takes an account out of its organization.
    pub(super) fn leave(&mut self, account: AccountId) -> Outcome {
        let label = self.known_account(account)?.label();
        match self.leave_organization(account)? {
            Some(id) => Ok(Applied::said(format!("account {label} left organization {id}"))),
            None => {
                let what = format!("account {label} is in no organization");
                Err(WorldError::new("no-organization", Thing::Account.called(account.as_str()), what))
            }
        }
    }
}
