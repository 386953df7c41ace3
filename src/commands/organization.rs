//! `organization o-exampleorg management 111122223333`

use super::world_change::change;
use crate::session::slots::{account_id, word};
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, OrganizationChange};

pub(super) const ROW: Row = Heading::Declaration.row(
    "organization NAME management ACCOUNT-ID",
    "creates the organization with its management account",
    "organization o-exampleorg management 111122223333",
    make,
);

fn make(words: &Words<'_>, _: &mut Context<'_>) -> Made {
    change(Change::Organization(OrganizationChange::Create {
        id: word(words, "NAME"),
        management: account_id(words)?,
    }))
}
