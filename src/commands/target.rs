//! What is done to anything that has a name: `attach AdministratorAccess to user alice`, `tag user bob team=core`.

use super::world_change::change;
use crate::session::slots::{tags, word};
use crate::session::{Heading, Row};
use crate::world::Change;

pub(super) const ATTACH: Row = Heading::Change.row(
    "attach POLICY to TARGET",
    "attaches a managed policy to a user, group or role, or an SCP or RCP to a node of the organization",
    "attach AdministratorAccess to user alice",
    |words, context| {
        let to = context.target_of(words)?;
        change(Change::Attach { account: context.account_for(&to)?, policy: word(words, "POLICY"), to })
    },
);

pub(super) const DETACH: Row = Heading::Change.row(
    "detach POLICY from TARGET",
    "takes a policy away",
    "detach AdministratorAccess from user alice",
    |words, context| {
        let from = context.target_of(words)?;
        change(Change::Detach { account: context.account_for(&from)?, policy: word(words, "POLICY"), from })
    },
);

pub(super) const TAG: Row = Heading::Change.row(
    "tag TARGET PAIR...",
    "adds or replaces tags",
    "tag user bob team=core",
    |words, context| {
        let target = context.target_of(words)?;
        change(Change::Tag { account: context.account_for(&target)?, target, tags: tags(words)? })
    },
);

pub(super) const DELETE: Row = Heading::Change.row(
    "delete TARGET",
    "deletes a user, group, role, policy, resource or organizational unit",
    "delete user bob",
    |words, context| {
        let target = context.target_of(words)?;
        change(Change::Delete { account: context.account_for(&target)?, target })
    },
);
