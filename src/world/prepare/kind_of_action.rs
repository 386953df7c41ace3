//! Actions whose requests are made ready alike.

use crate::catalog::Catalog;
use crate::facts;
use crate::names::ActionName;

/// All that preparation and engine ask of an action beside which statements cover it, where a question names neither a
/// resource nor a context. Requests of one caller for two actions of one kind, which the same statements of the caller's
/// policies cover, are decided alike where no other policies take part.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KindOfAction {
    service: Box<str>,
    is_listed: bool,
    has_resource_types: bool,
    needs_resource: bool,
    /// C.4
    lacks_resource_account: bool,
}

impl KindOfAction {
    /// The kind of an action; `None` of one that rules name: a gate may concern it, it is asked for a resource after all
    /// (A46), or the policy of its resource decides (D21, D22).
    pub fn of(action: &ActionName<'_>, catalog: &Catalog) -> Option<Self> {
        let (service, name) = (action.service(), action.name());
        let is_named = facts::may_be_gated(action)
            || facts::pseudo_resource(service, name).is_some()
            || facts::decisive_resource_policy(service, name).is_some();
        if is_named {
            return None;
        }
        let listed = catalog.action(action.text());
        Some(Self {
            service: service.to_ascii_lowercase().into(),
            is_listed: listed.is_some(),
            has_resource_types: listed.is_some_and(|facts| facts.has_resource_types()),
            needs_resource: listed.is_some_and(|facts| facts.needs_resource()),
            lacks_resource_account: facts::lacks_resource_account(service, name),
        })
    }
}
