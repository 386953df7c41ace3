//! `boundary PowerUserAccess on user bob`

use super::world_change::change;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::Change;

pub(super) const ROW: Row = Heading::Declaration.row(
    "boundary POLICY on ENTITY",
    "sets the permissions boundary of a user or role",
    "boundary PowerUserAccess on user bob",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let policy = Some(word(words, "POLICY"));
    change(Change::SetBoundary { account: context.account()?, on: context.entity_of(words)?, policy })
}
