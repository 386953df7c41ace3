//! `inline ReadLogs on user bob { … }`

use super::world_change::change;
use crate::policy::PolicyType;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::Change;

pub(super) const ROW: Row = Heading::Declaration.row(
    "inline NAME on ENTITY DOCUMENT",
    "puts an inline policy into a user, group or role",
    r#"inline ReadLogs on user bob { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "logs:Get*", "Resource": "*" } }"#,
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let (account, on, name) = (context.account()?, context.entity_of(words)?, word(words, "NAME"));
    let document = context.document_of(words, PolicyType::IdentityBased)?;
    change(Change::PutInline { account, on, name, document })
}
