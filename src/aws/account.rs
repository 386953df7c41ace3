//! Account management.

use serde_json::json;

use super::call::Call;
use super::operation::{Operation, Service};
use super::plan::{Needs, Planned};
use super::refusal::Refusal;
use crate::names::AccountId;
use crate::world::{AccountSetting, Change, WorldError};

const ACCOUNT: Service = Service("account");

#[rustfmt::skip]
pub(super) const ROWS: &[Operation] = &[
    ACCOUNT.row("put-account-name", "--account-name NAME [--account-id ACCOUNT]", "gives the account, or a member account, another name", put_name),
    ACCOUNT.row("get-account-information", "[--account-id ACCOUNT]", "shows id and name of the account", information),
    ACCOUNT.row("enable-region", "--region-name REGION [--account-id ACCOUNT]", "switches a Region of the account on", |call| region(call, true)),
    ACCOUNT.row("disable-region", "--region-name REGION [--account-id ACCOUNT]", "switches a Region of the account off", |call| region(call, false)),
];

/// The account that the call is about, and that it is allowed there: its own, or a member account from the
/// management account.
fn on_account(call: &Call<'_>) -> Result<(AccountId, Needs), Refusal> {
    let Some(id) = call.option("account-id") else {
        return Ok((call.account, call.needs(format!("arn:aws:account::{}:account", call.account))));
    };
    let member = AccountId::parse(id).ok_or_else(|| WorldError::bad_account_id(id))?;
    let organization = call.world.organization_of(call.account).filter(|own| own.has(member));
    let organization = organization.ok_or_else(|| {
        let what = format!("account {member} is in no organization with account {}", call.account);
        WorldError::new("not-a-member-account", id, what)
            .help("without `--account-id` the call is about its own account")
    })?;
    let arn = format!("arn:aws:account::{}:account/{}/{member}", organization.management, organization.id);
    Ok((member, call.needs(arn)))
}

fn put_name<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let ((account, needs), name) = (on_account(call)?, call.word("account-name"));
    needs.change(move || Ok(Change::Account(account, AccountSetting::Name(name.into()))))
}

fn information<'a>(call: &'a Call<'a>) -> Planned<'a> {
    let (id, needs) = on_account(call)?;
    needs.show(move |_| {
        let name = call.world.account(id).map(|account| &*account.name).unwrap_or_default();
        Ok(json!({"AccountId": id.as_str(), "AccountName": name}))
    })
}

fn region<'a>(call: &'a Call<'a>, on: bool) -> Planned<'a> {
    let ((account, needs), region) = (on_account(call)?, call.word("region-name"));
    needs
        .with("account:TargetRegion", region)
        .change(move || Ok(Change::Account(account, AccountSetting::Region { region: region.into(), on })))
}
