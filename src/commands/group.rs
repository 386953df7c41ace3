//! `group auditors members alice bob`

use super::world_change::change;
use crate::session::slots::path;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::Change;

pub(super) const ROW: Row = Heading::Declaration.row(
    "group NAME [path WORD] [members NAME...]",
    "creates a user group",
    "group auditors members alice bob",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let mut names = words.all("NAME").map(|name| (&*name.text).into());
    let name = names.next().unwrap_or_default();
    let members = names.collect();
    change(Change::CreateGroup { account: context.account()?, name, path: path(words), members })
}
