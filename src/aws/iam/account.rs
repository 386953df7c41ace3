//! The account: its alias, its password policy, what it holds; and root access in member accounts.

use serde_json::{Value, json};

use super::super::{call::Call, operation::Operation, plan::Planned, refusal::Refusal};
use super::IAM;
use crate::session::{Outcome, Part};
use crate::world::{AccountSetting, Change, OrganizationChange, WorldError};

#[rustfmt::skip]
pub(in super::super) const ROWS: &[Operation] = &[
    IAM.row("create-account-alias", "--account-alias ALIAS", "gives the account an alias", create_alias),
    IAM.row("delete-account-alias", "--account-alias ALIAS", "takes the alias of the account away", delete_alias),
    IAM.row("list-account-aliases", "", "shows the alias of the account", list_aliases),
    IAM.row("update-account-password-policy", "[--allow-users-to-change-password] [--no-allow-users-to-change-password] | minimum-password-length require-symbols no-require-symbols require-numbers no-require-numbers require-uppercase-characters no-require-uppercase-characters require-lowercase-characters no-require-lowercase-characters max-password-age password-reuse-prevention hard-expiry no-hard-expiry", "says whether users may change their own password", password_policy),
    IAM.row("get-account-summary", "", "counts what there is in the account", summary),
    IAM.row("enable-organizations-root-credentials-management", "", "switches central management of root credentials on", |call| root_access(call, false, true)),
    IAM.row("disable-organizations-root-credentials-management", "", "switches central management of root credentials off", |call| root_access(call, false, false)),
    IAM.row("enable-organizations-root-sessions", "", "switches privileged root sessions in member accounts on", |call| root_access(call, true, true)),
    IAM.row("disable-organizations-root-sessions", "", "switches privileged root sessions in member accounts off", |call| root_access(call, true, false)),
];

fn create_alias<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let alias = call.word("account-alias");
    call.needs("*")
        .change(move || Ok(Change::Account(call.account, AccountSetting::Alias(Some(alias.into())))))
}

fn delete_alias<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let alias = call.word("account-alias");
    call.needs("*").change(move || {
        let account = call.own()?;
        if account.alias.as_deref() != Some(alias) {
            let what = format!("account {} has no alias `{alias}`", account.label());
            return Err(WorldError::new("no-alias", alias, what).suggest(account.alias.as_deref()).into());
        }
        Ok(Change::Account(call.account, AccountSetting::Alias(None)))
    })
}

fn list_aliases<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let alias: Value = call.own()?.alias.iter().map(|alias| Value::from(&**alias)).collect();
        Ok(json!({"AccountAliases": alias}))
    })
}

/// A policy that does not say so does not let users change their password.
fn password_policy<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (on, off) =
        (call.has("allow-users-to-change-password"), call.has("no-allow-users-to-change-password"));
    if on && off {
        let what = "`--allow-users-to-change-password` and its opposite exclude each other";
        return Err(WorldError::new("exclusive-options", "--no-allow-users-to-change-password", what).into());
    }
    call.needs("*").change(move || Ok(Change::Account(call.account, AccountSetting::ChangeOwnPassword(on))))
}

fn summary<'a>(call: &'a Call<'a>) -> Planned<'a> {
    call.needs("*").show(move |_| {
        let account = call.own()?;
        Ok(json!({"SummaryMap": {
            "Users": account.users.len(),
            "Groups": account.groups.len(),
            "Roles": account.roles.len(),
            "Policies": account.policies.len(),
            "AccountMFAEnabled": usize::from(account.root.mfa),
        }}))
    })
}

/// E8: from the management account or the delegated administrator of IAM.
fn root_access<'a>(call: &'a Call<'a>, sessions: bool, on: bool) -> Planned<'a> {
    call.needs("*").then(move |session| {
        let organization = call.world.organization_of(call.account).ok_or_else(no_organization)?;
        if !organization.manages_root(call.account) {
            let what = "the call is for the management account or IAM's delegated administrator (E8)";
            return Err(Refusal::Error(
                "AccountNotManagementOrDelegatedAdministrator",
                WorldError::new("not-offered", "", what),
            ));
        }
        let change = Change::Organization(OrganizationChange::SetRootAccess { sessions, on });
        session.world.apply(change.said_in(Some(call.account)))?;
        let features = session.world.organization_of(call.account).ok_or_else(no_organization)?;
        let names = [
            ("RootCredentialsManagement", features.root_credentials == Some(true)),
            ("RootSessions", features.root_sessions == Some(true)),
        ];
        let enabled: Vec<&str> = names.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect();
        let shown = json!({"OrganizationId": &*features.id, "EnabledFeatures": enabled});
        Ok(Outcome::of(Part::Json(shown)))
    })
}

fn no_organization() -> WorldError {
    WorldError::new("no-organization", "", "the account is in no organization")
        .help("`aws organizations create-organization` makes one")
}
