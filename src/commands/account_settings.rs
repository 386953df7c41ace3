//! What is switched in the selected account: `root owner@acme.example mfa`, `region eu-south-1 off`.

use super::world_change::change;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::world::{AccountSetting, AccountState, Change};

pub(super) const ROOT: Row = Heading::Declaration.row(
    "root EMAIL:WORD [mfa]",
    "gives the root user of the selected account its e-mail address, and MFA",
    "root owner@acme.example mfa",
    |words, context| {
        set(context, AccountSetting::Root { email: word(words, "EMAIL"), mfa: words.has("mfa") })
    },
);

pub(super) const BILLING_ACCESS: Row = Heading::Declaration.row(
    "billing-access (on|off)",
    "switches IAM access to Billing in the selected account; only its root user can",
    "billing-access on",
    |words, context| set(context, AccountSetting::BillingAccess(words.has("on"))),
);

pub(super) const CHANGE_OWN_PASSWORD: Row = Heading::Declaration.row(
    "change-own-password (on|off)",
    "says whether the users of the selected account may change their own password",
    "change-own-password on",
    |words, context| set(context, AccountSetting::ChangeOwnPassword(words.has("on"))),
);

pub(super) const STATE: Row = Heading::Declaration.row(
    "account-state (active|pending-activation|suspended|pending-closure|closed)",
    "says whether the selected account works",
    "account-state closed",
    |words, context| {
        let state = AccountState::ALL.into_iter().find(|state| words.has(state.as_str()));
        set(context, AccountSetting::State(state.unwrap_or_default()))
    },
);

pub(super) const REGION: Row = Heading::Declaration.row(
    "region NAME (on|off)",
    "switches a Region of the selected account",
    "region eu-south-1 off",
    |words, context| {
        set(context, AccountSetting::Region { region: word(words, "NAME"), on: words.has("on") })
    },
);

fn set(context: &Context<'_>, setting: AccountSetting) -> Made {
    change(Change::Account(context.account()?, setting))
}
