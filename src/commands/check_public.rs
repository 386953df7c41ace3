//! `check public arn:aws:s3:::reports`: whether strangers reach a resource.

use super::governed::governed;
use crate::names::{Arn, has_wildcard};
use crate::policy::PolicyType;
use crate::reason::{CheckVerdict, PublicAccess, PublicVerdict};
use crate::session::{Context, Failure, FileOf, Heading, Made, Outcome, Part, Row, Session, Status, command};
use crate::syntax::script::{Word, Words};
use crate::world::{Document, NamedDocument, World, WorldError, policy_kind};

pub(super) const ROW: Row = Heading::Question.row(
    "check public WORD [[on] ARN]",
    "holds where no stranger is allowed anything on a resource of the world, or on one that has the policy of a file",
    "check public arn:aws:s3:::acme-reports",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let Some(word) = words.get("WORD") else {
        return Err(WorldError::new("missing-word", "", "expected a resource or a file").into());
    };
    let named = words.get("ARN").map(|arn| arn.text.to_string());
    if word.text.starts_with("arn:") {
        let resource = word.text.to_string();
        return Ok(command(move |session, _, _| check(session, &resource, None)));
    }
    let (resource, policy) = of_file(word, named, context)?;
    Ok(command(move |session, _, _| check(session, &resource, Some(&policy))))
}

fn check(session: &Session, resource: &str, policy: Option<&NamedDocument>) -> Result<Outcome, Failure> {
    let access = public(&session.world, resource, policy)?;
    let status = Status::Checked(match access.verdict() {
        PublicVerdict::Private => CheckVerdict::Holds,
        PublicVerdict::Public => CheckVerdict::Fails,
        PublicVerdict::Unknown => CheckVerdict::Unknown,
    });
    let date = session.world.catalog().date().to_owned();
    Ok(Outcome { status, ..Outcome::of(Part::Public(Box::new(access), date)) })
}

/// What strangers may do with a resource.
fn public(world: &World, resource: &str, policy: Option<&NamedDocument>) -> Result<PublicAccess, WorldError> {
    let arn = Arn::parse(resource).filter(|_| !has_wildcard(resource));
    let arn = arn.ok_or_else(|| {
        WorldError::new("bad-arn", resource, format!("`{resource}` names no single resource"))
            .help("for example `arn:aws:s3:::reports`; what lies in it counts, too")
    })?;
    PublicAccess::of(world, &arn, policy)
}

/// The policy of a file, and the resource that has it.
fn of_file(
    word: &Word<'_>,
    named: Option<String>,
    context: &mut Context<'_>,
) -> Result<(String, NamedDocument), Failure> {
    let source = context.file(word, FileOf::Policy)?;
    let kinds = match &named {
        Some(resource) => vec![policy_kind(Some(resource))],
        None => vec![PolicyType::ResourceBased, PolicyType::Trust],
    };
    let read = |kind| Document::read(&source, kind).0;
    let mut documents: Vec<Document> = kinds.into_iter().map(read).collect();
    let good = documents.iter().position(|document| document.compiled().is_some()).unwrap_or_default();
    let document = documents.swap_remove(good);
    let resource = match &document {
        Document::Good(compiled) => named.map_or_else(|| governed(compiled.policy()), Ok)?,
        Document::Refused(wrong) => return Err(Failure::from(wrong.to_vec())),
        Document::Missing => {
            return Err(WorldError::new("bad-policy", "", "the policy cannot be read").into());
        }
    };
    let name = word.text.rsplit(['/', '\\']).next().unwrap_or_default();
    Ok((resource, NamedDocument { name: name.into(), document }))
}
