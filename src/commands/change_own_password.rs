//! `change-own-password on`

use super::world_change::change;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{AccountSetting, Change};

pub(super) const ROW: Row = Heading::Declaration.row(
    "change-own-password (on|off)",
    "says whether the users of the selected account may change their own password",
    "change-own-password on",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    change(Change::Account(context.account()?, AccountSetting::ChangeOwnPassword(words.has("on"))))
}
