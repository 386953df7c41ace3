//! `role Deploy trust { … }`

use super::world_change::change;
use crate::policy::PolicyType;
use crate::session::slots::{option, path, tags, word};
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::Change;

pub(super) const ROW: Row = Heading::Declaration.row(
    "role NAME [path WORD] [id WORD] trust DOCUMENT [tags PAIR...]",
    "creates a role with its trust policy",
    r#"role Deploy trust { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" } }"#,
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let (account, name, path) = (context.account()?, word(words, "NAME"), path(words));
    let trust = context.document_of(words, PolicyType::Trust)?;
    change(Change::CreateRole {
        account,
        name,
        path,
        trust,
        tags: tags(words)?,
        id: option(words, "id", "WORD"),
    })
}
