//! Who makes a request, concretely.

use std::str::FromStr;
use std::sync::Arc;

use super::account::Tags;
use super::error::WorldError;
use super::request::NamedDocument;
use crate::facts::SERVICE_LINKED_NAME;
use crate::names::{AccountId, Arn};

/// A principal with the credentials that it uses.
#[derive(Clone, Debug)]
pub struct Principal {
    /// The partition of its ARN: `aws`, `aws-cn` …
    pub partition: Box<str>,
    /// Who it is.
    pub kind: PrincipalKind,
    /// What it signs with.
    pub credentials: Credentials,
    /// What was passed when its session began.
    pub session: Option<Arc<SessionDetails>>,
    /// When its session began, in epoch seconds, where that was seen.
    pub began: Option<i64>,
}

/// Who a principal is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PrincipalKind {
    /// The root user of an account.
    Root(AccountId),
    /// A session of `AssumeRoot` for one task (E8–E11).
    AssumedRoot {
        /// The member account.
        account: AccountId,
        /// The ARN or name of the task's policy; empty where it is not known.
        task: Box<str>,
    },
    /// An IAM user.
    User {
        /// The account.
        account: AccountId,
        /// The path, `/` if it has none.
        path: Box<str>,
        /// The name.
        name: Box<str>,
    },
    /// A session of a role.
    RoleSession {
        /// The account of the role.
        account: AccountId,
        /// The path of the role.
        path: Box<str>,
        /// The name of the role.
        role: Box<str>,
        /// The name of the session.
        session: Box<str>,
    },
    /// A session of `GetFederationToken`.
    FederatedUser {
        /// The account.
        account: AccountId,
        /// The name that was passed.
        name: Box<str>,
        /// The ARN of the user or root that asked for it.
        issuer: Option<Box<str>>,
    },
    /// An AWS service that calls directly.
    Service(Box<str>),
    /// Who calls AssumeRoleWithSAML or …WithWebIdentity, known by its provider.
    IdentityProvider(Box<str>),
    /// A CloudFront origin access identity by its ARN (A24a).
    OriginAccessIdentity(Box<str>),
    /// Nobody signed the request.
    Anonymous,
}

/// What a user or root signs with. Sessions of roles and federated users are always temporary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// A long-term access key: the MFA keys are absent.
    LongTerm,
    /// A console session, with or without MFA.
    Console {
        /// Whether MFA was used.
        mfa: bool,
    },
    /// A session of GetSessionToken, with or without MFA.
    SessionToken {
        /// Whether serial number and token were given.
        mfa: bool,
    },
}

/// What was passed when a session began.
#[derive(Clone, Debug, Default)]
pub struct SessionDetails {
    /// Session policies (D10).
    pub policies: Vec<NamedDocument>,
    /// The policies to which GetScopedCredentials scoped the session down, one after the other; each must allow (I22).
    pub scopes: Vec<NamedDocument>,
    /// Session tags.
    pub tags: Tags,
    /// The keys of those that go on into further sessions.
    pub transitive: Vec<Box<str>>,
    /// The source identity.
    pub source_identity: Option<Box<str>>,
    /// Whether the one who assumed the role had MFA, or passed a token (C.2).
    pub mfa: bool,
    /// Whether a role session assumed the role.
    pub chained: bool,
}

/// The web identity providers that need no ARN (A27).
const WEB_IDENTITY: [&str; 4] =
    ["cognito-identity.amazonaws.com", "www.amazon.com", "graph.facebook.com", "accounts.google.com"];

/// The name of the session that the ARN of a role stands for.
const NO_SESSION_NAME: &str = "iamwhy";

impl FromStr for Principal {
    type Err = WorldError;

    fn from_str(text: &str) -> Result<Self, WorldError> {
        Self::parse(text).ok_or_else(|| {
            WorldError::new("bad-principal", text, format!("`{text}` names no principal")).help(
                "for example `arn:aws:iam::111122223333:user/alice`, `anonymous` or `service:s3.amazonaws.com`",
            )
        })
    }
}

impl Principal {
    /// A principal of partition `aws` with long-term credentials.
    pub fn new(kind: PrincipalKind) -> Self {
        Self { partition: "aws".into(), kind, credentials: Credentials::LongTerm, session: None, began: None }
    }

    /// A principal as requests name it: an ARN, `anonymous`, or `service:NAME`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix("service:") {
            Some(name) if !name.is_empty() => Some(Self::new(PrincipalKind::Service(name.into()))),
            _ if text == "anonymous" => Some(Self::new(PrincipalKind::Anonymous)),
            _ if WEB_IDENTITY.contains(&text) => {
                Some(Self::new(PrincipalKind::IdentityProvider(text.into())))
            }
            _ => Self::parse_arn(text),
        }
    }

    /// The principal of an ARN; a role's ARN means a session of it named `iamwhy`. The path of a role session is
    /// not in its ARN: `/` until the world says otherwise.
    pub fn parse_arn(text: &str) -> Option<Self> {
        let arn = Arn::parse(text)?;
        let kind = match (arn.service(), arn.account_id()) {
            ("iam", None) if arn.account() == "cloudfront" => {
                PrincipalKind::OriginAccessIdentity(text.into())
            }
            ("iam", Some(account)) => iam_principal(account, &arn)?,
            ("sts", Some(account)) => sts_principal(account, arn.resource())?,
            _ => return None,
        };
        Some(Self { partition: arn.partition().into(), ..Self::new(kind) })
    }

    /// The account, where it has one.
    pub fn account(&self) -> Option<AccountId> {
        match &self.kind {
            PrincipalKind::Root(account)
            | PrincipalKind::AssumedRoot { account, .. }
            | PrincipalKind::User { account, .. }
            | PrincipalKind::RoleSession { account, .. }
            | PrincipalKind::FederatedUser { account, .. } => Some(*account),
            _ => None,
        }
    }

    /// Whether it is the root user or a session of `AssumeRoot`.
    pub fn is_root(&self) -> bool {
        matches!(self.kind, PrincipalKind::Root(_) | PrincipalKind::AssumedRoot { .. })
    }

    /// Whether it signs with temporary credentials (C.2).
    pub fn is_temporary(&self) -> bool {
        self.account().is_some() && !self.has_long_term_key()
    }

    /// Whether it signs with a long-term access key.
    pub fn has_long_term_key(&self) -> bool {
        self.is_iam_user_or_root() && self.credentials == Credentials::LongTerm
    }

    /// Whether it is a user of IAM or a root user, and no session.
    pub fn is_iam_user_or_root(&self) -> bool {
        matches!(self.kind, PrincipalKind::User { .. } | PrincipalKind::Root(_))
    }

    /// Whether MFA was used when its session began; it does not travel into sessions of roles (C.2).
    pub fn has_mfa(&self) -> bool {
        let credentials = matches!(
            self.credentials,
            Credentials::Console { mfa: true } | Credentials::SessionToken { mfa: true }
        );
        credentials && self.is_iam_user_or_root()
    }

    /// Whether it is a session of a service-linked role, as its path tells (D4).
    pub(super) fn has_service_linked_path(&self) -> bool {
        matches!(&self.kind, PrincipalKind::RoleSession { path, .. } if path.starts_with("/aws-service-role/"))
    }

    /// Whether it is a session of a role that is named like a service-linked one, and nothing is known of its path: the
    /// ARN of a session lacks it (A25, I20).
    pub(super) fn has_service_linked_name(&self) -> bool {
        matches!(&self.kind, PrincipalKind::RoleSession { path, role, session, .. }
            if &**path == "/" && &**session != NO_SESSION_NAME && role.starts_with(SERVICE_LINKED_NAME))
    }

    /// How AWS's messages name it (G4).
    pub fn arn(&self) -> String {
        let partition = &self.partition;
        match &self.kind {
            PrincipalKind::Root(account) | PrincipalKind::AssumedRoot { account, .. } => {
                format!("arn:{partition}:iam::{account}:root")
            }
            PrincipalKind::User { account, path, name } => {
                format!("arn:{partition}:iam::{account}:user{path}{name}")
            }
            PrincipalKind::RoleSession { account, role, session, .. } => {
                format!("arn:{partition}:sts::{account}:assumed-role/{role}/{session}")
            }
            PrincipalKind::FederatedUser { account, name, .. } => {
                format!("arn:{partition}:sts::{account}:federated-user/{name}")
            }
            PrincipalKind::Service(name) | PrincipalKind::IdentityProvider(name) => name.to_string(),
            PrincipalKind::OriginAccessIdentity(arn) => arn.to_string(),
            PrincipalKind::Anonymous => "anonymous".to_owned(),
        }
    }

    /// The ARN of whoever has its permissions: of a session that of its role.
    pub fn lasting_arn(&self) -> String {
        self.role_arn().unwrap_or_else(|| self.arn())
    }

    /// The ARN of the role behind a role session.
    pub fn role_arn(&self) -> Option<String> {
        match &self.kind {
            PrincipalKind::RoleSession { account, path, role, .. } => {
                Some(format!("arn:{}:iam::{account}:role{path}{role}", self.partition))
            }
            _ => None,
        }
    }
}

fn iam_principal(account: AccountId, arn: &Arn<'_>) -> Option<PrincipalKind> {
    let resource = arn.resource();
    if resource == "root" {
        return Some(PrincipalKind::Root(account));
    }
    let (kind, rest) = resource.split_once('/')?;
    let (path, name) = match rest.rsplit_once('/') {
        Some((path, name)) => (format!("/{path}/"), name),
        None => ("/".to_owned(), rest),
    };
    match kind {
        _ if name.is_empty() => None,
        "user" => Some(PrincipalKind::User { account, path: path.into(), name: name.into() }),
        "role" => {
            let session = NO_SESSION_NAME.into();
            Some(PrincipalKind::RoleSession { account, path: path.into(), role: name.into(), session })
        }
        "oidc-provider" | "saml-provider" => Some(PrincipalKind::IdentityProvider(arn.text().into())),
        _ => None,
    }
}

fn sts_principal(account: AccountId, resource: &str) -> Option<PrincipalKind> {
    match resource.split_once('/')? {
        ("assumed-role", rest) => {
            let (role, session) = rest.split_once('/')?;
            let fits = !role.is_empty() && !session.is_empty() && !session.contains('/');
            fits.then(|| PrincipalKind::RoleSession {
                account,
                path: "/".into(),
                role: role.into(),
                session: session.into(),
            })
        }
        ("federated-user", name) if !name.is_empty() => {
            Some(PrincipalKind::FederatedUser { account, name: name.into(), issuer: None })
        }
        _ => None,
    }
}
