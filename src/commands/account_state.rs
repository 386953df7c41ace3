//! `account-state closed`

use super::world_change::change;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{AccountSetting, AccountState, Change};

pub(super) const ROW: Row = Heading::Declaration.row(
    "account-state (active|closed|suspended)",
    "says whether the selected account works",
    "account-state closed",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let state = match (words.has("closed"), words.has("suspended")) {
        (true, _) => AccountState::Closed,
        (_, true) => AccountState::Suspended,
        _ => AccountState::Active,
    };
    change(Change::Account(context.account()?, AccountSetting::State(state)))
}
