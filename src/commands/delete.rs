//! `delete user bob`

use super::world_change::change;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::Change;

pub(super) const ROW: Row = Heading::Change.row(
    "delete TARGET",
    "deletes a user, group, role, policy, resource or organizational unit",
    "delete user bob",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let target = context.target_of(words)?;
    let account = context.account_for(&target)?;
    change(Change::Delete { account, target })
}
