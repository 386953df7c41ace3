use super::blob::{TableRow, list, u16_at, u32_at};
use super::key::KeyFacts;
use super::layout::{ACTION_ROW, REQUIRED};
use super::resource_type::{ResourceTypeFacts, most_telling};
use super::service::ServiceFacts;

/// What the catalog knows of an action.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ActionFacts<'c>(pub(super) TableRow<'c>);

/// The access level of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessLevel {
    /// Lists resources, without their contents.
    List,
    /// Reads contents of resources.
    Read,
    /// Creates, changes or deletes resources.
    Write,
    /// Changes tags only.
    Tagging,
    /// Grants or changes permissions.
    PermissionsManagement,
}

/// A resource type that an action can be used on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResourceUse<'c> {
    resource_type: ResourceTypeFacts<'c>,
    required: bool,
    keys: u16,
}

impl<'c> ActionFacts<'c> {
    /// Gives the service of the action.
    pub fn service(self) -> ServiceFacts<'c> {
        ServiceFacts(self.0.at(u16_at(self.row(), 4)))
    }

    /// Gives the name without the service, in AWS's spelling, as in `GetObject`.
    pub fn name(self) -> &'c str {
        self.0.catalog.text(u32_at(self.row(), 0))
    }

    /// Gives the access level.
    pub fn level(self) -> AccessLevel {
        match self.row()[6] {
            0 => AccessLevel::List,
            1 => AccessLevel::Read,
            3 => AccessLevel::Tagging,
            4 => AccessLevel::PermissionsManagement,
            _ => AccessLevel::Write,
        }
    }

    /// Tells whether it reads and changes nothing.
    pub fn reads(self) -> bool {
        matches!(self.level(), AccessLevel::List | AccessLevel::Read)
    }

    /// Tells whether the action works on resources of some type; if not, the resource of a request is `*` (A46).
    pub fn has_resource_types(self) -> bool {
        self.uses().next().is_some()
    }

    /// Tells whether a request for the action has a resource: one of a type that is required, or of one of several
    /// types (an object of a bucket or of an access point); a single type that is not required may be left out (I4).
    pub fn needs_resource(self) -> bool {
        self.resource_types().any(ResourceUse::is_required) || self.resource_types().nth(1).is_some()
    }

    /// Gives the resource types that the action can be used on.
    pub fn resource_types(self) -> impl Iterator<Item = ResourceUse<'c>> {
        let uses = self.uses();
        uses.map(move |(index, keys)| ResourceUse {
            resource_type: ResourceTypeFacts(self.0.at(index & !REQUIRED)),
            required: index & REQUIRED != 0,
            keys,
        })
    }

    /// Gives the condition keys that the action carries whatever its resource.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = KeyFacts<'c>> {
        let keys = list(&self.0.catalog.key_lists, u16_at(self.row(), 8));
        keys.map(move |index| KeyFacts(self.0.at(index)))
    }

    /// Gives the actions that AWS says are needed beside this one: advice, never part of a decision.
    pub fn dependent_actions(self) -> impl ExactSizeIterator<Item = ActionFacts<'c>> {
        let actions = list(&self.0.catalog.action_lists, u16_at(self.row(), 12));
        actions.map(move |index| ActionFacts(self.0.at(index)))
    }

    /// Gives the resource type that an ARN belongs to among those of the action: of several, the one whose
    /// format says most (an S3 object, not a bucket with a slash in its name).
    pub fn resource_type_of(self, arn: &str) -> Option<ResourceTypeFacts<'c>> {
        most_telling(self.resource_types().map(ResourceUse::resource_type), arn)
    }

    /// Tells whether the reference lists a condition key for the action or for one of its resource types.
    pub fn lists_key(self, key: KeyFacts<'c>) -> bool {
        let listed_by_use = |used: ResourceUse<'c>| {
            used.condition_keys().any(|k| k == key) || used.resource_type.condition_keys().any(|k| k == key)
        };
        self.condition_keys().any(|k| k == key) || self.resource_types().any(listed_by_use)
    }

    /// Tells whether a request for the action can carry a condition key: a global one, or one that the reference
    /// lists for the action or for one of its resource types.
    ///
    /// The global keys on tags (`aws:ResourceTag/…`) count as carried by every action here;
    /// [`lists_key`](Self::lists_key) tells whether the reference lists them.
    pub fn carries_key(self, key: &str) -> bool {
        self.0.catalog.condition_key(key).is_some_and(|key| key.is_global() || self.lists_key(key))
    }

    pub(super) fn name_bytes(self) -> &'c [u8] {
        self.0.catalog.bytes(u32_at(self.row(), 0))
    }

    /// Tells whether this is the action with a name in full, such as `s3:getobject` (A35).
    pub(super) fn is_called(self, full_name: &[u8]) -> bool {
        let prefix = self.service().prefix_bytes();
        let name = self.name_bytes();
        full_name.len() == prefix.len() + 1 + name.len()
            && full_name.split_at_checked(prefix.len()).is_some_and(|(service, rest)| {
                rest.split_first().is_some_and(|(colon, rest)| {
                    *colon == b':' && rest.eq_ignore_ascii_case(name) && service.eq_ignore_ascii_case(prefix)
                })
            })
    }

    fn uses(self) -> impl Iterator<Item = (u16, u16)> {
        let mut words = list(&self.0.catalog.use_lists, u16_at(self.row(), 10));
        std::iter::from_fn(move || Some((words.next()?, words.next()?)))
    }

    fn row(self) -> &'c [u8; ACTION_ROW] {
        self.0.read(&self.0.catalog.actions)
    }
}

impl std::fmt::Display for ActionFacts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.service().prefix(), self.name())
    }
}

impl std::fmt::Debug for ActionFacts<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ActionFacts({self})")
    }
}

impl AccessLevel {
    /// All of them, in the order in which AWS lists them.
    pub const ALL: [Self; 5] =
        [Self::List, Self::Read, Self::Write, Self::Tagging, Self::PermissionsManagement];

    /// Gives AWS's words for the level.
    pub fn name(self) -> &'static str {
        match self {
            AccessLevel::List => "List",
            AccessLevel::Read => "Read",
            AccessLevel::Write => "Write",
            AccessLevel::Tagging => "Tagging",
            AccessLevel::PermissionsManagement => "Permissions management",
        }
    }
}

impl<'c> ResourceUse<'c> {
    /// Gives the resource type.
    pub fn resource_type(self) -> ResourceTypeFacts<'c> {
        self.resource_type
    }

    /// Tells whether a request must name a resource of this type.
    pub fn is_required(self) -> bool {
        self.required
    }

    /// Gives the condition keys that the action carries for a resource of this type.
    pub fn condition_keys(self) -> impl ExactSizeIterator<Item = KeyFacts<'c>> {
        let row = self.resource_type.0;
        list(&row.catalog.key_lists, self.keys).map(move |index| KeyFacts(row.at(index)))
    }
}
