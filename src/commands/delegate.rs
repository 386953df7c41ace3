//! `delegate iam.amazonaws.com to account 444455556666`

use super::examples::ORGANIZATION;
use super::world_change::change;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, OrganizationChange};

pub(super) const ROW: Row = Heading::Declaration
    .row(
        "delegate SERVICE:WORD to account ACCOUNT",
        "makes an account the delegated administrator of a service",
        "delegate iam.amazonaws.com to account 444455556666",
        make,
    )
    .before(&[ORGANIZATION, "move account 444455556666 to organization-root"]);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let account = context.account_named(&word(words, "ACCOUNT"))?;
    change(Change::Organization(OrganizationChange::Delegate { service: word(words, "SERVICE"), account }))
}
