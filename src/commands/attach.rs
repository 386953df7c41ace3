//! `attach AdministratorAccess to user alice`, and `detach`

use super::world_change::change;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::Change;

pub(super) const ATTACH: Row = Heading::Change.row(
    "attach POLICY to TARGET",
    "attaches a managed policy to a user, group or role, or an SCP or RCP to a node of the organization",
    "attach AdministratorAccess to user alice",
    attach,
);

pub(super) const DETACH: Row = Heading::Change.row(
    "detach POLICY from TARGET",
    "takes a policy away",
    "detach AdministratorAccess from user alice",
    detach,
);

fn attach(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let to = context.target_of(words)?;
    change(Change::Attach { account: context.account_for(&to)?, policy: word(words, "POLICY"), to })
}

fn detach(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let from = context.target_of(words)?;
    change(Change::Detach { account: context.account_for(&from)?, policy: word(words, "POLICY"), from })
}
