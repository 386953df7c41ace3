//! `policy NoDelete { … }`, `scp` and `rcp`

use super::world_change::change;
use crate::names::Arn;
use crate::policy::PolicyType;
use crate::session::slots::word;
use crate::session::{Context, Heading, Made, Row};
use crate::syntax::script::Words;
use crate::world::{Change, ControlKind, Document, OrganizationChange, WorldError};

pub(super) const ROW: Row = Heading::Declaration.row(
    "policy|scp|rcp NAME DOCUMENT",
    "creates a customer managed policy, an SCP or an RCP, or gives it a new version; the ARN of an AWS managed policy stores the document of that",
    r#"policy NoDelete { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*" } }"#,
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let name = word(words, "NAME");
    if let Some(kind) = ControlKind::ALL.into_iter().find(|kind| words.has(kind.keyword())) {
        let document = context.document_of(words, kind.policy_type())?;
        return change(Change::Organization(OrganizationChange::PutControl { kind, name, document }));
    }
    let document = context.document_of(words, PolicyType::IdentityBased)?;
    if !name.starts_with("arn:") {
        return change(Change::PutPolicy { account: context.account()?, name, path: "/".into(), document });
    }
    policy_of_arn(name, document, context)
}

/// A policy by its ARN: one of AWS, or one of the selected account with its path.
fn policy_of_arn(arn: Box<str>, document: Document, context: &Context<'_>) -> Made {
    let parsed = Arn::parse(&arn).filter(|arn| arn.service() == "iam");
    let whole = parsed.and_then(|arn| arn.resource().strip_prefix("policy").map(|path| (arn, path)));
    let Some((parsed, (path, name))) = whole.and_then(|(arn, path)| Some((arn, path.rsplit_once('/')?)))
    else {
        let what = format!("`{arn}` is not the ARN of a managed policy");
        return Err(WorldError::new("bad-policy-arn", &*arn, what).into());
    };
    let (path, name): (Box<str>, Box<str>) = (format!("{path}/").into(), name.into());
    if parsed.account() == "aws" {
        return change(Change::PutAwsPolicy { arn: arn.clone(), name, document });
    }
    let account = context.account()?;
    if parsed.account_id() != Some(account) {
        let what = format!("`{arn}` is no policy of the selected account `{account}`");
        return Err(WorldError::new("foreign-policy", &*arn, what).into());
    }
    change(Change::PutPolicy { account, name, path, document })
}
