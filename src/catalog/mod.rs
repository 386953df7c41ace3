//! The AWS actions, resource types and condition keys that AWS's references list, as of a date.
//!
//! INVARIANT: facts about names only. What is not listed is unknown, never wrong: AWS's own policies use actions
//! that no reference lists, so a miss is worth a warning and changes no decision.
//!
//! Read first: [`Catalog`], [`ActionFacts`]. A world carries a catalog: the embedded one, or one that was read from a blob.
//!
//! ```
//! use iamwhy::catalog::{AccessLevel, Catalog};
//! let catalog = Catalog::embedded();
//! let action = catalog.action("S3:getobject").unwrap();
//! assert_eq!(action.to_string(), "s3:GetObject");
//! assert_eq!(action.level(), AccessLevel::Read);
//! assert!(action.has_resource_types());
//! assert_eq!(catalog.condition_key("aws:resourcetag/Team").unwrap().name(), "aws:ResourceTag/${TagKey}");
//! assert_eq!(catalog.nearest_action("s3:GetObjct").as_deref(), Some("s3:GetObject"));
//! ```

mod action;
mod service;

mod resource_type;

mod key;

mod lookup;
mod operation;
mod suggest;
mod template;

mod action_set;
mod blob;
mod fewest;
mod layout;

mod encode;

pub use action::{AccessLevel, ActionFacts, ResourceUse};
pub use action_set::ActionSet;
pub use blob::Catalog;
pub use encode::{FeedEntry, FeedService, encode, encode_feed};
pub use key::{KeyCategory, KeyFacts, KeyType};
pub use operation::ApiOperation;
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
    pub fn date(&self) -> &str {
        str::from_utf8(&self.date).unwrap_or_default()
    }

    /// Counts the entries.
    pub fn counts(&self) -> Counts {
        Counts {
            services: self.services().len(),
            actions: self.actions().len(),
            resource_types: self.services().map(|service| service.resource_types().len()).sum(),
            condition_keys: self.services().map(|service| service.condition_keys().len()).sum(),
        }
    }
}
