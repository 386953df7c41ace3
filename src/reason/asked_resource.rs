//! What an action is asked for, as far as the catalog tells.

use super::universe::{Owner, of_any_arn, of_format};
use crate::catalog::Catalog;
use crate::facts::pseudo_resource;
use crate::names::TextSet;

/// A kind of resource: a format of the catalog, any ARN, or none; of actions without resource types some are asked for
/// an ARN after all (A46).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum AskedResource<'c> {
    Format(&'c str),
    AnyArn,
    AfterAll(&'static str),
    None,
}

impl<'c> AskedResource<'c> {
    /// The kinds of resources that an action is asked for, each once.
    pub(super) fn of(action: &str, catalog: &'c Catalog) -> Vec<Self> {
        let Some(facts) = catalog.action(action) else { return vec![Self::AnyArn, Self::None] };
        if !facts.has_resource_types() {
            let after_all = pseudo_resource(facts.service().prefix(), facts.name());
            return vec![after_all.map_or(Self::None, Self::AfterAll)];
        }
        let formats = facts.resource_types().flat_map(|used| used.resource_type().arn_formats());
        let mut kinds: Vec<Self> = formats.map(Self::Format).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Whether the action is asked for no resource that a question could name.
    pub(super) fn is_none(self) -> bool {
        matches!(self, Self::AfterAll(_) | Self::None)
    }

    /// Whether it could be a resource of a service.
    pub(super) fn may_be_of(self, service: &str) -> bool {
        match self {
            Self::Format(format) => {
                let own = format.split(':').nth(2).unwrap_or_default();
                own == service || own.contains(['$', '*'])
            }
            Self::AnyArn => true,
            Self::AfterAll(_) | Self::None => false,
        }
    }

    /// Whether its ARNs say the account.
    pub(super) fn has_account(self) -> bool {
        let Self::Format(format) = self else { return false };
        format.split(':').nth(4).is_some_and(|field| field.contains(['$', '*']))
    }

    /// The ARNs of the kind that belong to an owner; `None` where there is no resource.
    pub(super) fn words(self, owner: Owner<'_>) -> Option<TextSet> {
        match self {
            Self::Format(format) => Some(of_format(format, owner)),
            Self::AnyArn => Some(of_any_arn(owner)),
            Self::AfterAll(_) | Self::None => None,
        }
    }
}
