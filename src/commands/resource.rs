//! `resource arn:aws:s3:::reports owner 111122223333`

use super::world_change::change;
use crate::session::slots::{tags, word};
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, ResourceChange, policy_kind};

pub(super) const ROW: Row = Heading::Declaration.row(
    "resource ARN [owner ACCOUNT] [policy DOCUMENT] [tags PAIR...]",
    "declares a resource: its owner, policy and tags",
    "resource arn:aws:s3:::reports owner 111122223333 tags env=prod",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let arn = word(words, "ARN");
    let policy = context.optional_document(words, policy_kind(Some(&arn)))?;
    let (owner, selected) = (context.owner_of(words)?, context.account()?);
    change(Change::Resource(ResourceChange::Put { arn, owner, selected, policy, tags: tags(words)? }))
}
