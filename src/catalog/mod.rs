//! The AWS actions, resource types and condition keys that AWS's references list, as of a date.
//!
//! INVARIANT: facts about names only. What is not listed is unknown, never wrong: AWS's own policies use actions
//! that no reference lists, so a miss is worth a warning and changes no decision.
//!
//! Read first: [`ActionFacts`].
//!
//! ```
//! use iamwhy::catalog;
//! let action = catalog::action("S3:getobject").unwrap();
//! assert_eq!(action.to_string(), "s3:GetObject");
//! assert_eq!(action.level(), catalog::AccessLevel::Read);
//! assert!(action.has_resource_types());
//! ```

mod action;
mod service;

mod resource_type;

mod key;

mod lookup;
mod suggest;
mod template;

mod blob;
mod layout;

mod encode;

pub use action::{AccessLevel, ActionFacts, ResourceUse};
pub use blob::Catalog;
pub use encode::encode;
pub use key::{KeyCategory, KeyFacts, KeyType};
pub use resource_type::ResourceTypeFacts;
pub use service::ServiceFacts;

/// How much a catalog holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// AWS services.
    pub services: usize,
    /// Actions of all services.
    pub actions: usize,
    /// Resource types of all services.
    pub resource_types: usize,
    /// Condition keys, counted for each service that lists them.
    pub condition_keys: usize,
}

impl Catalog {
    /// Gives the date that the facts were collected on, as in `2026-11-23`.
    pub fn date(&'static self) -> &'static str {
        str::from_utf8(self.date).unwrap_or_default()
    }

    /// Counts the entries.
    pub fn counts(&'static self) -> Counts {
        Counts {
            services: self.services().len(),
            actions: self.actions().len(),
            resource_types: self.services().map(|service| service.resource_types().len()).sum(),
            condition_keys: self.services().map(|service| service.condition_keys().len()).sum(),
        }
    }
}

/// Gives the date of the embedded facts, as in `2026-11-23`.
pub fn date() -> &'static str {
    Catalog::embedded().date()
}

/// Counts the entries of the embedded catalog.
pub fn counts() -> Counts {
    Catalog::embedded().counts()
}

/// Finds an action by its name in full, such as `s3:GetObject`, in any letter case (A35).
pub fn action(name: &str) -> Option<ActionFacts> {
    Catalog::embedded().action(name)
}

/// Finds an action by service prefix and name, in any letter case.
pub fn action_by_parts(service: &str, name: &str) -> Option<ActionFacts> {
    Catalog::embedded().action_by_parts(service, name)
}

/// Finds a service by its prefix, in any letter case.
pub fn service(prefix: &str) -> Option<ServiceFacts> {
    Catalog::embedded().service(prefix)
}

/// Gives all services, sorted by prefix.
pub fn services() -> impl ExactSizeIterator<Item = ServiceFacts> {
    Catalog::embedded().services()
}

/// Finds a condition key in any letter case (B2), also one that fills the placeholder of a template.
///
/// ```
/// let key = iamwhy::catalog::condition_key("aws:resourcetag/Team").unwrap();
/// assert_eq!(key.name(), "aws:ResourceTag/${TagKey}");
/// ```
pub fn condition_key(name: &str) -> Option<KeyFacts> {
    Catalog::embedded().condition_key(name)
}

/// Gives the resource type that an ARN belongs to among those of an action.
pub fn resource_type_of(action: ActionFacts, arn: &str) -> Option<ResourceTypeFacts> {
    action.resource_type_of(arn)
}

/// Tells whether a request for an action can carry a condition key: a global one, or one that the reference lists
/// for the action or for one of its resource types.
///
/// The global keys on tags (`aws:ResourceTag/…`) count as carried by every action here;
/// [`ActionFacts::lists_key`] tells whether the reference lists them.
pub fn carries_key(action: ActionFacts, key: &str) -> bool {
    condition_key(key).is_some_and(|key| key.is_global() || action.lists_key(key))
}

/// Suggests an action for a name that is unknown: the nearest name of the service, or of the nearest service.
///
/// ```
/// assert_eq!(iamwhy::catalog::nearest_action("s3:GetObjct").as_deref(), Some("s3:GetObject"));
/// ```
pub fn nearest_action(name: &str) -> Option<String> {
    Catalog::embedded().nearest_action(name)
}

/// Gives the actions that a pattern such as `s3:Get*` matches (A36, A37).
pub fn matching_actions(pattern: &str) -> impl Iterator<Item = ActionFacts> + '_ {
    Catalog::embedded().matching_actions(pattern)
}
