//! `bucket-abac on for arn:aws:s3:::acme-reports`

use super::world_change::change;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, ResourceChange};

pub(super) const ROW: Row = Heading::Declaration.row(
    "bucket-abac (on|off) for ARN",
    "says whether the tags of a bucket count in access control, as aws:ResourceTag and s3:BucketTag",
    "bucket-abac on for arn:aws:s3:::acme-reports",
    make,
);

fn make(words: &Words<'_>, _: &mut Context<'_>) -> Made {
    let (bucket, on) = (word(words, "ARN"), words.has("on"));
    change(Change::Resource(ResourceChange::SetAbac { bucket, on }))
}
