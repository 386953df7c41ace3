//! What is compared: a principal with its policies, before and after.

use super::actions::ListedActions;
use crate::names::fold_hash;
use crate::question::Question;
use crate::world::{Prepared, Presence, World};

/// Who asks in one version, and in which world.
#[derive(Clone, Debug)]
pub struct AskedVersion<'w> {
    /// The world.
    pub world: &'w World,
    /// The principal, with the policies that are given in place of the world's. Action, resource and context are not
    /// looked at.
    pub question: Question,
}

/// Two versions to be compared.
pub struct TwoVersions<'w> {
    /// The old version and the new one.
    pub versions: [AskedVersion<'w>; 2],
    /// Whether nothing is known of who asks, so that every key may have any value: a policy that nobody has yet.
    pub is_anybody: bool,
    /// The actions.
    pub listed: &'w ListedActions,
}

impl TwoVersions<'_> {
    /// The request for an action and a resource, in both versions.
    pub(super) fn questions(&self, action: &str, resource: Option<&str>) -> [Question; 2] {
        [0, 1].map(|version| Question {
            action: action.into(),
            resource: resource.map(Into::into),
            ..self.versions[version].question.clone()
        })
    }

    /// Whether a request may have a key as it likes.
    pub(super) fn is_open(&self, request: &Prepared<'_>, key: &str) -> bool {
        is_open(request, key, self.is_anybody)
    }
}

/// Whether a request may have a key as it likes; of somebody of whom nothing is known it may have any.
pub(super) fn is_open(request: &Prepared<'_>, key: &str, is_anybody: bool) -> bool {
    if request.is_given(key) || !request.resource_carries(key) {
        return false;
    }
    is_anybody
        || match request.presence_or_not_given(fold_hash(key.as_bytes()), key) {
            Presence::NotGiven => true,
            Presence::Absent => false,
            Presence::Known(_) => request.assumed.iter().any(|(name, _)| name.eq_ignore_ascii_case(key)),
        }
}
