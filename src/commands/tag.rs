//! `tag user bob team=core`

use super::world_change::change;
use crate::session::slots::tags;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::Change;

pub(super) const ROW: Row =
    Heading::Change.row("tag TARGET PAIR...", "adds or replaces tags", "tag user bob team=core", make);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let target = context.target_of(words)?;
    change(Change::Tag { account: context.account_for(&target)?, target, tags: tags(words)? })
}
