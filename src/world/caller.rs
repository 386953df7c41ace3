//! The principal's side of a request: prepared once, asked many times.

use std::ops::Deref;
use std::sync::Arc;

use super::account::{Account, Permissions};
use super::context::Key;
use super::identity::Identity;
use super::level::{Level, LevelBuilder, Origin};
use super::organization::{ControlKind, ControlPolicies, Node, Organization};
use super::principal::{Principal, PrincipalKind};
use super::request::GivenPolicies;
use super::state::World;
use crate::facts;
use crate::names::{AccountId, Arn};

/// A principal with its policies and the context keys that follow from who it is.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who it is.
    pub principal: Principal,
    /// Its account.
    pub account: Option<AccountId>,
    /// Whether the world knows it: only then is a tag that it lacks absent rather than unknown.
    pub is_known: bool,
    /// Whether nothing is known of its side: its account is none of the world, and no policies came with the question (I6).
    pub is_stranger: bool,
    /// Whether it is a session of a service-linked role, and how that is known (D4, I20).
    pub service_linked: Option<ServiceLinked>,
    /// How AWS's messages name it (G4).
    pub arn: Box<str>,
    /// The ARN of the role behind a session, or of the user who issued a federated session.
    pub parent_arn: Option<Box<str>>,
    /// The unique id of the user, or of the role behind the session (A31).
    pub unique_id: Option<Box<str>>,
    /// Whether a permissions boundary is set, good or not (D28).
    pub has_boundary: bool,
    /// Identity-based policies; `None` where none can be, and where root needs none (D8).
    pub identity: Option<Level>,
    /// The permissions boundary (D9).
    pub boundary: Option<Level>,
    /// Session policies, or the policy of an AssumeRoot task (D10, D11); behind them each policy to which
    /// GetScopedCredentials scoped the session down (I22). Empty where nothing limits the session.
    pub session: Vec<Level>,
    /// The SCPs from the organization root to the account; empty where they do not apply (D4).
    pub scp: Vec<Level>,
    /// The context keys that follow from the principal, sorted by hash.
    pub keys: Vec<Key<'static>>,
    /// What of it was made up rather than known: key and value.
    pub assumed: Vec<(&'static str, String)>,
}

/// How a session is known to be one of a service-linked role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceLinked {
    /// The path of the role is known.
    ByPath,
    /// The role's name alone tells it: the world lacks the role (I20).
    ByName,
}

impl Caller {
    /// What limits or allows on the principal's side, where it is there.
    pub fn levels(&self) -> impl Iterator<Item = &Level> {
        self.identity.iter().chain(&self.boundary).chain(&self.session).chain(&self.scp)
    }

    /// The same, to be changed.
    pub(super) fn levels_mut(&mut self) -> impl Iterator<Item = &mut Level> {
        let own = self.identity.iter_mut().chain(&mut self.boundary);
        own.chain(&mut self.session).chain(&mut self.scp)
    }

    /// Whether its credentials are scoped down, which limits what resource policies give as well (I22).
    pub fn is_scoped(&self) -> bool {
        self.principal.session.as_ref().is_some_and(|session| !session.scopes.is_empty())
    }

    /// Adds the indexes from actions to statements: worth it for whoever asks dozens of questions.
    pub fn index(&mut self) {
        self.levels_mut().for_each(|level| level.set.index());
    }

    /// Whether it is a session of the service-linked role of a service (I19).
    pub fn is_service_linked_role_of(&self, service: &str) -> bool {
        match &self.principal.kind {
            PrincipalKind::RoleSession { path, role, .. } if self.service_linked.is_some() => {
                facts::is_service_linked_role_of(service, path, role)
            }
            _ => false,
        }
    }

    /// The principal with its [indexes](Self::index).
    #[must_use]
    pub fn indexed(mut self) -> Self {
        self.index();
        self
    }
}

/// The caller of one request. To borrow one that is kept costs nothing, however often it asks.
#[derive(Clone, Debug)]
pub enum CallerRef<'a> {
    /// Kept by whoever asks, for many requests.
    Kept(&'a Caller),
    /// Made for this request.
    Own(Arc<Caller>),
}

impl Deref for CallerRef<'_> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        match self {
            Self::Kept(caller) => caller,
            Self::Own(caller) => caller,
        }
    }
}

impl<'a> From<&'a Caller> for CallerRef<'a> {
    fn from(caller: &'a Caller) -> Self {
        Self::Kept(caller)
    }
}

impl From<Caller> for CallerRef<'_> {
    fn from(caller: Caller) -> Self {
        Self::Own(Arc::new(caller))
    }
}

impl World {
    /// Prepares a principal for a question. `given` replaces layers of the world. For many questions there is
    /// [`Caller::indexed`].
    pub fn caller(&self, principal: &Principal, given: &GivenPolicies) -> Caller {
        let principal = self.with_path(principal);
        let account_id = principal.account();
        let account = account_id.and_then(|id| self.account(id)).map(Arc::as_ref);
        let issuer = self.issuer(&principal);
        let known = self.known_identity(issuer.as_ref().unwrap_or(&principal));
        let boundary = || self.boundary_level(known.and_then(|known| known.boundary), account, given);
        let boundary = has_identity(&principal).then(boundary).flatten();
        let service_linked = match known {
            _ if principal.has_service_linked_path() => Some(ServiceLinked::ByPath),
            None if principal.has_service_linked_name() => Some(ServiceLinked::ByName), // I20
            _ => None,
        };
        let mut caller = Caller {
            account: account_id,
            is_known: known.is_some() || (principal.is_root() && account.is_some()),
            is_stranger: self.is_stranger(&principal, given),
            service_linked,
            arn: principal.arn().into(),
            parent_arn: principal.role_arn().or(issuer.map(|i| i.arn())).map(Into::into),
            unique_id: known.map(|known| known.id.into()),
            has_boundary: boundary.is_some(),
            identity: self.identity_level(&principal, account, known, given),
            boundary,
            session: self.session_levels(&principal, given),
            scp: match service_linked {
                Some(_) => Vec::new(),
                None => self.scp_levels(&principal, given),
            },
            keys: Vec::new(),
            assumed: Vec::new(),
            principal,
        };
        self.add_principal_keys(&mut caller, known);
        caller
    }

    /// The principal with the path that its role has in the world: a session's ARN lacks it (A25).
    fn with_path(&self, principal: &Principal) -> Principal {
        let mut principal = principal.clone();
        if let PrincipalKind::RoleSession { account, path, role, .. } = &mut principal.kind
            && let Some(known) = self.account(*account).and_then(|account| account.role(role))
        {
            path.clone_from(&known.path);
        }
        principal
    }

    /// The user or root who issued a federated session (A26).
    fn issuer(&self, principal: &Principal) -> Option<Principal> {
        match &principal.kind {
            PrincipalKind::FederatedUser { issuer, .. } => Principal::parse_arn(issuer.as_deref()?),
            _ => None,
        }
    }

    /// What the world knows of a user, or of the role behind a session.
    fn known_identity(&self, principal: &Principal) -> Option<Identity<'_>> {
        let account = self.account(principal.account()?)?;
        match &principal.kind {
            PrincipalKind::User { name, path, .. } => {
                let user = account.user(name).filter(|user| user.name == *name && user.path == *path);
                user.map(|user| Identity::from(&**user))
            }
            PrincipalKind::RoleSession { role, .. } => account.role(role).map(|role| Identity::from(&**role)),
            _ => None,
        }
    }

    /// D8.
    fn identity_level(
        &self,
        principal: &Principal,
        account: Option<&Account>,
        known: Option<Identity<'_>>,
        given: &GivenPolicies,
    ) -> Option<Level> {
        if !has_identity(principal) {
            return None;
        }
        if let Some(documents) = &given.identity {
            return Some(Level::of_given(documents));
        }
        let mut level = LevelBuilder::new("");
        if self.is_stranger(principal, given) {
            level.add_missing(&format!("the policies of {}", principal.lasting_arn()));
        }
        if let (Some(account), Some(known)) = (account, known) {
            self.add_permissions(&mut level, account, known.permissions, None);
            for group in known.groups.iter().filter_map(|name| account.group(name)) {
                self.add_permissions(&mut level, account, &group.permissions, Some(&group.name)); // D13
            }
        }
        Some(level.build())
    }

    /// I6: an account that nobody declared, in a world that has others, is not known: its principals may have any
    /// policies. A world of no accounts has only what questions bring along.
    fn is_stranger(&self, principal: &Principal, given: &GivenPolicies) -> bool {
        let is_undeclared = principal.account().is_some_and(|id| self.account(id).is_none());
        is_undeclared
            && has_identity(principal)
            && given.identity.is_none()
            && self.accounts().next().is_some()
    }

    fn add_permissions(
        &self,
        level: &mut LevelBuilder,
        account: &Account,
        permissions: &Permissions,
        group: Option<&str>,
    ) {
        for inline in &permissions.inline {
            let (name, group) = (inline.name.clone(), group.map(Into::into));
            let origin = Origin { name, group, ..Origin::default() };
            level.add(&inline.document, origin);
        }
        for arn in &permissions.attached {
            match self.attached_policy(account, arn) {
                Some(policy) => level.add_managed(policy, group),
                None => level.add_missing(arn),
            }
        }
    }

    /// D9.
    fn boundary_level(
        &self,
        arn: Option<&str>,
        account: Option<&Account>,
        given: &GivenPolicies,
    ) -> Option<Level> {
        if let Some(documents) = &given.permissions_boundary {
            return Some(Level::of_given(documents));
        }
        let arn = arn?;
        let mut level = LevelBuilder::new("");
        match account.and_then(|account| self.attached_policy(account, arn)) {
            Some(policy) => level.add_managed(policy, None),
            None => level.add_missing(arn),
        }
        Some(level.build())
    }

    /// D10, D11: what was passed when the session began; the policy of its task for a session of AssumeRoot.
    fn session_levels(&self, principal: &Principal, given: &GivenPolicies) -> Vec<Level> {
        if let Some(documents) = given.session.as_ref().filter(|_| can_have_session(principal)) {
            return vec![Level::of_given(documents)];
        }
        let scopes = principal.session.iter().flat_map(|session| &session.scopes);
        let scopes = scopes.map(|scope| Level::of_given(std::slice::from_ref(scope)));
        self.session_level(principal).into_iter().chain(scopes).collect()
    }

    fn session_level(&self, principal: &Principal) -> Option<Level> {
        if let PrincipalKind::AssumedRoot { task, .. } = &principal.kind {
            return super::aws_policies::task_policy(task).map(|policy| {
                let mut level = LevelBuilder::new("");
                level.add_managed(&policy, None);
                level.build()
            });
        }
        let policies = &principal.session.as_ref()?.policies;
        (!policies.is_empty()).then(|| Level::of_given(policies))
    }

    /// D4, D18, D41: which SCPs bind the principal, wherever the resource is. A service role is a role like others;
    /// a service-linked role is under none.
    fn scp_levels(&self, principal: &Principal, given: &GivenPolicies) -> Vec<Level> {
        let Some(account) = principal.account() else { return Vec::new() };
        if let Some(levels) = &given.scp {
            return levels.iter().map(|documents| Level::of_given(documents)).collect();
        }
        self.control_levels(account, ControlKind::Scp)
    }

    /// The SCPs or RCPs that bind an account: those of its own organization, unless it is the management account
    /// (D4, D6).
    pub(super) fn control_levels(&self, account: AccountId, kind: ControlKind) -> Vec<Level> {
        let organization = self.organization_of(account).filter(|own| own.binds(account));
        organization.map(|own| own.levels(account, kind)).unwrap_or_default()
    }

    /// A managed policy by its ARN: the account's own or AWS's.
    pub(super) fn attached_policy<'w>(
        &'w self,
        account: &'w Account,
        arn: &str,
    ) -> Option<&'w super::document::ManagedPolicy> {
        if let Some(policy) = self.aws_policies.get(arn) {
            return Some(policy);
        }
        let arn = Arn::parse(arn)?;
        account.policy(arn.resource().rsplit('/').next()?).map(Arc::as_ref)
    }
}

/// Whether a principal can have policies of its own, a boundary among them: root and services have none (D8, D9).
fn has_policies(principal: &Principal) -> bool {
    use PrincipalKind::{FederatedUser, RoleSession, User};
    matches!(principal.kind, User { .. } | RoleSession { .. } | FederatedUser { .. })
}

/// Whether credentials can have been issued to a principal with a policy: the root user itself, services and anonymous
/// callers have none (D10, I28).
fn can_have_session(principal: &Principal) -> bool {
    has_policies(principal) || matches!(principal.kind, PrincipalKind::AssumedRoot { .. })
}

/// Whether identity-based policies and a boundary can limit a principal: a federated session that the root user issued may
/// do everything that its session policy allows (D8).
fn has_identity(principal: &Principal) -> bool {
    has_policies(principal) && !is_root_issued(principal)
}

fn is_root_issued(principal: &Principal) -> bool {
    matches!(&principal.kind, PrincipalKind::FederatedUser { issuer: Some(issuer), .. } if issuer.ends_with(":root"))
}

impl Organization {
    /// The SCPs or RCPs of every level from the organization root down to an account (D7).
    pub(super) fn levels(&self, account: AccountId, kind: ControlKind) -> Vec<Level> {
        let ControlPolicies { policies, attached, .. } = self.controls(kind);
        let level = |node: Node| {
            let mut level = LevelBuilder::new(node.to_string());
            for name in attached.get(&node).into_iter().flatten() {
                match policies.get(&**name) {
                    Some(policy) => level.add_managed(policy, None),
                    None => level.add_missing(name),
                }
            }
            level.build()
        };
        self.path_to(account).into_iter().map(level).collect()
    }
}

impl std::fmt::Display for Node {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Root => f.write_str("organization root"),
            Self::Unit(name) => write!(f, "ou {name}"),
            Self::Account(id) => write!(f, "account {id}"),
        }
    }
}
