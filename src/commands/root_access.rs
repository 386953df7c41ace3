//! `root-access sessions on`

use super::examples::ORGANIZATION;
use super::world_change::change;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, OrganizationChange};

pub(super) const ROW: Row = Heading::Declaration
    .row(
        "root-access (credentials|sessions) (on|off)",
        "switches a feature of central root access in the organization",
        "root-access sessions on",
        make,
    )
    .before(&[ORGANIZATION]);

fn make(words: &Words<'_>, _: &mut Context<'_>) -> Made {
    change(Change::Organization(OrganizationChange::SetRootAccess {
        sessions: words.has("sessions"),
        on: words.has("on"),
    }))
}
