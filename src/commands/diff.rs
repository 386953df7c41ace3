//! `diff old.json new.json`: what a change of a policy allows and denies, for all requests at once.

use std::sync::Arc;

use super::example_user::example_user;
use crate::policy::PolicyType;
use crate::question::Question;
use crate::reason::{AskedVersion, ListedActions, TwoVersions};
use crate::session::{Context, Failure, FileOf, Heading, Made, Outcome, Part, Row, Session, Status, command};
use crate::source::Source;
use crate::syntax::script::{Word, Words};
use crate::world::{Document, GivenPolicies, NamedDocument, Principal, World, WorldError};

pub(super) const ROW: Row = Heading::Question.row(
    "diff FILE FILE",
    "compares two versions of an identity-based policy over all requests: what is newly allowed, and what newly denied",
    "diff reports-v1.json reports-v2.json",
    make,
);

fn make(words: &Words<'_>, context: &mut Context<'_>) -> Made {
    let files: Vec<&Word<'_>> = words.all("FILE").collect();
    let [old, new] = files[..] else {
        return Err(WorldError::new("missing-word", "", "expected two files").into());
    };
    let documents = [document(old, context)?, document(new, context)?];
    let anybody = Arc::new(context.principal(&example_user(None))?);
    Ok(command(move |session, _, _| Ok(diff(session, &anybody, documents))))
}

/// The policy of a file. One that names principals is no identity-based policy.
fn document(word: &Word<'_>, context: &mut Context<'_>) -> Result<NamedDocument, Failure> {
    let source: Arc<Source> = context.file(word, FileOf::Policy)?;
    let (document, _) = Document::read(&source, PolicyType::IdentityBased);
    if let Document::Refused(wrong) = &document {
        return Err(Failure::from(wrong.to_vec()));
    }
    let name = word.text.rsplit(['/', '\\']).next().unwrap_or_default();
    Ok(NamedDocument { name: name.into(), document })
}

fn diff(session: &Session, anybody: &Arc<Principal>, documents: [NamedDocument; 2]) -> Outcome {
    let world = World::with_catalog(Arc::clone(session.world.catalog()));
    let listed = ListedActions::of(world.catalog());
    let versions = documents.map(|document| {
        let given = GivenPolicies { identity: Some(vec![document]), ..GivenPolicies::default() };
        AskedVersion {
            world: &world,
            question: Question::new(Arc::clone(anybody), "s3:GetObject").policies(given),
        }
    });
    let difference = TwoVersions { versions, is_anybody: true, listed: &listed }.difference();
    let date = world.catalog().date().to_owned();
    let status = Status::Compared(difference.verdict());
    Outcome { status, ..Outcome::of(Part::Difference(Box::new(difference), date)) }
}
