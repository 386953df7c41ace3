//! `add user alice to group developers`, and `remove`

use super::world_change::change;
use crate::session::slots::{option, word};
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::Change;

pub(super) const ADD: Row = Heading::Change.row(
    "add user NAME to group NAME",
    "makes a user a member of a group",
    "add user alice to group developers",
    add,
);

pub(super) const REMOVE: Row = Heading::Change.row(
    "remove user NAME from group NAME",
    "ends a membership",
    "remove user bob from group developers",
    remove,
);

fn add(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let (user, group) = member(words);
    change(Change::AddToGroup { account: context.account()?, user, group })
}

fn remove(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let (user, group) = member(words);
    change(Change::RemoveFromGroup { account: context.account()?, user, group })
}

fn member(words: &Words<'_>) -> (Box<str>, Box<str>) {
    (word(words, "NAME"), option(words, "group", "NAME").unwrap_or_default())
}
