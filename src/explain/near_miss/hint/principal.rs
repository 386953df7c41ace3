//! What is probably meant by a principal that is not the one who asks.

use std::fmt;

/// A guess at what is wrong with a principal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PrincipalHint {
    /// The policy names another session of the role.
    SessionForRole {
        /// The role's ARN.
        suggest: String,
    },
    /// The policy names another account.
    OtherAccount {
        /// The principal's account.
        asked: String,
    },
    /// A wildcard in a principal's ARN names nobody.
    Wildcard,
    /// The principal was deleted and made again: the ARN meant the old one (A31).
    MadeAgain,
    /// The id of a user or role that is gone, which AWS shows in place of its ARN (A31).
    Gone {
        /// `user` or `role`.
        kind: &'static str,
        /// Its place among the principals of the statement.
        number: u32,
    },
}

impl PrincipalHint {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::SessionForRole { .. } => "session-for-role",
            Self::OtherAccount { .. } => "other-account",
            Self::Wildcard => "wildcard-in-principal",
            Self::MadeAgain => "made-again",
            Self::Gone { .. } => "principal-gone",
        }
    }
}

impl fmt::Display for PrincipalHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SessionForRole { suggest } => {
                write!(f, "this names one session of the role; the role itself is `{suggest}`")
            }
            Self::OtherAccount { asked } => write!(f, "another account: the principal is of {asked}"),
            Self::Wildcard => f.write_str(
                "a wildcard inside a principal names nobody; use `*` with a condition on aws:PrincipalArn",
            ),
            Self::MadeAgain => f.write_str(
                "it was deleted and made again, and the policy means the old one; save the policy again",
            ),
            Self::Gone { kind, .. } => write!(
                f,
                "this is the id of a {kind} that was deleted: one made again under its name is another, until the policy \
                 names its ARN"
            ),
        }
    }
}
