//! Two versions of an identity-based policy that nobody has yet, each in a file.

use std::sync::Arc;

use super::example_user::example_user;
use crate::catalog::Catalog;
use crate::policy::{Policy, PolicyType};
use crate::reason::{Anybody, ListedActions, PolicyDifference};
use crate::session::{Context, Failure};
use crate::syntax::script::{Word, Words};
use crate::world::{Document, NamedDocument, Principal, World, WorldError};

/// The old version and the new one, and somebody to whom the one or the other is attached.
pub(super) struct TwoFiles {
    documents: [NamedDocument; 2],
    anybody: Arc<Principal>,
}

impl TwoFiles {
    /// Those of a command that names two files.
    pub(super) fn of(words: &Words<'_>, context: &mut Context<'_>) -> Result<Self, Failure> {
        let files: Vec<&Word<'_>> = words.all("FILE").collect();
        let [old, new] = files[..] else {
            return Err(WorldError::new("missing-word", "", "expected two files").into());
        };
        let documents = [identity_based(old, context)?, identity_based(new, context)?];
        Ok(Self { documents, anybody: Arc::new(context.principal(&example_user(None))?) })
    }

    /// All that differs, over all requests.
    pub(super) fn difference(self, catalog: &Arc<Catalog>) -> PolicyDifference {
        let Self { documents, anybody } = self;
        asking_as(anybody, catalog, |anybody| anybody.difference(documents.map(|document| vec![document])))
    }
}

/// Asks of somebody who has nothing but the policies that are asked about, in an empty world.
pub(super) fn asking_as<T>(
    principal: Arc<Principal>,
    catalog: &Arc<Catalog>,
    ask: impl FnOnce(&Anybody<'_>) -> T,
) -> T {
    let world = World::with_catalog(Arc::clone(catalog));
    ask(&Anybody { world: &world, listed: &ListedActions::of(catalog), principal })
}

/// The policy of a file. One that names principals is no identity-based policy.
pub(super) fn identity_based(word: &Word<'_>, context: &mut Context<'_>) -> Result<NamedDocument, Failure> {
    let tree = context.policy_in(word, PolicyType::IdentityBased)?;
    let (document, _) = Document::from_parsed(Policy::of(tree, PolicyType::IdentityBased));
    if let Document::Refused(wrong) = &document {
        return Err(Failure::from(wrong.to_vec()));
    }
    let name = word.text.rsplit(['/', '\\']).next().unwrap_or_default();
    Ok(NamedDocument { name: name.into(), document })
}
