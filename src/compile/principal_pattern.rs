//! Values of `Principal` and `NotPrincipal` (A20–A31).

use super::{CompiledPolicy, Slice};
use crate::names::{AccountId, Arn};
use crate::policy::PrincipalType;

/// One value of a principal element.
#[derive(Clone, Copy, Debug)]
pub struct PrincipalPattern {
    pub(super) text: Slice,
    /// What it names.
    pub kind: PrincipalPatternKind,
}

/// What a principal value names. The text of the value tells which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalPatternKind {
    /// `*` (A21)
    Everyone,
    /// An account by id or `:root` ARN: all its principals by delegation (A22).
    Account(AccountId),
    /// A user's ARN (A23).
    User,
    /// A role's ARN (A24).
    Role,
    /// A role session's ARN (A25).
    RoleSession,
    /// A federated user session's ARN (A26).
    FederatedUser,
    /// A CloudFront origin access identity (A24a).
    OriginAccessIdentity,
    /// The unique id of a user or role (A31).
    UniqueId,
    /// An identity provider (A27).
    Federated,
    /// A service principal (A28).
    Service,
    /// S3's canonical id of an account (A29).
    CanonicalUser,
    /// Nobody: a wildcard in a name (A21), a group (A30), or text that names nothing.
    Nobody,
}

impl PrincipalPattern {
    /// The value as it is written.
    pub fn text<'p>(&self, policy: &'p CompiledPolicy) -> &'p str {
        policy.slice(self.text)
    }

    pub(super) fn new(kind: PrincipalType, text: &str, slice: Slice) -> Self {
        let kind = match kind {
            PrincipalType::Aws => aws(text),
            _ if text.contains('*') => PrincipalPatternKind::Nobody,
            PrincipalType::Federated => PrincipalPatternKind::Federated,
            PrincipalType::Service => PrincipalPatternKind::Service,
            PrincipalType::CanonicalUser => PrincipalPatternKind::CanonicalUser,
        };
        Self { text: slice, kind }
    }
}

fn aws(text: &str) -> PrincipalPatternKind {
    if text == "*" {
        return PrincipalPatternKind::Everyone;
    }
    if let Some(account) = AccountId::parse(text) {
        return PrincipalPatternKind::Account(account);
    }
    match Arn::parse(text) {
        Some(arn) if !text.contains('*') => aws_arn(&arn),
        None if text.starts_with("AIDA") || text.starts_with("AROA") => PrincipalPatternKind::UniqueId,
        _ => PrincipalPatternKind::Nobody,
    }
}

fn aws_arn(arn: &Arn<'_>) -> PrincipalPatternKind {
    let word = arn.resource().split('/').next().unwrap_or_default();
    match (arn.service(), word, arn.account_id()) {
        ("iam", "user", None) if arn.account() == "cloudfront" => PrincipalPatternKind::OriginAccessIdentity,
        ("iam", "root", Some(account)) => PrincipalPatternKind::Account(account),
        ("iam", "user", Some(_)) => PrincipalPatternKind::User,
        ("iam", "role", Some(_)) => PrincipalPatternKind::Role,
        ("sts", "assumed-role", Some(_)) => PrincipalPatternKind::RoleSession,
        ("sts", "federated-user", Some(_)) => PrincipalPatternKind::FederatedUser,
        _ => PrincipalPatternKind::Nobody,
    }
}
