//! `move account 444455556666 to ou Workloads`

use super::examples::ORGANIZATION;
use super::world_change::change;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, OrganizationChange};

pub(super) const ROW: Row = Heading::Change
    .row(
        "move account ACCOUNT to TARGET",
        "moves an account in the organization; one from outside joins it",
        "move account 444455556666 to ou Workloads",
        make,
    )
    .before(&[ORGANIZATION, "ou Workloads"]);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let account = context.account_named(&word(words, "ACCOUNT"))?;
    let to = context.target_of(words)?;
    change(Change::Organization(OrganizationChange::MoveAccount { account, to }))
}
