//! `ou Prod under Workloads`

use super::examples::ORGANIZATION;
use super::world_change::change;
use crate::session::slots::{option, word};
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, OrganizationChange};

pub(super) const ROW: Row = Heading::Declaration
    .row("ou NAME [under NAME]", "creates an organizational unit", "ou Prod under Workloads", make)
    .before(&[ORGANIZATION, "ou Workloads"]);

fn make(words: &Words<'_>, _: &mut Context<'_>) -> Made {
    change(Change::Organization(OrganizationChange::CreateUnit {
        name: word(words, "NAME"),
        under: option(words, "under", "NAME"),
    }))
}
