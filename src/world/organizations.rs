//! The organizations of a world: which one an account belongs to, and which is meant where none is named.

use std::sync::Arc;

use super::error::WorldError;
use super::organization::Organization;
use super::state::World;
use crate::names::AccountId;

/// How many organizations a refusal names.
const MOST_NAMED: usize = 5;

impl World {
    /// The organizations by id.
    pub fn organizations(&self) -> impl Iterator<Item = &Arc<Organization>> {
        self.organizations.values()
    }

    /// The organization of that id.
    pub fn organization(&self, id: &str) -> Option<&Arc<Organization>> {
        self.organizations.get(id)
    }

    /// The organization that is meant where none is named: that of the selected account; where the account is in
    /// none, or none is selected, the only one that there is.
    ///
    /// # Errors
    /// If there is none, or the choice is among several.
    pub fn organization_meant(&self, selected: Option<AccountId>) -> Result<&Arc<Organization>, WorldError> {
        if let Some(own) = selected.and_then(|account| self.organization_of(account)) {
            return Ok(own);
        }
        let mut all = self.organizations.values();
        match (all.next(), all.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(no_organization()),
            _ => Err(self.which_organization(selected)),
        }
    }

    /// `the organization`, and of several `organization o-…`.
    pub fn organization_label(&self, organization: &Organization) -> String {
        match self.organizations.len() {
            0 | 1 => "the organization".to_owned(),
            _ => format!("organization {}", organization.id),
        }
    }

    /// ` in organization o-…`, for whatever is said of one of several.
    pub fn in_organization(&self, organization: &Organization) -> String {
        match self.organizations.len() {
            0 | 1 => String::new(),
            _ => format!(" in organization {}", organization.id),
        }
    }

    fn which_organization(&self, selected: Option<AccountId>) -> WorldError {
        let named =
            |all: &mut dyn Iterator<Item = String>| all.take(MOST_NAMED).collect::<Vec<_>>().join(", ");
        let ids = named(&mut self.organizations().map(|organization| organization.id.to_string()));
        let count = self.organizations.len();
        let more = match count.saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let why = match selected {
            Some(account) => format!("account {account} is in none of them"),
            None => "no account is selected".to_owned(),
        };
        let what = format!("there are {count} organizations ({ids}{more}), and {why}");
        let select = |organization: &Arc<Organization>| format!("`account {}`", organization.management);
        let selecting = named(&mut self.organizations().map(select));
        WorldError::new("which-organization", "", what)
            .help(format!("select an account of the one that is meant: {selecting}"))
    }
}

fn no_organization() -> WorldError {
    WorldError::new("no-organization", "", "there is no organization")
        .help("create one: `organization o-exampleorg management 111122223333`")
}
