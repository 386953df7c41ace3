//! Calls that need no permission, and what some credentials cannot call whatever the policies say.

use CredentialKind as Kind;
use Refused::{All, AllBut, Only};

use super::services::{contains, is};
use super::{RuleId, rule};

/// The rule by which a signed call needs no permission; not even an explicit deny stops it.
///
/// D30 is for long-term credentials of users and root; [`credential_limit`] tells who else is refused.
pub fn needs_no_permission(service: &str, action: &str) -> Option<RuleId> {
    if !is(service, "sts") {
        return None;
    }
    if is(action, "GetCallerIdentity") {
        return Some(const { rule("D29") });
    }
    is(action, "GetSessionToken").then_some(const { rule("D30") })
}

/// Whether nobody signs the call, so that there is no caller whose policies could count (D32).
pub fn is_unsigned(service: &str, action: &str) -> bool {
    UNSIGNED.iter().any(|(known, actions)| is(known, service) && contains(actions, action))
}

/// Whether an IAM user may make this call on itself because the account's password policy says so (D46).
pub fn is_own_password_action(service: &str, action: &str) -> bool {
    is(service, "iam") && contains(&["ChangePassword", "GetAccountPasswordPolicy"], action)
}

/// The kinds of credentials that refuse something (D.10, I22).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CredentialKind {
    /// A role session, however it was assumed.
    AssumeRole,
    /// A federated user session, from GetFederationToken.
    FederationToken,
    /// A session of GetSessionToken without MFA.
    SessionTokenWithoutMfa,
    /// A session of GetSessionToken with MFA.
    SessionTokenWithMfa,
    /// The long-term access key of an IAM user.
    LongTerm,
    /// Any credentials of the root user.
    Root,
    /// A session of AssumeRoot.
    AssumeRoot,
}

/// Something that a kind of credentials cannot call.
#[derive(Debug, PartialEq, Eq)]
pub struct CredentialLimit {
    /// The rule.
    pub rule: RuleId,
    /// The credentials.
    pub credentials: CredentialKind,
    /// The service prefix.
    pub service: &'static str,
    /// The actions of it that are refused.
    pub refused: Refused,
    /// Whether the same credentials can do it in the console.
    pub console_can: bool,
    /// Why, in a few words.
    pub reason: &'static str,
    /// What AWS answers, where it is known (G9).
    pub message: Option<&'static str>,
}

/// Some actions of one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// All of them.
    All,
    /// All but these.
    AllBut(&'static [&'static str]),
    /// These.
    Only(&'static [&'static str]),
}

impl Refused {
    /// Whether the action is one of them.
    pub fn contains(self, action: &str) -> bool {
        match self {
            Self::All => true,
            Self::AllBut(spared) => !contains(spared, action),
            Self::Only(refused) => contains(refused, action),
        }
    }
}

/// Why these credentials cannot make the call; `None` if policies decide.
pub fn credential_limit(
    credentials: CredentialKind,
    service: &str,
    action: &str,
) -> Option<&'static CredentialLimit> {
    CREDENTIAL_LIMITS.iter().find(|limit| {
        limit.credentials == credentials && is(limit.service, service) && limit.refused.contains(action)
    })
}

/// Whether credentials may limit which calls of a service can be made.
pub fn limits_credentials(service: &str) -> bool {
    CREDENTIAL_LIMITS.iter().any(|limit| is(limit.service, service))
}

/// All limits of credentials, in the order of the table of D.10.
pub fn credential_limits() -> &'static [CredentialLimit] {
    CREDENTIAL_LIMITS
}

/// TagSession and SetSourceIdentity are permissions that belong to AssumeRole.
const ASSUMING: &[&str] =
    &["AssumeRole", "GetCallerIdentity", "GetScopedCredentials", "TagSession", "SetSourceIdentity"];

/// Actions that are newer than the catalog and that rules know (I22).
const NEWER: &[&str] = &["sts:GetScopedCredentials"];

/// Whether AWS has an action though the catalog does not.
pub fn is_newer_action(action: &str) -> bool {
    NEWER.iter().any(|own| own.eq_ignore_ascii_case(action))
}

/// Scopes temporary credentials down, and takes no others (I22).
const SCOPED: Refused = Only(&["GetScopedCredentials"]);

const NO_SESSION_TOKEN: &str = "Cannot call GetSessionToken with session credentials";

/// What AWS answers to credentials that a service does not take at all (G9).
const NO_TOKEN: &str = "InvalidClientTokenId";

const OF_STS: &str = "of STS credentials of GetSessionToken can call only AssumeRole, GetCallerIdentity and GetScopedCredentials";

/// The table of D.10. What has an action of AWS's is refused to a session of AssumeRoot by the policy of its task.
#[rustfmt::skip]
static CREDENTIAL_LIMITS: &[CredentialLimit] = &[
    limit(Kind::AssumeRole, "sts", Only(&["GetSessionToken"]), "a role session cannot get session tokens", Some(NO_SESSION_TOKEN)),
    limit(Kind::AssumeRole, "sts", Only(&["GetFederationToken"]), "a role session cannot get federation tokens", Some("Cannot call GetFederationToken with session credentials")),
    CredentialLimit { console_can: true, ..limit(Kind::FederationToken, "iam", All, "a federated user session can call IAM only in the console", Some(NO_TOKEN)) },
    limit(Kind::FederationToken, "sts", Only(&["GetSessionToken"]), "of STS a federated user session can call only GetCallerIdentity", Some(NO_SESSION_TOKEN)),
    limit(Kind::FederationToken, "sts", SCOPED, "whether GetScopedCredentials takes credentials of GetFederationToken is not written; taken as refused", None),
    limit(Kind::FederationToken, "sts", AllBut(&["GetCallerIdentity"]), "of STS a federated user session can call only GetCallerIdentity", None),
    limit(Kind::SessionTokenWithoutMfa, "iam", All, "credentials of GetSessionToken without MFA cannot call IAM", Some(NO_TOKEN)),
    limit(Kind::SessionTokenWithoutMfa, "sts", Only(&["GetSessionToken"]), OF_STS, Some(NO_SESSION_TOKEN)),
    limit(Kind::SessionTokenWithoutMfa, "sts", AllBut(ASSUMING), OF_STS, None),
    limit(Kind::SessionTokenWithMfa, "sts", Only(&["GetSessionToken"]), OF_STS, Some(NO_SESSION_TOKEN)),
    limit(Kind::SessionTokenWithMfa, "sts", AllBut(ASSUMING), OF_STS, None),
    limit(Kind::Root, "sts", Only(&["AssumeRole"]), "the root user cannot assume a role", Some("Roles may not be assumed by root accounts.")),
    CredentialLimit { rule: rule("I22"), ..limit(Kind::LongTerm, "sts", SCOPED, "GetScopedCredentials takes temporary credentials alone, not a long-term access key", None) },
    CredentialLimit { rule: rule("I22"), ..limit(Kind::Root, "sts", SCOPED, "GetScopedCredentials takes temporary credentials of users and roles, not those of the root user", None) },
    limit(Kind::Root, "sts", Only(&["AssumeRoot"]), "AssumeRoot is for IAM users and roles, not for root users", None),
    limit(Kind::AssumeRoot, "sts", AllBut(&["GetCallerIdentity"]), "a session of AssumeRoot does only its task and assumes nothing further", None),
    limit(Kind::AssumeRoot, "rootonly", All, "a session of AssumeRoot does only its task", None),
];

const fn limit(
    credentials: Kind,
    service: &'static str,
    refused: Refused,
    reason: &'static str,
    message: Option<&'static str>,
) -> CredentialLimit {
    CredentialLimit { rule: rule("D.10"), credentials, service, refused, console_can: false, reason, message }
}

static UNSIGNED: &[(&str, &[&str])] = &[
    ("sts", &["AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"]),
    ("cognito-identity", &["GetId", "GetCredentialsForIdentity", "GetOpenIdToken"]),
];
