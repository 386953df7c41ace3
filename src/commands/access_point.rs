//! `access-point ARN of arn:aws:s3:::reports`

use super::world_change::change;
use crate::policy::PolicyType;
use crate::session::slots::{option, word};
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, ResourceChange};

pub(super) const ROW: Row = Heading::Declaration.row(
    "access-point ARN of ARN [vpc WORD] [policy DOCUMENT]",
    "declares an access point of a bucket",
    "access-point arn:aws:s3:us-east-1:111122223333:accesspoint/ap of arn:aws:s3:::reports",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let policy = context.optional_document(words, PolicyType::ResourceBased)?;
    let bucket = option(words, "of", "ARN").unwrap_or_default();
    change(Change::Resource(ResourceChange::PutAccessPoint {
        arn: word(words, "ARN"),
        bucket,
        vpc: option(words, "vpc", "WORD"),
        policy,
    }))
}
