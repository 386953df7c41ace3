//! `endpoint vpce-1a2b3c vpc vpc-1a2b3c`

use super::world_change::change;
use crate::policy::PolicyType;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, ResourceChange};

pub(super) const ROW: Row = Heading::Declaration.row(
    "endpoint NAME vpc WORD [owner ACCOUNT] [policy DOCUMENT]",
    "declares a VPC endpoint",
    "endpoint vpce-1a2b3c vpc vpc-1a2b3c",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let policy = context.optional_document(words, PolicyType::VpcEndpoint)?;
    let owner = context.owner_of(words)?.or(context.session.selected);
    change(Change::Resource(ResourceChange::PutEndpoint {
        id: word(words, "NAME"),
        vpc: word(words, "WORD"),
        owner,
        policy,
    }))
}
