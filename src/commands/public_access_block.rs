//! `public-access-block on for arn:aws:s3:::acme-reports`

use super::world_change::change;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, PublicAccessLevel, ResourceChange};

pub(super) const ROW: Row = Heading::Declaration.row(
    "public-access-block (on|off) [for (organization | ARN)] [SWITCH:WORD...]",
    "switches S3 Block Public Access of the selected account, of a bucket or access point, or of the organization",
    "public-access-block on for arn:aws:s3:::acme-reports",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let level = match (words.get("ARN"), words.has("organization")) {
        (Some(arn), _) => PublicAccessLevel::Resource((&*arn.text).into()),
        (_, true) => PublicAccessLevel::Organization,
        _ => PublicAccessLevel::Account(context.account()?),
    };
    let switches = words.all("SWITCH").map(|switch| (&*switch.text).into()).collect();
    change(Change::Resource(ResourceChange::SetPublicAccessBlock { level, on: words.has("on"), switches }))
}
