//! `billing-access on`

use super::world_change::change;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{AccountSetting, Change};

pub(super) const ROW: Row = Heading::Declaration.row(
    "billing-access (on|off)",
    "switches IAM access to Billing in the selected account; only its root user can",
    "billing-access on",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    change(Change::Account(context.account()?, AccountSetting::BillingAccess(words.has("on"))))
}
