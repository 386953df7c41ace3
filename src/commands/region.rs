//! `region eu-south-1 off`

use super::world_change::change;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{AccountSetting, Change};

pub(super) const ROW: Row = Heading::Declaration.row(
    "region NAME (on|off)",
    "switches a Region of the selected account",
    "region eu-south-1 off",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let setting = AccountSetting::Region { region: word(words, "NAME"), on: words.has("on") };
    change(Change::Account(context.account()?, setting))
}
