//! Accounts and their settings (E1, E16a, E18, E19, D46, D48).

use std::sync::Arc;

use super::naming::{check_alias, check_email};
use super::{ChangeOrigin, Outcome, room};
use crate::names::AccountId;
use crate::world::account::{Account, AccountState, RootUser};
use crate::world::{AccountSetting, Applied, World, WorldError};

impl World {
    /// Sets what is to be another way about an account.
    pub(super) fn set_account(&mut self, account: AccountId, setting: AccountSetting) -> Outcome {
        match setting {
            AccountSetting::Name(name) => self.set_account_name(account, name),
            AccountSetting::Alias(alias) => self.set_alias(account, alias),
            AccountSetting::Root { email, mfa } => self.set_root(account, email, mfa),
            AccountSetting::BillingAccess(on) => self.set_billing_access(account, on),
            AccountSetting::ChangeOwnPassword(on) => self.set_change_own_password(account, on),
            AccountSetting::State(state) => self.set_account_state(account, state),
            AccountSetting::Region { region, on } => self.set_region(account, region, on),
        }
    }

    pub(super) fn create_account(
        &mut self,
        id: AccountId,
        name: Box<str>,
        alias: Option<Box<str>>,
        origin: ChangeOrigin,
    ) -> Outcome {
        if let Some(known) = self.account(id) {
            return match origin {
                ChangeOrigin::Dump => Ok(Applied::default()),
                ChangeOrigin::Command => Err(account_exists(known)),
            };
        }
        if let Some(alias) = &alias {
            check_alias(alias)?;
            self.check_alias_free(alias)?;
        }
        self.account_index.set_alias(id, None, alias.as_deref());
        let account = Account { alias, ..Account::new(id, name) };
        let applied = Applied::said(format!("created account {}", account.label()));
        self.accounts.insert(id, Arc::new(account));
        Ok(applied)
    }

    fn check_alias_free(&self, alias: &str) -> Result<(), WorldError> {
        let Some(holder) = self.account_by_alias(alias) else { return Ok(()) };
        let what = format!("the alias `{alias}` is taken by account {}", holder.label());
        Err(WorldError::new("alias-taken", alias, what).help("an alias is unique over all accounts"))
    }

    fn set_account_name(&mut self, account: AccountId, name: Box<str>) -> Outcome {
        if name.is_empty() || name.chars().count() > 50 || name.contains(char::is_control) {
            return Err(WorldError::new(
                "bad-name",
                &*name,
                format!("`{name}` is not a name for an account"),
            )
            .help("the name of an account has 1 to 50 characters"));
        }
        let account = self.account_mut(account)?;
        account.name = name;
        Ok(Applied::said(format!("the name of account {} is now {}", account.id, account.name)))
    }

    /// Gives the account another alias, or takes it away (E19).
    fn set_alias(&mut self, account: AccountId, alias: Option<Box<str>>) -> Outcome {
        if let Some(alias) = &alias {
            check_alias(alias)?;
            if self.known_account(account)?.alias.as_ref() != Some(alias) {
                self.check_alias_free(alias)?;
            }
        }
        let old = self.known_account(account)?.alias.clone();
        self.account_index.set_alias(account, old.as_deref(), alias.as_deref());
        let account = self.account_mut(account)?;
        account.alias = alias;
        Ok(Applied::said(match &account.alias {
            Some(alias) => format!("the alias of account {} is now {alias}", account.label()),
            None => format!("account {} has no alias", account.label()),
        }))
    }

    /// Sets e-mail and MFA of the root user.
    fn set_root(&mut self, account: AccountId, email: Box<str>, mfa: bool) -> Outcome {
        check_email(&email)?;
        if let Some(holder) = self.account_by_email(&email).filter(|holder| holder.id != account) {
            let what =
                format!("`{email}` is already the address of the root user of account {}", holder.label());
            return Err(WorldError::new("email-taken", &*email, what)
                .help("the e-mail address of a root user serves only one account")); // E1
        }
        let old = self.known_account(account)?.root.email.clone();
        self.account_index.set_email(account, &old, &email);
        let account = self.account_mut(account)?;
        let with = if mfa { "with MFA" } else { "without MFA" };
        let message = format!("the root user of account {} is {email}, {with}", account.label());
        account.root = RootUser { email, mfa };
        Ok(Applied::said(message))
    }

    /// Switches IAM access to Billing (E16a).
    fn set_billing_access(&mut self, account: AccountId, on: bool) -> Outcome {
        let account = self.account_mut(account)?;
        account.billing_access = on;
        Ok(Applied::said(format!("IAM access to Billing is {} in account {}", on_off(on), account.label())))
    }

    /// Sets whether users may change their own password (D46).
    fn set_change_own_password(&mut self, account: AccountId, on: bool) -> Outcome {
        let account = self.account_mut(account)?;
        account.change_own_password = on;
        let may = if on { "may" } else { "may not" };
        Ok(Applied::said(format!("users of account {} {may} change their own password", account.label())))
    }

    /// Sets whether the account works (D48).
    fn set_account_state(&mut self, account: AccountId, state: AccountState) -> Outcome {
        let account = self.account_mut(account)?;
        account.state = state;
        Ok(Applied::said(format!("account {} is {}", account.label(), state.described())))
    }

    /// Switches a Region (D48).
    fn set_region(&mut self, account: AccountId, region: Box<str>, on: bool) -> Outcome {
        check_region(&region)?;
        let off = self.known_account(account)?.regions_off.len() + usize::from(!on);
        room::REGIONS_OFF.check(&*region, &format!("account {account}"), off)?;
        let account = self.account_mut(account)?;
        let message = format!("Region {region} is {} in account {}", on_off(on), account.label());
        if on {
            account.regions_off.remove(&region)
        } else {
            account.regions_off.insert(region)
        };
        Ok(Applied::said(message))
    }
}

fn account_exists(known: &Account) -> WorldError {
    let what = format!("account {} exists already", known.label());
    WorldError::new("account-exists", known.id.as_str(), what)
        .help(format!("`account {}` alone selects it, `delete account {}` deletes it", known.id, known.id))
}

fn check_region(region: &str) -> Result<(), WorldError> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let number = region.rsplit('-').next().is_some_and(|n| n.parse::<u8>().is_ok());
    if number && region.bytes().all(fits) && region.matches('-').count() >= 2 {
        return Ok(());
    }
    Err(WorldError::new("bad-region", region, format!("`{region}` is not a Region"))
        .help("a Region is written such as `eu-west-1`"))
}

fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}
