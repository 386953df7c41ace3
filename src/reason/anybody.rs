//! Somebody of whom nothing is known but the policies that are asked about: those that nobody has yet.

use std::sync::Arc;

use super::actions::ListedActions;
use super::difference::PolicyDifference;
use super::two_versions::{AskedVersion, TwoVersions};
use crate::policy::PolicyType;
use crate::question::Question;
use crate::source::Source;
use crate::world::{Document, GivenPolicies, NamedDocument, Principal, World};

/// Somebody of whom nothing is known but the policies that are asked about.
pub struct Anybody<'w> {
    /// The world, which has nothing but a catalog.
    pub world: &'w World,
    /// The actions.
    pub listed: &'w ListedActions,
    /// The principal that stands for them.
    pub principal: Arc<Principal>,
}

impl Anybody<'_> {
    /// All that differs between having these identity-based policies and having those.
    pub fn difference(&self, versions: [Vec<NamedDocument>; 2]) -> PolicyDifference {
        let versions = versions.map(|policies| {
            let given = GivenPolicies { identity: Some(policies), ..GivenPolicies::default() };
            let question = Question::new(Arc::clone(&self.principal), "s3:GetObject").policies(given);
            AskedVersion { world: self.world, question }
        });
        TwoVersions { versions, is_anybody: true, listed: self.listed }.difference()
    }
}

/// An identity-based policy of a text that was made here.
pub(super) fn made(name: &str, text: impl Into<String>) -> NamedDocument {
    let (document, _) = Document::read(&Source::new(name, text.into()), PolicyType::IdentityBased);
    NamedDocument { name: name.into(), document }
}
