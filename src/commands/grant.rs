//! `grant alice on arn:aws:kms:… actions kms:Decrypt`

use super::world_change::change;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, ResourceChange};

pub(super) const ROW: Row = Heading::Declaration.row(
    "grant PRINCIPAL on ARN actions ACTION...",
    "adds a grant to a KMS key",
    "grant alice on arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab actions kms:Decrypt",
    make,
).before(&["resource arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let principal = context.principal(&word(words, "PRINCIPAL"))?;
    // A grant to a role is a grant to its sessions, whatever their names.
    let principal = principal.role_arn().unwrap_or_else(|| principal.arn()).into();
    let actions = words.all("ACTION").map(|action| (&*action.text).into()).collect();
    change(Change::Resource(ResourceChange::PutGrant { key: word(words, "ARN"), principal, actions }))
}
