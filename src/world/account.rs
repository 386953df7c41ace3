//! Accounts and the identities in them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::document::{Document, ManagedPolicy};
use super::resource::PublicAccessBlock;
use super::shared_map::SharedMap;
use super::uses::Uses;
use crate::compile::PrincipalPatternKind;
use crate::names::AccountId;
use crate::policy::Effect;

/// Tags by key; the case of keys is kept, but does not count (B2).
pub type Tags = BTreeMap<Box<str>, Box<str>>;

/// An account: a container for resources, users and settings (E18).
#[derive(Clone, Debug)]
pub struct Account {
    /// The 12 digits.
    pub id: AccountId,
    /// The account name.
    pub name: Box<str>,
    /// The alias that fills in the sign-in page (E19).
    pub alias: Option<Box<str>>,
    /// The one root user (E1).
    pub root: RootUser,
    /// IAM users by folded name (E20).
    pub users: SharedMap<Arc<str>, Arc<User>>,
    /// User groups by folded name.
    pub groups: SharedMap<Arc<str>, Arc<Group>>,
    /// Roles by folded name.
    pub roles: SharedMap<Arc<str>, Arc<Role>>,
    /// Customer managed policies by folded name.
    pub policies: SharedMap<Arc<str>, Arc<ManagedPolicy>>,
    /// IAM access to Billing (E16a).
    pub billing_access: bool,
    /// Whether users may change their own password (D46).
    pub change_own_password: bool,
    /// Whether it works (D48, I24).
    pub state: AccountState,
    /// Regions that are switched off (D48).
    pub regions_off: BTreeSet<Box<str>>,
    /// S3 Block Public Access of the account (D36).
    pub public_access_block: PublicAccessBlock,
    /// How many unique ids have been given away; makes the next (E24).
    pub ids_given: u32,
    /// Where groups and managed policies are used.
    pub(super) uses: Uses,
}

/// In which state of its life an account is, in the order of AWS's list (I24).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccountState {
    /// Created, and not activated yet.
    PendingActivation,
    /// The account works.
    #[default]
    Active,
    /// Suspended by AWS.
    Suspended,
    /// About to be closed; it still works.
    PendingClosure,
    /// Closed by its owner.
    Closed,
}

impl AccountState {
    /// All states.
    pub const ALL: [Self; 5] =
        [Self::PendingActivation, Self::Active, Self::Suspended, Self::PendingClosure, Self::Closed];

    /// The word for scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PendingActivation => "pending-activation",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::PendingClosure => "pending-closure",
            Self::Closed => "closed",
        }
    }

    /// The words for people, behind "account … is".
    pub fn described(self) -> &'static str {
        match self {
            Self::PendingActivation => "not activated yet",
            Self::PendingClosure => "about to be closed",
            other => other.as_str(),
        }
    }

    /// Whether an account in this state refuses every call (I24).
    pub fn refuses(self) -> bool {
        matches!(self, Self::PendingActivation | Self::Suspended | Self::Closed)
    }
}

/// The root user of an account (E1, E2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootUser {
    /// The e-mail address; unique over all accounts. Empty until it is given.
    pub email: Box<str>,
    /// Whether MFA is registered.
    pub mfa: bool,
}

/// An inline policy.
#[derive(Clone, Debug)]
pub struct InlinePolicy {
    /// The name, unique in its identity.
    pub name: Box<str>,
    /// The document.
    pub document: Document,
    /// How many characters it has, white space not counted (A.10).
    pub size: usize,
}

/// The identity-based policies of a user, group or role.
#[derive(Clone, Debug, Default)]
pub struct Permissions {
    /// ARNs of attached managed policies, in the order of attaching.
    pub attached: Vec<Box<str>>,
    /// Inline policies, in the order of adding.
    pub inline: Vec<InlinePolicy>,
}

/// An IAM user.
#[derive(Clone, Debug)]
pub struct User {
    /// The name; its letter case counts in ARNs.
    pub name: Box<str>,
    /// The path, `/` if none was given.
    pub path: Box<str>,
    /// The unique id, `AIDA…`.
    pub id: Box<str>,
    /// Tags.
    pub tags: Tags,
    /// Inline and attached policies.
    pub permissions: Permissions,
    /// The ARN of the permissions boundary.
    pub boundary: Option<Box<str>>,
    /// The names of its groups, in the order of joining.
    pub groups: Vec<Box<str>>,
}

/// A user group: a collection of users, never a principal (E21).
#[derive(Clone, Debug)]
pub struct Group {
    /// The name.
    pub name: Box<str>,
    /// The path.
    pub path: Box<str>,
    /// The unique id, `AGPA…`.
    pub id: Box<str>,
    /// Inline and attached policies.
    pub permissions: Permissions,
}

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    /// The name.
    pub name: Box<str>,
    /// The path; `/aws-service-role/…` makes it a service-linked role.
    pub path: Box<str>,
    /// The unique id, `AROA…`.
    pub id: Box<str>,
    /// Tags.
    pub tags: Tags,
    /// Inline and attached policies.
    pub permissions: Permissions,
    /// The ARN of the permissions boundary.
    pub boundary: Option<Box<str>>,
    /// Who may assume it.
    pub trust: Document,
    /// What the ARNs of the trust policy meant when it was saved: ARN and unique id (A31).
    pub trust_ids: Arc<[(Box<str>, Box<str>)]>,
    /// The instance profiles that hold it, by name; nothing where nobody told.
    pub instance_profiles: Option<Vec<Box<str>>>,
}

impl Account {
    /// An account as it is when it is created.
    pub fn new(id: AccountId, name: impl Into<Box<str>>) -> Self {
        Self {
            id,
            name: name.into(),
            alias: None,
            root: RootUser { email: "".into(), mfa: false },
            users: SharedMap::new(),
            groups: SharedMap::new(),
            roles: SharedMap::new(),
            policies: SharedMap::new(),
            billing_access: false,
            change_own_password: false,
            state: AccountState::Active,
            regions_off: BTreeSet::new(),
            public_access_block: PublicAccessBlock::default(),
            ids_given: 0,
            uses: Uses::default(),
        }
    }

    /// The id, and the name where there is one: `111122223333 (Acme)`.
    pub fn label(&self) -> String {
        if self.name.is_empty() { self.id.to_string() } else { format!("{} ({})", self.id, self.name) }
    }

    /// Whether its state refuses calls, or Regions are switched off (D48).
    pub fn is_restricted(&self) -> bool {
        self.state.refuses() || !self.regions_off.is_empty()
    }

    /// The customer managed policy of exactly that name; names are unique in any letter case.
    pub fn policy(&self, name: &str) -> Option<&Arc<ManagedPolicy>> {
        self.policies.get(name.to_ascii_lowercase().as_str()).filter(|policy| *policy.name == *name)
    }

    /// The user of that name in any letter case; names are unique that way (E20).
    pub fn user(&self, name: &str) -> Option<&Arc<User>> {
        self.users.get(name.to_ascii_lowercase().as_str())
    }

    /// The group of that name in any letter case.
    pub fn group(&self, name: &str) -> Option<&Arc<Group>> {
        self.groups.get(name.to_ascii_lowercase().as_str())
    }

    /// The role of that name in any letter case.
    pub fn role(&self, name: &str) -> Option<&Arc<Role>> {
        self.roles.get(name.to_ascii_lowercase().as_str())
    }
}

impl User {
    /// The ARN (A23).
    pub fn arn(&self, account: AccountId) -> String {
        format!("arn:aws:iam::{account}:user{}{}", self.path, self.name)
    }
}

impl Role {
    /// Whether its trust policy lets in nobody but identity providers, so that every session of it came through one.
    pub fn trusts_providers_alone(&self) -> bool {
        let Some(trust) = self.trust.compiled() else { return false };
        let allows = trust.statements().iter().filter(|statement| statement.effect == Effect::Allow);
        let mut kinds =
            allows.flat_map(|statement| trust.principals(statement)).map(|named| named.kind).peekable();
        kinds.peek().is_some() && kinds.all(|kind| kind == PrincipalPatternKind::Federated)
    }

    /// The ARN (A24).
    pub fn arn(&self, account: AccountId) -> String {
        format!("arn:aws:iam::{account}:role{}{}", self.path, self.name)
    }
}
