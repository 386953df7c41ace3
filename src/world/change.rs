//! What can be done to a world.

use super::account::{AccountState, Tags};
use super::document::{Document, PolicyVersion};
use super::entity::Entity;
use super::organization::{ControlKind, Node};
use crate::names::AccountId;

/// What policies are attached to, what is tagged, moved or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A user, group or role of the account that the change names.
    Entity(Entity),
    /// An organizational unit by name.
    Unit(Box<str>),
    /// An account.
    Account(AccountId),
    /// The organization root.
    OrganizationRoot,
    /// A customer managed policy, SCP or RCP by name or ARN.
    Policy(Box<str>),
    /// A resource by ARN.
    Resource(Box<str>),
}

/// One change. `account` is the account in which it happens.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are what their names say; each variant says what it does")]
pub enum Change {
    /// A new account; an alias may be given.
    CreateAccount { id: AccountId, name: Box<str>, alias: Option<Box<str>> },
    /// Another setting of an account.
    Account(AccountId, AccountSetting),
    /// A new IAM user. `id` is the unique id where a dump gives it.
    CreateUser { account: AccountId, name: Box<str>, path: Box<str>, tags: Tags, id: Option<Box<str>> },
    /// A new group with members.
    CreateGroup { account: AccountId, name: Box<str>, path: Box<str>, members: Vec<Box<str>> },
    /// A new role.
    CreateRole {
        account: AccountId,
        name: Box<str>,
        path: Box<str>,
        trust: Document,
        tags: Tags,
        id: Option<Box<str>>,
    },
    /// A new customer managed policy, or a new default version of one that exists (A13).
    PutPolicy { account: AccountId, name: Box<str>, path: Box<str>, document: Document },
    /// An inline policy, new or replaced.
    PutInline { account: AccountId, on: Entity, name: Box<str>, document: Document },
    /// The permissions boundary of a user or role; `None` takes it away.
    SetBoundary { account: AccountId, on: Entity, policy: Option<Box<str>> },
    /// Takes an inline policy away.
    DeleteInline { account: AccountId, on: Entity, name: Box<str> },
    /// The instance profiles that hold a role; there may be none.
    SetInstanceProfiles { account: AccountId, role: Box<str>, profiles: Vec<Box<str>> },
    /// Another trust policy for a role.
    SetTrust { account: AccountId, role: Box<str>, trust: Document },
    /// A new version of a customer managed policy that exists, as the default or beside it (A13).
    AddVersion { account: AccountId, policy: Box<str>, document: Document, default: bool },
    /// Makes a stored version the default (A13).
    SetDefaultVersion { account: AccountId, policy: Box<str>, version: Box<str> },
    /// Deletes a stored version that is not the default (A13).
    DeleteVersion { account: AccountId, policy: Box<str>, version: Box<str> },
    /// Attaches a managed policy, SCP or RCP.
    Attach { account: AccountId, policy: Box<str>, to: Target },
    /// Detaches it.
    Detach { account: AccountId, policy: Box<str>, from: Target },
    /// Makes a user a member.
    AddToGroup { account: AccountId, user: Box<str>, group: Box<str> },
    /// Ends a membership.
    RemoveFromGroup { account: AccountId, user: Box<str>, group: Box<str> },
    /// Another name or path for a user; what it has and is in stays.
    UpdateUser { account: AccountId, user: Box<str>, name: Option<Box<str>>, path: Option<Box<str>> },
    /// Adds or replaces tags.
    Tag { account: AccountId, target: Target, tags: Tags },
    /// Takes tags away by their keys.
    Untag { account: AccountId, target: Target, keys: Vec<Box<str>> },
    /// Deletes.
    Delete { account: AccountId, target: Target },
    /// A change of a resource.
    Resource(ResourceChange),
    /// A change of the organization.
    Organization(OrganizationChange),
    /// A customer managed policy as a dump holds it: all its versions, documents that are refused or missing
    /// included. There is at least one version; `default` is the index of one.
    ImportPolicy {
        account: AccountId,
        name: Box<str>,
        path: Box<str>,
        versions: Vec<PolicyVersion>,
        default: usize,
    },
    /// An AWS managed policy with the document that a dump gives.
    PutAwsPolicy { arn: Box<str>, name: Box<str>, document: Document },
    /// A change that a dump asks for: an account that exists already stays as it is, and a document that is
    /// refused or missing is stored, since AWS has it and every answer must say that it could not be read.
    Imported(Box<Change>),
    /// A change in which `the organization` means that of an account: the one in which it is said.
    SaidIn(AccountId, Box<Change>),
}

impl Change {
    /// The change, said in an account; where none is selected, `the organization` can only be the only one.
    #[must_use]
    pub fn said_in(self, account: Option<AccountId>) -> Self {
        match account {
            Some(account) => Self::SaidIn(account, Box::new(self)),
            None => self,
        }
    }
}

/// A setting of an account.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are what their names say; each variant says what it does")]
pub enum AccountSetting {
    /// The name.
    Name(Box<str>),
    /// The alias; `None` takes it away (E19).
    Alias(Option<Box<str>>),
    /// E-mail and MFA of the root user.
    Root { email: Box<str>, mfa: bool },
    /// IAM access to Billing (E16a).
    BillingAccess(bool),
    /// Whether users may change their own password (D46).
    ChangeOwnPassword(bool),
    /// Whether it works (D48, I24).
    State(AccountState),
    /// A Region switched on or off (D48).
    Region { region: Box<str>, on: bool },
}

/// A change of resources, of what leads to them, and of who may reach them publicly.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are what their names say; each variant says what it does")]
pub enum ResourceChange {
    /// Declares a resource, or what has changed about it.
    Put {
        arn: Box<str>,
        holder: Option<Box<str>>,
        region: Option<Box<str>>,
        key: Option<Box<str>>,
        owner: Option<AccountId>,
        selected: AccountId,
        policy: Option<Document>,
        tags: Tags,
    },
    /// Takes the policy of a resource away.
    DeletePolicy { arn: Box<str> },
    /// Declares an access point of a bucket (D45).
    PutAccessPoint { arn: Box<str>, bucket: Box<str>, vpc: Option<Box<str>>, policy: Option<Document> },
    /// Adds a KMS grant (D22).
    PutGrant { key: Box<str>, principal: Box<str>, actions: Vec<Box<str>> },
    /// Declares a VPC endpoint.
    PutEndpoint {
        id: Box<str>,
        vpc: Box<str>,
        service: Option<Box<str>>,
        owner: Option<AccountId>,
        policy: Option<Document>,
    },
    /// Whether the tags of a bucket count in access control (C.4).
    SetAbac { bucket: Box<str>, on: bool },
    /// Whether a bucket takes objects under SSE-C (I23).
    SetSseC { bucket: Box<str>, on: bool },
    /// The KMS key under which a bucket encrypts; `None` = a key of S3.
    SetKey { bucket: Box<str>, key: Option<Box<str>> },
    /// Block Public Access at one of its levels; no switches = all four (D36).
    SetPublicAccessBlock { level: PublicAccessLevel, on: bool, switches: Vec<Box<str>> },
}

impl ResourceChange {
    /// Declares a resource of the selected account, or of the one that its ARN names, with policy and tags alone.
    pub fn put(arn: Box<str>, selected: AccountId, policy: Option<Document>, tags: Tags) -> Self {
        let (holder, region, key, owner) = (None, None, None, None);
        Self::Put { arn, holder, region, key, owner, selected, policy, tags }
    }
}

/// Where S3 Block Public Access is switched (D36).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicAccessLevel {
    /// For all accounts below a node of the organization, as an `S3_POLICY` attached there does (I25).
    Organization(Node),
    /// For the buckets and access points of an account.
    Account(AccountId),
    /// For a bucket or access point, by its ARN.
    Resource(Box<str>),
}

/// A change of the organization.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are what their names say; each variant says what it does")]
pub enum OrganizationChange {
    /// A new organization with its management account.
    Create { id: Box<str>, management: AccountId },
    /// A new organizational unit.
    CreateUnit { name: Box<str>, under: Option<Box<str>> },
    /// Moves an account; one that was not in the organization joins it.
    MoveAccount { account: AccountId, to: Target },
    /// A new SCP or RCP, or another document for one that exists.
    PutControl { kind: ControlKind, name: Box<str>, document: Document },
    /// Invites an account.
    Invite { account: AccountId },
    /// Ends an invitation, by its id; one that is accepted lets the account in.
    EndInvitation { id: Box<str>, accepted: bool },
    /// Takes an account out of its organization.
    Leave { account: AccountId },
    /// Makes an account a delegated administrator.
    Delegate { service: Box<str>, account: AccountId },
    /// Central root access: `credentials` or `sessions` (E8).
    SetRootAccess { sessions: bool, on: bool },
}

/// What a change did, for the person who asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// One sentence a line: `created user alice in account 111122223333`.
    pub messages: Vec<String>,
    /// What should be known about it: limits that AWS would enforce, advice.
    pub warnings: Vec<String>,
}

impl Applied {
    /// One sentence about what was done.
    pub fn said(message: impl Into<String>) -> Self {
        Self { messages: vec![message.into()], warnings: Vec::new() }
    }

    /// With another sentence.
    #[must_use]
    pub fn and(mut self, message: impl Into<String>) -> Self {
        self.messages.push(message.into());
        self
    }

    /// With warnings.
    #[must_use]
    pub fn warn(mut self, warnings: impl IntoIterator<Item = String>) -> Self {
        self.warnings.extend(warnings);
        self
    }
}
